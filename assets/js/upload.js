/**
 * Large files of `form[data-pieces]` go at once, piece by piece, as soon as they are chosen: a line that is cut loses
 * one piece at most, and whoever chooses the same file again, after a reload too, goes on where it stopped. Small files,
 * and all files without this module, go with the form.
 */

const PIECE = 500_000;
const TRIES = 8;
const MEMORY = 'shubbak-uploads';
const DAY = 86_400_000;

/** What is remembered: a hash of the file's name, size and date, never the name. @returns {Record<string, {id: string, at: number}>} */
function remembered() {
  try {
    const all = Object.entries(JSON.parse(localStorage.getItem(MEMORY) ?? '{}'));
    return Object.fromEntries(all.filter(([, one]) => Date.now() - one.at < DAY));
  } catch {
    return {};
  }
}

/** @param {string} key @param {string | null} id */
function remember(key, id) {
  const all = remembered();
  if (id) all[key] = { id, at: Date.now() };
  else delete all[key];
  try {
    localStorage.setItem(MEMORY, JSON.stringify(all));
  } catch {
    // Without a memory the file begins anew after a reload.
  }
}

/** @param {string} text */
async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Longer after each failure: 0.5 s, 1 s, 2 s … at most 15 s. @param {number} nth */
export const pause = (nth) => Math.min(500 * 2 ** nth, 15_000);

/**
 * Sends one file; gives an empty text when it is there, else words for the reader.
 * @param {HTMLFormElement} form @param {string} doc @param {File} file @param {(part: number) => void} tell
 * @returns {Promise<string>}
 */
async function send(form, doc, file, tell) {
  const address = form.dataset.pieces ?? '';
  const key = await digest([address, doc, file.name, file.size, file.lastModified].join('\n'));
  const id = remembered()[key]?.id ?? crypto.randomUUID();
  remember(key, id);
  let at = 0;
  for (let failures = 0; failures < TRIES;) {
    try {
      if (failures > 0 || at === 0) {
        const known = await fetch(`${address}/${id}`, { credentials: 'same-origin', cache: 'no-store' });
        if (known.ok) at = (await known.json()).have;
      }
      tell(at / file.size);
      const body = new FormData();
      const token = new FormData(form).get('csrf');
      for (const [name, value] of Object.entries({ csrf: String(token), upload: id, doc, of: String(file.size), at: String(at) })) body.set(name, value);
      body.set('piece', file.slice(at, at + PIECE), 'piece');
      const answer = await fetch(address, { method: 'POST', body, credentials: 'same-origin' });
      const said = await answer.json();
      if (answer.ok && said.done) {
        remember(key, null);
        tell(1);
        return '';
      }
      if (answer.ok || answer.status === 409) {
        at = said.have;
        failures = answer.ok ? 0 : failures + 1;
        continue;
      }
      remember(key, null);
      return said.error ?? form.dataset.tCut ?? '';
    } catch {
      // The network, or an answer that is none of ours: a page that asks to sign in.
      failures += 1;
      await new Promise((done) => setTimeout(done, pause(failures)));
    }
  }
  return form.dataset.tCut ?? '';
}

/** @param {HTMLFormElement} form */
function watch(form) {
  let running = 0;
  /** @param {HTMLInputElement} input */
  const place = (input) => {
    const known = input.parentElement?.querySelector('[data-sent]');
    if (known) return known;
    const line = document.createElement('p');
    line.className = 'hint';
    line.setAttribute('role', 'status');
    line.dataset.sent = '';
    input.after(line);
    return line;
  };
  form.addEventListener('change', async (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== 'file') return;
    const chosen = [...(input.files ?? [])];
    const large = chosen.filter((file) => file.size > PIECE);
    if (large.length === 0) return;
    const rest = new DataTransfer();
    chosen.filter((file) => file.size <= PIECE).forEach((file) => rest.items.add(file));
    input.files = rest.files;
    const line = place(input);
    running += 1;
    let refused = '';
    for (const file of large) {
      refused ||= await send(form, input.name.replace(/^file\./, ''), file, (part) => {
        line.textContent = (form.dataset.tSending ?? '').replace('#', String(Math.floor(part * 100)));
      });
    }
    running -= 1;
    line.textContent = refused || (form.dataset.tDone ?? '');
    line.className = refused ? 'msg' : 'hint';
    // The page lists what is there, unless something still waits to go with the form.
    const waits = [...form.querySelectorAll('input[type=file]')].some((one) => one instanceof HTMLInputElement && one.files?.length);
    if (!refused && running === 0 && !waits) location.reload();
  });
  form.addEventListener('submit', (event) => {
    if (running === 0) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const line = form.querySelector('[data-sent]');
    if (line) line.textContent = form.dataset.tWait ?? '';
  }, { capture: true });
}

if (globalThis.document && globalThis.crypto?.subtle) document.querySelectorAll('form[data-pieces]').forEach((form) => form instanceof HTMLFormElement && watch(form));
