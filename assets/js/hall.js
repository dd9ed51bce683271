/**
 * Screens that nobody touches: a part of the page is taken anew from the same address, `data-poll="3"` every three
 * seconds. Without scripts the answer's own refresh does it, more slowly.
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
