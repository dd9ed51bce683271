/**
 * The guide without a network: keeps its pages as an anonymous reader gets them, its index and the files of the
 * pages, and answers with them when the network does not. Its scope is /help; it never sees other pages.
 * The program fills the lists in (`window/src/public/help.rs`).
 */

const FILES = /* FILES */ [];
const PAGES = /* PAGES */ [];
const PICTURES = /* PICTURES */ [];
const VERSION = /* VERSION */ 'dev';
const STORE = `shubbak-guide-${VERSION}`;
const PATIENCE = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const store = await caches.open(STORE);
    const pages = PAGES.map((page) => new Request(page, { cache: 'no-cache', credentials: 'omit' }));
    await store.addAll([...FILES, ...pages]);
    await self.skipWaiting();
  })());
});

/** Pictures come afterwards, one by one, and not to who pays by the megabyte. */
async function pictures() {
  if (navigator.connection?.saveData) return;
  const store = await caches.open(STORE);
  for (const picture of PICTURES) {
    if (!(await store.match(picture))) await store.add(picture).catch(() => undefined);
  }
}

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('shubbak-guide-') && name !== STORE) await caches.delete(name);
    }
    await self.clients.claim();
    await pictures();
  })());
});

/** As it is now; else as it was kept. The page itself answers what was searched for. */
async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status < 500) return answer;
  } catch {
    // Fall back to the kept page.
  }
  const kept = await (await caches.open(STORE)).match(request, { ignoreSearch: true, ignoreVary: true });
  return kept ?? Response.error();
}

async function file(request) {
  const store = await caches.open(STORE);
  const kept = await store.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && PICTURES.includes(new URL(request.url).pathname)) await store.put(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && PAGES.includes(url.pathname)) {
    event.respondWith(page(request));
  } else if (FILES.includes(url.pathname + url.search) || PICTURES.includes(url.pathname)) {
    event.respondWith(file(request));
  }
});
