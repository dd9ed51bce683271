/**
 * The verifier page: reads the part of the address after `#`, or a pasted or scanned code, and says
 * what the paper is, with the network or without. Words stand in the page's templates.
 */

import { watch } from './camera.js';
import { keptView } from './kept-lists.js';
import { carry, clockSkew, newest, now } from './lists.js';
import { mask } from './mask.js';
import { fromBase64, parseLink, readKeys, readStatus, statusAt, statusPath, verifyPaper } from './paper.js';
import { keysAreOld, statusIsOld, wordOf } from './verdict.js';

/** Seconds for which a key list is taken as it is kept: keys change seldom. */
const KEYS_FOR = 3600;

/** @param {number} seconds */
const day = (seconds) => new Intl.DateTimeFormat(document.documentElement.lang === 'en' ? 'en-GB' : 'ar-EG-u-nu-latn', { dateStyle: 'long', timeZone: 'Africa/Cairo' }).format(seconds * 1000);

/** @param {string} number */
const grouped = (number) => number.replace(/^(.)(..)(...)(..)(.{6})(.)$/, '$1 $2 $3 $4 $5 $6');

/** A figure in the unit that people read. @param {number} kind @param {number} value */
const figure = (kind, value) => ([1, 3, 4, 5, 8].includes(kind) ? (value / 100).toLocaleString('en', { maximumFractionDigits: 2 }) : String(value));

/** The kept or newer keys, their root signature checked now. @param {string} path @param {Uint8Array} root @param {number} age */
async function keysOf(path, root, age) {
  const list = await newest(path, age);
  return list && { list, keys: await readKeys(list.bytes, root) };
}

/**
 * The state of a paper in the newest list that can be had.
 * @param {import('./paper.js').Claims} claims
 * @param {import('./paper.js').KeyList} keys
 * @returns {Promise<{found: number | null, asOf?: number, old?: boolean}>}
 */
async function stateOf(claims, keys) {
  if (claims.status === undefined) return { found: null };
  try {
    const list = await newest(statusPath(claims.issuer, claims.status));
    if (!list) return { found: null };
    const status = await readStatus(list.bytes, keys);
    const found = status.issuer === claims.issuer ? statusAt(status, claims.status) : null;
    return { found, asOf: status.issued, old: !list.fresh && statusIsOld(status, now()) };
  } catch {
    return { found: null };
  }
}

/**
 * What to say of a code.
 * @param {string} text
 * @param {{root: Uint8Array, keysPath: string}} setting
 */
export async function judge(text, { root, keysPath }) {
  const link = parseLink(text);
  if (!link) return { word: 'unknown' };
  if (link.slip) return { word: 'slip', token: link.token };
  if (!link.signed) return { word: 'unsigned', token: link.token };
  let known = await keysOf(keysPath, root, KEYS_FOR);
  if (!known) return { word: 'no-keys' };
  // No signed moment lies ahead: a clock that is behind the lists is wrong.
  const moment = async () => Math.max(now(), known?.keys.issued ?? 0);
  let checked = await verifyPaper(link.signed, known.keys, await moment());
  if (checked.state === 'unknown-key' && !known.list.fresh) {
    known = (await keysOf(keysPath, root, 0)) ?? known;
    checked = await verifyPaper(link.signed, known.keys, await moment());
  }
  const { claims } = checked;
  /** @type {{found: number | null, asOf?: number, old?: boolean}} */
  const status = claims && checked.state !== 'wrong-issuer' ? await stateOf(claims, known.keys) : { found: null };
  // What a list tells of the time, and the server's clock when the list came, may change what is over and what has not begun.
  checked = await verifyPaper(link.signed, known.keys, Math.max(await moment(), status.asOf ?? 0));
  const word = wordOf({
    state: checked.state, claims: checked.claims, found: status.found, statusOld: status.old, keysOld: !known.list.fresh && keysAreOld(known.list.at, now()), keysFresh: known.list.fresh,
  });
  const behind = status.asOf !== undefined && status.asOf - now() > 300;
  return { word, claims: word === 'forged' ? undefined : checked.claims, asOf: status.asOf, behind };
}

/** @param {HTMLElement} place */
function start(place) {
  const result = /** @type {HTMLElement} */ (place.querySelector('[data-result]'));
  const words = (/** @type {string} */ name, /** @type {string} */ value) => /** @type {HTMLTemplateElement | null} */ (place.querySelector(`template[data-${name}="${value}"]`));
  const label = (/** @type {string} */ name, /** @type {string} */ value) => words(name, value)?.content.textContent?.trim() ?? '';
  const root = fromBase64(place.dataset.root ?? '');
  const keysPath = place.dataset.keys ?? '/keys';
  const lists = keptView(document, { root, keysPath, day, label });

  /** @param {Awaited<ReturnType<typeof judge>>} found */
  const show = (found) => {
    const said = words('word', found.word) ?? words('word', 'unknown');
    const box = document.createElement('div');
    box.className = `verdict ${said?.dataset.class ?? 'err'}`;
    box.dataset.said = found.word;
    if (said) box.append(said.content.cloneNode(true));
    const when = box.querySelector('[data-as-of]');
    if (when && found.asOf) when.textContent = day(found.asOf);
    const list = document.createElement('dl');
    list.className = 'answers';
    /** @param {string} name @param {string | undefined} value @param {boolean} [digits] */
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
      row(label('label', 'issuer'), lists.nameOf(claims.issuer));
      row(label('label', 'holder'), mask(claims.holder));
      row(label('label', 'last4'), claims.last4, true);
      row(label('label', 'place'), claims.place);
      row(label('label', 'issued'), day(claims.issued));
      if (claims.request) row(label('label', 'request'), grouped(claims.request), true);
      // Not valid from that second on: the last day is the one before.
      else row(label('label', 'expires'), claims.expires ? day(claims.expires - 1) : label('label', 'no-end'));
      row(label('label', 'slip'), claims.slip, true);
      for (const [kind, value] of claims.figures) row(label('figure', String(kind)), figure(kind, value), true);
      if (found.asOf) row(label('label', 'as-of'), day(found.asOf));
      row(label('label', 'device-day'), day(Date.now() / 1000));
    }
    const notes = [];
    if (clockSkew() || found.behind) notes.push(label('label', 'clock'));
    result.replaceChildren(box, ...notes.map((text) => {
      const note = document.createElement('p');
      note.className = 'note warn';
      note.dataset.clock = '';
      note.textContent = text;
      return note;
    }), ...(claims ? [list] : []));
    if (camera && !camera.hidden) {
      const again = document.createElement('button');
      again.type = 'button';
      again.className = 'btn';
      again.textContent = label('label', 'next');
      again.onclick = () => {
        result.hidden = true;
        camera.click();
      };
      result.append(again);
    }
    result.hidden = false;
    result.focus();
    lists.draw();
  };

  /** Whether the answer of the page itself, which looked the address up, is about the paper of this code. @param {Awaited<ReturnType<typeof judge>>} found */
  const onRecord = (found) => {
    const record = /** @type {HTMLElement | null} */ (document.querySelector('[data-on-record]'));
    const number = record?.dataset.onRecord;
    if (!record || !number) return false;
    if (found.claims?.number === number) return found.word !== 'unknown' && found.word !== 'forged';
    // The address leads to a paper that this code is not.
    record.hidden = true;
    if (found.claims) found.word = 'mismatch';
    return false;
  };

  /** @param {string} text @param {boolean} [opened] the code came as the page's address */
  const check = async (text, opened = false) => {
    /** @type {Awaited<ReturnType<typeof judge>>} */
    let found = { word: 'unknown' };
    try {
      found = await judge(text, { root, keysPath });
    } catch {
      // A list that its signer did not sign: nothing can be said for the paper.
    }
    if (found.word === 'slip') location.assign(`/T/${found.token}`);
    else if (found.word === 'unsigned' && navigator.onLine) location.assign(`/V/${found.token}`);
    else if (!(opened && onRecord(found))) show(found);
  };

  const camera = /** @type {HTMLButtonElement | null} */ (place.querySelector('button[data-camera]'));
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
  // A number is looked up by the server; a whole code, and anything without a network, is answered here.
  const byNumber = /** @type {HTMLFormElement | null} */ (document.querySelector('form[action="/verify"]'));
  byNumber?.addEventListener('submit', (event) => {
    const typed = String(new FormData(byNumber).get('paper') ?? '');
    if (navigator.onLine || !typed.trim()) return;
    event.preventDefault();
    if (parseLink(typed)?.signed) check(typed);
    else show({ word: 'unsigned' });
  }, true);
  const fromAddress = () => {
    if (/^#1\d+$/.test(location.hash)) check(location.href, true);
  };
  addEventListener('hashchange', fromAddress);
  fromAddress();
  watch(place);

  // Lists for the days without a network: those that the page names and those that are kept.
  const refresh = async () => {
    // Who installed the page goes where there is no network.
    const installed = matchMedia('(display-mode: standalone)').matches ? lists.everywhere() : [];
    if (navigator.onLine) await carry([keysPath, ...(place.dataset.lists ?? '').split(' ').filter(Boolean), ...installed], KEYS_FOR);
    await lists.refresh(KEYS_FOR);
  };
  refresh();
  addEventListener('online', refresh);
  addEventListener('appinstalled', () => { carry(lists.everywhere(), KEYS_FOR).then(lists.draw); });
  if (place.dataset.worker && 'serviceWorker' in navigator) {
    for (const scope of ['/verify', '/verifier', '/V/', '/v/']) {
      navigator.serviceWorker.register(place.dataset.worker, { scope }).catch(() => undefined);
    }
  }
}

if (typeof document !== 'undefined') {
  document.querySelectorAll('[data-verifier]').forEach((place) => start(/** @type {HTMLElement} */ (place)));
}
