/**
 * The verifier page: reads the part of the address after `#`, or a pasted or scanned code, and says
 * what the paper is, with the network or without. Words stand in the page's templates.
 */

import { watch } from './camera.js';
import { mask } from './mask.js';
import { fromBase64, parseLink, readKeys, readStatus, statusAt, statusPath, verifyPaper } from './paper.js';

const STORE = 'shubbak-lists';
const DAY = 24 * 3600;
const WORDS = ['valid', 'revoked', 'suspended', 'superseded'];

/** The bytes of a list and whether they came now: from the network, else as kept. @param {string} path */
async function fetchList(path) {
  const kept = await caches.open(STORE);
  try {
    const answer = await fetch(path, { cache: 'no-cache', signal: AbortSignal.timeout(4000) });
    if (answer.ok) {
      await kept.put(path, answer.clone());
      return { bytes: new Uint8Array(await answer.arrayBuffer()), fresh: true };
    }
  } catch {
    // Without a network the kept one serves.
  }
  const old = await kept.match(path);
  return old ? { bytes: new Uint8Array(await old.arrayBuffer()), fresh: false } : null;
}

/** @param {number} seconds */
const day = (seconds) => new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'ar-EG-u-nu-latn', { dateStyle: 'long', timeZone: 'Africa/Cairo' }).format(seconds * 1000);

/** @param {string} number */
const grouped = (number) => number.replace(/^(.)(..)(...)(..)(.{6})(.)$/, '$1 $2 $3 $4 $5 $6');

/** A figure in the unit that people read. @param {number} kind @param {number} value */
const figure = (kind, value) => ([1, 3, 4, 5, 8].includes(kind) ? (value / 100).toLocaleString('en', { maximumFractionDigits: 2 }) : String(value));

/**
 * What to say of a code.
 * @param {string} text
 * @param {{root: Uint8Array, keysPath: string, now: number}} setting
 */
export async function judge(text, { root, keysPath, now }) {
  const link = parseLink(text);
  if (!link) return { word: 'unknown' };
  if (link.slip) return { word: 'slip', token: link.token };
  if (!link.signed) return { word: 'unsigned', token: link.token };
  const keyBytes = await fetchList(keysPath);
  if (!keyBytes) return { word: 'no-keys' };
  const keys = await readKeys(keyBytes.bytes, root);
  const { state, claims } = await verifyPaper(link.signed, keys, now);
  if (!claims || state === 'wrong-issuer') return { word: 'unknown' };
  if (state !== 'valid') return { word: state, claims };
  if (claims.status === undefined) return { word: 'valid', claims };
  const path = statusPath(claims.issuer, claims.status);
  let asOf = null;
  try {
    const bytes = await fetchList(path);
    if (bytes) {
      const status = await readStatus(bytes.bytes, keys);
      const found = status.issuer === claims.issuer ? statusAt(status, claims.status) : null;
      if (found !== null) {
        asOf = status.issued;
        if (found > 0) return { word: WORDS[found], claims, asOf };
        const old = status.expires !== undefined ? status.expires <= now : now - status.issued > 2 * DAY;
        return { word: old ? 'valid-old' : 'valid', claims, asOf };
      }
    }
  } catch {
    asOf = null;
  }
  return { word: 'valid-unchecked', claims };
}

/** @param {HTMLElement} place */
function start(place) {
  const result = /** @type {HTMLElement} */ (place.querySelector('[data-result]'));
  const words = (/** @type {string} */ name, /** @type {string} */ value) => /** @type {HTMLTemplateElement | null} */ (place.querySelector(`template[data-${name}="${value}"]`));
  const label = (/** @type {string} */ name, /** @type {string} */ value) => words(name, value)?.content.textContent?.trim() ?? '';

  /** @param {Awaited<ReturnType<typeof judge>>} found */
  const show = (found) => {
    const said = words('word', found.word) ?? words('word', 'unknown');
    const box = document.createElement('div');
    box.className = `verdict ${said?.dataset.class ?? 'err'}`;
    if (said) box.append(said.content.cloneNode(true));
    const when = box.querySelector('[data-as-of]');
    if (when && found.asOf) when.textContent = day(found.asOf);
    const list = document.createElement('dl');
    list.className = 'answers';
    /** @param {string} name @param {string} value @param {boolean} [digits] */
    const row = (name, value, digits) => {
      if (!value) return;
      const line = document.createElement('div');
      const term = document.createElement('dt');
      const text = document.createElement('dd');
      const inner = document.createElement(digits ? 'bdi' : 'span');
      term.textContent = name;
      inner.textContent = value;
      text.append(inner);
      line.append(term, text);
      list.append(line);
    };
    const { claims } = found;
    if (claims) {
      row(label('label', 'type'), label('type', String(claims.type)));
      row(label('label', 'number'), grouped(claims.number), true);
      row(label('label', 'holder'), mask(claims.holder));
      row(label('label', 'last4'), claims.last4 ?? '', true);
      row(label('label', 'place'), claims.place);
      row(label('label', 'issued'), day(claims.issued));
      if (claims.request) row(label('label', 'request'), grouped(claims.request), true);
      else row(label('label', 'expires'), claims.expires ? day(claims.expires) : label('label', 'no-end'));
      row(label('label', 'slip'), claims.slip, true);
      for (const [kind, value] of claims.figures) row(label('figure', String(kind)), figure(kind, value), true);
    }
    result.replaceChildren(box, ...(claims ? [list] : []));
    result.hidden = false;
    result.focus();
  };

  const setting = () => ({
    root: fromBase64(place.dataset.root ?? ''),
    keysPath: place.dataset.keys ?? '/keys',
    now: Math.floor(Date.now() / 1000),
  });
  /** @param {string} text */
  const check = async (text) => {
    try {
      const found = await judge(text, setting());
      if (found.word === 'slip') location.assign(`/T/${found.token}`);
      else if (found.word === 'unsigned' && navigator.onLine) location.assign(`/V/${found.token}`);
      else show(found);
    } catch {
      show({ word: 'unknown' });
    }
  };

  const form = /** @type {HTMLFormElement | null} */ (place.querySelector('form[data-code-form]'));
  const field = /** @type {HTMLInputElement | null} */ (form?.querySelector('input[data-code]') ?? null);
  form?.removeAttribute('hidden');
  form?.addEventListener('submit', (event) => {
    event.preventDefault();
    check(field?.value ?? '');
  });
  field?.addEventListener('change', () => {
    if (parseLink(field.value)) check(field.value);
  });
  const fromAddress = () => {
    if (/^#1\d+$/.test(location.hash)) check(location.href);
  };
  addEventListener('hashchange', fromAddress);
  fromAddress();
  watch(place);

  // Lists for the days without a network.
  if (navigator.onLine) {
    const paths = [place.dataset.keys ?? '/keys', ...(place.dataset.lists ?? '').split(' ').filter(Boolean)];
    paths.reduce((before, path) => before.then(() => fetchList(path)).then(() => undefined), Promise.resolve());
  }
  if (place.dataset.worker && 'serviceWorker' in navigator) {
    for (const scope of ['/verify', '/verifier', '/V/']) {
      navigator.serviceWorker.register(place.dataset.worker, { scope }).catch(() => undefined);
    }
  }
}

if (typeof document !== 'undefined') {
  document.querySelectorAll('[data-verifier]').forEach((place) => start(/** @type {HTMLElement} */ (place)));
}
