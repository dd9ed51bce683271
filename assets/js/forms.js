/** Forms: one submission only, a waiting state, focus on what is wrong, a word before leaving. */

/** @param {HTMLFormElement} form @param {boolean} waiting */
function wait(form, waiting) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (form.querySelectorAll('button[data-waiting]'))) {
    if (waiting) {
      button.dataset.label ??= button.innerHTML;
      button.setAttribute('aria-disabled', 'true');
      button.textContent = button.dataset.waiting ?? '';
    } else if (button.dataset.label) {
      button.removeAttribute('aria-disabled');
      button.innerHTML = button.dataset.label;
    }
  }
  form.toggleAttribute('data-sent', waiting);
}

let dirty = false;

export function start() {
  const summary = /** @type {HTMLElement | null} */ (document.querySelector('[data-summary]'));
  summary?.focus();

  document.addEventListener('submit', (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (form.hasAttribute('data-sent')) {
      event.preventDefault();
      return;
    }
    dirty = false;
    // After the browser has read which button was pressed.
    setTimeout(() => wait(form, true), 0);
    // A download leaves the page standing: the form may be sent again after a while.
    setTimeout(() => wait(form, false), 20_000);
  });

  // Back to a page kept in memory: its forms are fresh again.
  addEventListener('pageshow', (event) => {
    if (event.persisted) document.querySelectorAll('form[data-sent]').forEach((form) => wait(/** @type {HTMLFormElement} */ (form), false));
  });

  document.addEventListener('input', (event) => {
    if (/** @type {Element} */ (event.target).closest('form[data-form]')) dirty = true;
  });
  addEventListener('beforeunload', (event) => {
    if (dirty) event.preventDefault();
  });

  // A link of the summary puts the cursor into its field and the label into view.
  document.addEventListener('click', (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest('[data-summary] a');
    const target = link && document.getElementById(link.getAttribute('href')?.slice(1) ?? '');
    if (!target) return;
    event.preventDefault();
    (target.closest('.fld') ?? target).scrollIntoView();
    target.focus({ preventScroll: true });
  });

  document.addEventListener('click', (event) => {
    if (/** @type {HTMLElement} */ (event.target).closest('[data-print]')) print();
  });
  if (document.querySelector('[data-print-on-load]')) {
    document.fonts.ready.then(() => print());
  }
}

/** The page may be left without asking (a draft was just kept). */
export function clean() {
  dirty = false;
}
