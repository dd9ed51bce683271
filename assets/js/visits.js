/**
 * An inspector's visits without a network: the day's pages are kept on the device, a report is kept before it is sent, and what
 * waits is shown in the outbox. A report carries the command id of its form, so that sending it twice is one report.
 */

import { all, clearPages, find, forget, keep, note, OUTBOX, PAGES, reveal, today } from './vault.js';

const LIST = '/desk/visits';
const SAID = 'shubbak-visits-said';
/** Milliseconds for an answer before a report waits in the outbox. */
const PATIENCE = 15_000;
const DAY = 86_400_000;
/** How long a kept form is not fetched again. */
const FRESH = 600_000;

const who = () => document.querySelector('header .who b')?.textContent?.trim() ?? '';

/** Keeps the list and the forms that it leads to, as they are now. */
async function carry() {
  const forms = [...document.querySelectorAll(`main a.btn[href^="${LIST}/"]`)].map((a) => a.getAttribute('href') ?? '');
  for (const path of [LIST, ...forms]) {
    try {
      // Each form that is fetched is noted as a look at the case: not at every glance at the list.
      const before = await find(PAGES, path);
      if (path !== LIST && before?.day === today() && Date.now() - before.at < FRESH) continue;
      const answer = await fetch(path, { redirect: 'error' });
      if (!answer.ok) continue;
      const head = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': answer.headers.get('content-security-policy') ?? '', 'permissions-policy': answer.headers.get('permissions-policy') ?? '' };
      await keep(PAGES, /** @type {any} */ ({ id: path, day: today(), at: Date.now(), head }), await answer.arrayBuffer());
    } catch {
      return;
    }
  }
}

/** The fields of a kept report. @param {any} entry */
async function fields(entry) {
  return new Response(await reveal(OUTBOX, entry), { headers: { 'content-type': entry.type } }).formData();
}

/**
 * Sends one report. `sent`; `waiting` without a network or a login; `conflict` if the office has moved on.
 * @param {any} entry
 * @returns {Promise<'sent' | 'waiting' | 'conflict' | 'refused'>}
 */
async function send(entry) {
  const body = await fields(entry);
  try {
    // The token of this session: the form may have been opened in another one.
    const page = await fetch(entry.path, { redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
    const now = page.ok ? new DOMParser().parseFromString(await page.text(), 'text/html') : null;
    const token = now?.querySelector('input[name=csrf]');
    const open = !!now?.querySelector(`form[action="${entry.path}"]`);
    if (token instanceof HTMLInputElement) body.set('csrf', token.value);
    const answer = await fetch(entry.path, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE * 4) });
    if (answer.ok && answer.redirected && new URL(answer.url).pathname === LIST) {
      // What the server says of it was said to this answer: the list repeats it.
      const said = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('.flash p')?.textContent?.trim();
      if (said) sessionStorage.setItem(SAID, said);
      return 'sent';
    }
    if (answer.redirected || answer.status >= 500 || answer.status === 429) return 'waiting';
    return answer.status === 422 && open ? 'refused' : 'conflict';
  } catch {
    return 'waiting';
  }
}

/** Says on the list what the server said of a report that was sent. */
function repeat() {
  const said = sessionStorage.getItem(SAID);
  const heading = document.querySelector('main h1');
  if (!said || !heading || location.pathname !== LIST) return;
  sessionStorage.removeItem(SAID);
  const box = document.createElement('div');
  box.className = 'note ok flash';
  box.setAttribute('role', 'status');
  const words = document.createElement('p');
  words.textContent = said;
  box.append(words);
  heading.before(box);
}

let sending = false;

/** Sends what waits, one after the other; answers how many went. */
async function empty() {
  if (sending || !navigator.onLine) return 0;
  sending = true;
  let went = 0;
  try {
    for (const entry of await all(OUTBOX)) {
      if (entry.who !== who() || entry.state !== 'waiting') continue;
      const outcome = await send(entry);
      if (outcome === 'sent') {
        await forget(OUTBOX, entry.id);
        went += 1;
      } else if (outcome !== 'waiting') await note(OUTBOX, { ...entry, state: outcome });
      else break;
    }
  } finally {
    sending = false;
  }
  await draw();
  repeat();
  return went;
}

/** @param {string} name */
const label = (name) => /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-outbox-word="${name}"]`))?.content.textContent?.trim() ?? '';

/** What waits, on the list of visits. */
async function draw() {
  const box = /** @type {HTMLElement | null} */ (document.querySelector('[data-outbox]'));
  const rows = box?.querySelector('[data-outbox-rows]');
  if (!box || !rows) return;
  const own = (await all(OUTBOX)).filter((entry) => entry.who === who());
  const lines = [];
  for (const entry of own) {
    const line = document.createElement('li');
    line.dataset.entry = entry.id;
    const text = document.createElement('div');
    const link = document.createElement('a');
    link.href = `${entry.path}#outbox=${entry.id}`;
    link.textContent = `${label('report')} ${entry.number}`;
    const facts = document.createElement('p');
    facts.className = 'hint';
    const english = document.documentElement.lang === 'en';
    const when = new Intl.DateTimeFormat(english ? 'en-GB' : 'ar-EG-u-nu-latn', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Africa/Cairo' }).format(entry.at);
    facts.textContent = `${when}${english ? ', ' : '، '}${Math.ceil(entry.data.byteLength / 1024)} KB`;
    const tag = document.createElement('span');
    const late = entry.state === 'waiting' && Date.now() - entry.at > DAY;
    tag.className = `tag ${entry.state !== 'waiting' || late ? 'err' : 'warn'}`;
    tag.textContent = label(late ? 'late' : entry.state);
    text.append(link, facts);
    if (entry.state !== 'waiting') {
      // What was typed stays readable whatever the office says.
      const more = document.createElement('details');
      const head = document.createElement('summary');
      head.textContent = label('typed');
      const list = document.createElement('div');
      for (const [name, value] of await fields(entry)) {
        if (/^(csrf|command|version|kept)$/.test(name) || value === '') continue;
        const one = document.createElement('p');
        one.textContent = `${entry.labels[name] ?? name}: ${typeof value === 'string' ? value : value.name}`;
        list.append(one);
      }
      more.append(head, list);
      const away = document.createElement('button');
      away.type = 'button';
      away.className = 'btn sec';
      away.dataset.drop = '';
      away.textContent = label('drop');
      away.onclick = async () => {
        await forget(OUTBOX, entry.id);
        await draw();
      };
      more.append(away);
      text.append(more);
    }
    line.append(text, tag);
    lines.push(line);
  }
  rows.replaceChildren(...lines);
  box.hidden = lines.length === 0;
  const state = box.querySelector('[data-outbox-state]');
  if (state) state.textContent = label(navigator.onLine ? 'online' : 'offline');
}

/** Fills a form with a kept report. @param {HTMLFormElement} form @param {string} id */
async function restore(form, id) {
  const entry = await find(OUTBOX, id);
  if (!entry || entry.who !== who()) return;
  /** @type {Map<string, DataTransfer>} */
  const files = new Map();
  for (const [name, value] of await fields(entry)) {
    if (/^(csrf|command|version|kept)$/.test(name)) continue;
    if (typeof value !== 'string') {
      if (!value.size) continue;
      if (!files.has(name)) files.set(name, new DataTransfer());
      files.get(name)?.items.add(value);
      continue;
    }
    const controls = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll(`[name="${CSS.escape(name)}"]`));
    for (const control of controls) {
      if (control.type === 'radio' || control.type === 'checkbox') control.checked ||= control.value === value;
      else if (control.type !== 'hidden') control.value = value;
    }
  }
  for (const [name, transfer] of files) {
    const input = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[type=file][name="${CSS.escape(name)}"]`));
    if (input) input.files = transfer.files;
  }
  form.dataset.replaces = id;
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

/** @param {HTMLFormElement} form */
function guard(form) {
  let native = false;
  form.addEventListener('submit', (event) => {
    if (native) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.hasAttribute('data-sent')) return;
    form.setAttribute('data-sent', '');
    (async () => {
      const packed = new Response(new FormData(form));
      const id = /** @type {HTMLInputElement} */ (form.querySelector('[name=command]')).value;
      const number = document.querySelector('.crumbs [aria-current]')?.textContent?.trim() ?? '';
      /** @type {Record<string, string>} what each field is called */
      const labels = {};
      for (const control of /** @type {Iterable<HTMLInputElement>} */ (/** @type {unknown} */ (form.elements))) {
        const called = /^(radio|checkbox)$/.test(control.type) ? control.closest('fieldset')?.querySelector('legend') : control.labels?.[0];
        if (control.name && called) labels[control.name] = called.textContent?.trim() ?? '';
      }
      const open = { id, who: who(), path: new URL(form.action).pathname, number, labels, at: Date.now(), type: packed.headers.get('content-type') ?? '', state: 'waiting' };
      await keep(OUTBOX, open, await packed.arrayBuffer());
      if (form.dataset.replaces && form.dataset.replaces !== id) await forget(OUTBOX, form.dataset.replaces);
      navigator.storage?.persist?.().catch(() => undefined);
      const outcome = navigator.onLine ? await send(await find(OUTBOX, id)) : 'waiting';
      if (outcome === 'sent') await forget(OUTBOX, id);
      if (outcome === 'refused' || outcome === 'conflict') {
        // The server says on the form itself what is wrong or what is new; until it is put right, the device keeps it too.
        await note(OUTBOX, { ...(await find(OUTBOX, id)), state: outcome });
        native = true;
        form.removeAttribute('data-sent');
        form.requestSubmit();
        return;
      }
      location.assign(LIST);
    })().catch(() => {
      // No storage: the browser's own way.
      native = true;
      form.removeAttribute('data-sent');
      form.requestSubmit();
    });
  }, true);
}

export async function start() {
  if (!('serviceWorker' in navigator) || !globalThis.indexedDB) return;
  navigator.serviceWorker.register('/visits-sw.js', { scope: LIST }).catch(() => undefined);
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(`main form[action^="${LIST}/"]`));
  if (form) {
    guard(form);
    const wanted = /^#outbox=([\w-]+)$/.exec(location.hash)?.[1];
    if (wanted) await restore(form, wanted);
  }
  addEventListener('online', () => { empty(); });
  addEventListener('offline', () => { draw(); });
  await clearPages().catch(() => undefined);
  await draw();
  repeat();
  document.querySelector('[data-outbox-send]')?.addEventListener('click', () => { empty(); });
  await empty();
  if (location.pathname === LIST && navigator.onLine) await carry();
  document.documentElement.dataset.visitsReady = '';
}
