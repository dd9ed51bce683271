/**
 * Screens that nobody touches: a part of the page looks after itself, and a touch screen goes back to its beginning.
 * Without scripts a refresh in the page's head does both.
 *
 * `data-poll="3"`: every three seconds the part is taken anew from the same address.
 * `data-return="/kiosk/x" data-after="20"`: after twenty seconds without a touch the screen goes there.
 */

const part = /** @type {HTMLElement | null} */ (document.querySelector('[data-poll]'));

async function look() {
  if (!part) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' }, cache: 'no-store' });
    const text = answer.ok ? await answer.text() : '';
    const fresh = new DOMParser().parseFromString(text, 'text/html').querySelector('[data-poll]');
    if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
  } catch {
    // The network is away for a moment; what is shown stays.
  }
  setTimeout(look, Number(part.dataset.poll) * 1000);
}
if (part) setTimeout(look, Number(part.dataset.poll) * 1000);

const screen = /** @type {HTMLElement | null} */ (document.querySelector('[data-return]'));
if (screen) {
  /** @type {number | undefined} */
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => location.assign(screen.dataset.return ?? '/'), Number(screen.dataset.after) * 1000);
  };
  addEventListener('pointerdown', wait);
  addEventListener('keydown', wait);
  wait();
}
