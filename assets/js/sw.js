/**
 * The verifier page without a network: keeps the page and the files it needs, and answers for
 * /verify, /verifier and /V/… when the network does not. It never touches other pages.
 */

const FILES = /* FILES */ [];
/** Reads codes where the browser has no reader of its own. */
const READER = /* READER */ '';
const VERSION = /* VERSION */ 'dev';
const STORE = `shubbak-verifier-${VERSION}`;
const PAGE = '/verify';
/** Addresses of the page: its own, the one that leads to it, and those in the QRs of papers. */
const isPage = (path) => path === PAGE || path === '/verifier' || /^\/v\//i.test(path);
const PATIENCE = 4000;

/** Whether the browser reads codes itself. */
const readsCodes = async () => 'BarcodeDetector' in self && (await self.BarcodeDetector.getSupportedFormats()).includes('qr_code');

self.addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const store = await caches.open(STORE);
    await store.addAll([...FILES, ...(await readsCodes() ? [] : [READER]), new Request(PAGE, { cache: 'no-cache', credentials: 'omit' })]);
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

/** Keeps the page as it is now, unless it wants files that are not kept: a newer worker is on its way then. */
async function keep(answer) {
  const wanted = [...(await answer.clone().text()).matchAll(/"(\/assets\/[^"]+\.(?:js|css))"/g)].map(([, name]) => name);
  if (wanted.every((name) => name === READER || FILES.includes(name))) await (await caches.open(STORE)).put(PAGE, answer);
}

async function page(event) {
  const { request } = event;
  const url = new URL(request.url);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    // Never a page that names someone who is signed in.
    const open = !(answer.headers.get('cache-control') ?? '').includes('no-store');
    if (answer.ok && open && url.pathname === PAGE && !url.search) event.waitUntil(keep(answer.clone()));
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
    event.respondWith(page(event));
  } else if (url.pathname === READER || FILES.includes(url.pathname)) {
    event.respondWith(file(request));
  }
});
