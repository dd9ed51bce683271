/**
 * The signed lists that this device keeps: issuing keys and states of papers. Each is kept as it was signed, with the time at
 * which it came; whoever uses one checks its signature again.
 *
 * @typedef {{path: string, bytes: Uint8Array, at: number, fresh: boolean, next: string | null}} Kept
 */

const STORE = 'shubbak-lists';
/** Seconds without an answer after which the kept list serves. */
const PATIENCE = 4;
/** A difference to the server's clock that is told, in seconds. */
const TOLERATED = 300;
const AT = 'x-kept-at';

let skew = 0;

/** Seconds by which this device's clock is behind the server's, as last heard; 0 within five minutes. */
export const clockSkew = () => skew;

/** Now in seconds since 1970, by the server's clock where that was heard. */
export const now = () => Math.floor(Date.now() / 1000) + skew;

/** @param {string} path @param {Headers} headers @param {ArrayBuffer} body @param {boolean} fresh @returns {Kept} */
function entry(path, headers, body, fresh) {
  const next = /<([^>]+)>;\s*rel="?next"?/.exec(headers.get('link') ?? '')?.[1] ?? null;
  return { path, bytes: new Uint8Array(body), at: Number(headers.get(AT) ?? 0), fresh, next };
}

/** A list as it is kept. @param {string} path @returns {Promise<Kept | null>} */
export async function kept(path) {
  const found = await (await caches.open(STORE)).match(path);
  return found ? entry(path, found.headers, await found.arrayBuffer(), false) : null;
}

/** A list from the network, which is then kept; null without one. @param {string} path @returns {Promise<Kept | null>} */
export async function fetched(path) {
  if (!navigator.onLine) return null;
  try {
    const answer = await fetch(path, { cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE * 1000) });
    if (!answer.ok) return null;
    const body = await answer.arrayBuffer();
    const told = Date.parse(answer.headers.get('date') ?? '') / 1000;
    const behind = Math.round(told - Date.now() / 1000);
    if (Number.isFinite(behind)) skew = Math.abs(behind) > TOLERATED ? behind : 0;
    const headers = new Headers({ [AT]: String(now()) });
    const link = answer.headers.get('link');
    if (link) headers.set('link', link);
    await (await caches.open(STORE)).put(path, new Response(body.slice(0), { headers }));
    return entry(path, headers, body, true);
  } catch {
    return null;
  }
}

/** The newest that can be had: kept ones serve while they are younger than `age` seconds, and without a network. @param {string} path @param {number} [age] */
export async function newest(path, age = 0) {
  const old = await kept(path);
  if (old && now() - old.at < age && now() >= old.at) return old;
  return (await fetched(path)) ?? old;
}

/** All that are kept. @returns {Promise<Kept[]>} */
export async function all() {
  const store = await caches.open(STORE);
  const paths = (await store.keys()).map((request) => new URL(request.url).pathname);
  const lists = await Promise.all(paths.map(kept));
  return lists.filter((list) => list !== null);
}

/**
 * Fetches lists one after the other, and those that follow them: a governorate begins a new list when one is full.
 * @param {string[]} paths
 * @param {number} [age] leave alone what is younger, in seconds
 * @returns {Promise<boolean>} whether all came
 */
export async function carry(paths, age = 0) {
  const waiting = [...paths];
  let whole = true;
  for (const path of waiting) {
    const list = await newest(path, age);
    whole &&= !!list && (list.fresh || now() - list.at < age);
    if (list?.next && !waiting.includes(list.next)) waiting.push(list.next);
  }
  return whole;
}
