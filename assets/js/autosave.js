/**
 * Keeps the draft of a long form while it is typed, so that a power cut loses at most the field under
 * the cursor. `form[data-autosave]` sends what is typed to its own address with `do=save`; the place
 * `[data-saved]` in it says when that was last done.
 */

const AFTER_FIELD = 200;
const WHILE_TYPING = 3_000;

/** What is typed, without files. @param {HTMLFormElement} form */
function typed(form) {
  const out = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') out.append(name, value);
  }
  out.set('do', 'save');
  return out;
}

/** @param {HTMLFormElement} form */
function watch(form) {
  const said = /** @type {HTMLElement | null} */ (form.querySelector('[data-saved]'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let due = Infinity;
  let sent = false;
  let running = new AbortController();

  /** @param {string | undefined} words */
  const say = (words) => {
    if (said) said.textContent = words ?? '';
  };
  // The draft ends with the registration, so the form says that there is one.
  const parked = () => {
    if (form.elements.namedItem('parked')) return;
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: 'parked', value: 'yes' });
    form.append(field);
  };
  const save = async () => {
    due = Infinity;
    if (sent) return;
    // The newest counts: an earlier one on its way is given up.
    running.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const answer = await fetch(form.action, { method: 'POST', body: typed(form), credentials: 'same-origin', signal });
      if (answer.ok) {
        parked();
        const time = new Date().toLocaleTimeString(document.documentElement.lang === 'en' ? 'en-GB' : 'ar-EG-u-nu-latn', { hour: '2-digit', minute: '2-digit' });
        say(`${said?.dataset.saved} ${time}`);
      } else {
        say(answer.status === 401 ? said?.dataset.over : said?.dataset.failed);
      }
    } catch {
      if (!signal.aborted) say(said?.dataset.failed);
    }
  };
  /** The earliest wish wins. @param {number} pause */
  const within = (pause) => {
    const at = performance.now() + pause;
    if (at >= due) return;
    due = at;
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  };

  form.addEventListener('change', () => within(AFTER_FIELD));
  form.addEventListener('input', () => within(WHILE_TYPING));
  // A form on its way is no draft.
  form.addEventListener('submit', () => {
    sent = true;
    clearTimeout(waiting);
    running.abort();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) sent = false;
  });
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-autosave]'))) watch(form);
