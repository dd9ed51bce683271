/**
 * The visits of an inspector without a network: answers for /desk/visits and the forms of the day from what the page kept,
 * encrypted, on the device. It never touches other pages.
 */

const FILES = /* FILES */ [];
const VERSION = /* VERSION */ 'dev';
const STORE = `shubbak-visits-${VERSION}`;
const PAGES = 'shubbak-visit-pages';
const PATIENCE = 6000;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    await (await caches.open(STORE)).addAll(FILES);
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('shubbak-visits-') && name !== STORE) await caches.delete(name);
    await self.clients.claim();
  })());
});

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

/** A page of today as it was kept, or nothing. */
async function kept(path) {
  const asked = indexedDB.open(PAGES, 1);
  // Nothing was kept yet: the page makes the stores.
  asked.onupgradeneeded = () => asked.transaction.abort();
  const db = await done(asked);
  try {
    const tx = db.transaction(['keys', 'kept']);
    const [key, page] = await Promise.all([done(tx.objectStore('keys').get('key')), done(tx.objectStore('kept').get(path))]);
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Cairo' }).format(Date.now());
    if (!key || page?.day !== today) return null;
    return new Response(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: page.iv }, key, page.data), { headers: page.head });
  } finally {
    db.close();
  }
}

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status < 500) return answer;
  } catch {
    // Fall back to the kept page.
  }
  return (await kept(new URL(request.url).pathname).catch(() => null)) ?? Response.error();
}

async function file(request) {
  return (await (await caches.open(STORE)).match(request)) ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && (url.pathname === '/desk/visits' || url.pathname.startsWith('/desk/visits/'))) event.respondWith(page(request));
  else if (FILES.includes(url.pathname)) event.respondWith(file(request));
});
