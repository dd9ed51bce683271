/**
 * خزانة الجهاز: what an inspector's device keeps without a network, encrypted with keys that never leave the browser: pages of the day, and
 * reports that wait to be sent. Two stores, because pages go at logout and at the end of the day, and a report never does
 * before it was sent.
 *
 * @typedef {{id: string, who: string, path: string, number: string, labels: Record<string, string>, at: number, type: string, iv: Uint8Array, data: ArrayBuffer, state: 'waiting' | 'conflict', told: string}} Waiting
 */

export const PAGES = 'shubbak-visit-pages';
export const OUTBOX = 'shubbak-visit-outbox';

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** @param {string} name @returns {Promise<IDBDatabase>} */
function open(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('keys');
    request.result.createObjectStore('kept', { keyPath: 'id' });
  };
  return done(request);
}

/** Works on one store of a database. @template T @param {string} name @param {'keys' | 'kept'} store @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work @returns {Promise<T>} */
async function within(name, store, mode, work) {
  const db = await open(name);
  try {
    const tx = db.transaction(store, mode);
    const result = await done(work(tx.objectStore(store)));
    if (mode === 'readwrite') await new Promise((resolve, reject) => { tx.oncomplete = resolve; tx.onabort = () => reject(tx.error); });
    return result;
  } finally {
    db.close();
  }
}

/** The key of a database, made at its first use; no script can read it out. @param {string} name @returns {Promise<CryptoKey>} */
async function key(name) {
  const known = await within(name, 'keys', 'readonly', (store) => store.get('key'));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  // Two pages may begin at once: the first key stays.
  await within(name, 'keys', 'readwrite', (store) => store.add(made, 'key')).catch(() => undefined);
  return within(name, 'keys', 'readonly', (store) => store.get('key'));
}

/** @param {string} name @param {object & {id: string}} open what is not secret @param {BufferSource} bytes */
export async function keep(name, open, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(name), bytes);
  await within(name, 'kept', 'readwrite', (store) => store.put({ ...open, iv, data }));
}

/** Notes something about a kept thing beside its secret. @param {string} name @param {any} entry */
export const note = (name, entry) => within(name, 'kept', 'readwrite', (store) => store.put(entry));

/** @param {string} name @param {string} id @returns {Promise<any>} */
export const find = (name, id) => within(name, 'kept', 'readonly', (store) => store.get(id));

/** @param {string} name @returns {Promise<any[]>} */
export const all = (name) => within(name, 'kept', 'readonly', (store) => store.getAll());

/** @param {string} name @param {string} id */
export const forget = (name, id) => within(name, 'kept', 'readwrite', (store) => store.delete(id));

/** @param {string} name @param {{iv: Uint8Array, data: ArrayBuffer}} entry */
export async function reveal(name, entry) {
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv: /** @type {BufferSource} */ (entry.iv) }, await key(name), entry.data);
}

/** The day in Egypt. */
export const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Cairo' }).format(Date.now());

/** Pages of another day go, and at logout all of them with their key. @param {boolean} [whole] */
export async function clearPages(whole = false) {
  if (whole) {
    indexedDB.deleteDatabase(PAGES);
    return;
  }
  for (const page of await all(PAGES)) if (page.day !== today()) await forget(PAGES, page.id);
}
