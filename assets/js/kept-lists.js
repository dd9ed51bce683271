/** The lists on this device as the verifier page shows them: which, as of when, old or not; add, refresh, install. */

import { all, carry, fetched, kept, now } from './lists.js';
import { readKeys, readStatus } from './paper.js';
import { keysAreOld, statusIsOld } from './verdict.js';

/** @param {string} path "/status/01/0" */
const governorateOf = (path) => /^\/status\/([^/]+)\//.exec(path)?.[1] ?? '';

/**
 * @param {ParentNode} place
 * @param {{root: Uint8Array, keysPath: string, day: (seconds: number) => string, label: (name: string, value: string) => string}} with
 */
export function keptView(place, { root, keysPath, day, label }) {
  const box = /** @type {HTMLElement | null} */ (place.querySelector('[data-kept]'));
  const rows = box?.querySelector('[data-kept-rows]');
  const choice = /** @type {HTMLSelectElement | null} */ (box?.querySelector('select') ?? null);
  const told = /** @type {HTMLElement | null} */ (box?.querySelector('[data-kept-told]') ?? null);
  const nameOf = (/** @type {string} */ code) => choice?.querySelector(`option[value="${code}"]`)?.textContent ?? '';

  /** @param {string} name @param {string} date @param {boolean} old @param {string} path */
  const row = (name, date, old, path) => {
    const line = document.createElement('li');
    line.dataset.path = path;
    const text = document.createElement('span');
    text.textContent = `${name}: ${date}`;
    const tag = document.createElement('span');
    tag.className = `tag ${old ? 'warn' : 'ok'}`;
    tag.textContent = label('label', old ? 'list-old' : 'list-new');
    line.append(text, tag);
    return line;
  };

  const draw = async () => {
    if (!box || !rows) return;
    const keyList = await kept(keysPath);
    if (!keyList) return;
    const lines = [];
    try {
      const keys = await readKeys(keyList.bytes, root);
      lines.push(row(label('label', 'list-keys'), day(keyList.at), keysAreOld(keyList.at, now()), keysPath));
      for (const list of (await all()).sort((a, b) => (a.path < b.path ? -1 : 1))) {
        if (!governorateOf(list.path)) continue;
        const status = await readStatus(list.bytes, keys).catch(() => null);
        if (status) lines.push(row(nameOf(status.issuer), day(status.issued), statusIsOld(status, now()), list.path));
      }
    } catch {
      // Keys that the root did not sign are no keys.
    }
    rows.replaceChildren(...lines);
    box.hidden = lines.length === 0;
  };

  /** Fetches what is kept anew. @param {number} age leave alone what is younger, in seconds */
  const refresh = async (age) => {
    const paths = (await all()).map((list) => list.path);
    const whole = paths.length > 0 && await carry(paths, age);
    await draw();
    return whole;
  };

  /** @param {boolean} whole */
  const tell = (whole) => {
    if (told) told.textContent = label('label', whole ? 'refreshed' : 'not-refreshed');
  };
  box?.querySelector('[data-refresh]')?.addEventListener('click', async () => tell(await refresh(0)));
  box?.querySelector('[data-add]')?.addEventListener('click', async () => {
    if (!choice?.value) return;
    // Asked for once by a person: the browser should not throw it away.
    navigator.storage?.persist?.().catch(() => undefined);
    const keys = await fetched(keysPath);
    tell(!!keys && await carry([`/status/${choice.value}/0`]));
    await draw();
  });

  const install = /** @type {HTMLElement | null} */ (place.querySelector('[data-install]'));
  const byHand = /** @type {HTMLElement | null} */ (place.querySelector('[data-install-by-hand]'));
  addEventListener('beforeinstallprompt', (event) => {
    if (!install) return;
    event.preventDefault();
    install.hidden = false;
    const button = /** @type {HTMLButtonElement | null} */ (install.querySelector('button'));
    if (button) button.onclick = () => { /** @type {any} */ (event).prompt(); install.hidden = true; };
  });
  addEventListener('appinstalled', () => { if (install) install.hidden = true; });
  // iOS asks nobody: its own menu adds the page.
  if (byHand && 'standalone' in navigator && !(/** @type {any} */ (navigator).standalone)) byHand.hidden = false;

  /** The first list of every governorate. */
  const everywhere = () => [...(choice?.options ?? [])].map((option) => `/status/${option.value}/0`);

  return { draw, refresh, nameOf, everywhere };
}
