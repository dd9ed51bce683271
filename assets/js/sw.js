/**
 * The verifier page without a network: keeps the page and the files it needs, and answers for
 * /verify, /verifier and /V/… when the network does not. It never touches other pages.
 */

const FILES = /* FILES */ [];
const VERSION = /* VERSION */ 'dev';
const STORE = `shubbak-verifier-${VERSION}`;
const PAGE = '/verify';
/** Addresses of the page: its own, the one that leads to it, and those in the QRs of papers. */
const isPage = (path) => path === PAGE || path === '/verifier' || path.startsWith('/V/');
const PATIENCE = 4000;

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const store = await caches.open(STORE);
    await store.addAll([...FILES, new Request(PAGE, { cache: 'no-cache', credentials: 'omit' })]);
    await self.skipWaiting();
  })());
});

self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith('shubbak-verifier-') && name !== STORE) await caches.delete(name);
    }
    await self.clients.claim();
  })());
});

async function page(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    // Kept as it is now, unless it names someone who is signed in.
    const open = !(answer.headers.get('cache-control') ?? '').includes('no-store');
    if (answer.ok && open && new URL(request.url).pathname === PAGE) {
      const store = await caches.open(STORE);
      await store.put(PAGE, answer.clone());
    }
    // The way from /verifier to the page is followed by the browser: such an answer has no status.
    if (answer.status < 500) return answer;
  } catch {
    // Fall back to the kept page.
  }
  const kept = await (await caches.open(STORE)).match(PAGE);
  return kept ?? Response.error();
}

async function file(request) {
  const kept = await (await caches.open(STORE)).match(request);
  return kept ?? fetch(request);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate' && isPage(url.pathname)) {
    event.respondWith(page(request));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(file(request));
  }
});
