/**
 * The keyboard of the staff pages (contract of the manual's key sheet). Keys are read by their place
 * (`event.code`), so that the Arabic layout does not disturb them.
 *
 * `data-key="F2"` on a link or button: pressed by that key; on a control: focused by it.
 */

const CONTROLS = 'input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled]), button:not([disabled])';

/** @param {KeyboardEvent} event @returns {string} */
export function nameOf(event) {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const key = letter ?? (event.code === 'NumpadEnter' ? 'Enter' : event.code === 'Escape' ? 'Esc' : event.code);
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey && key !== 'Enter' ? 'Shift+' : ''}${key}`;
}

/** @param {Element} element */
const visible = (element) => element.checkVisibility();

/** @param {string} key */
function act(key) {
  const targets = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`[data-key="${key}"]`)]);
  // What the page itself offers goes before the navigation.
  const target = targets.filter(visible).sort((a, b) => Number(!!a.closest('header')) - Number(!!b.closest('header')))[0];
  if (!target) return false;
  if (target.matches('input, select, textarea')) {
    target.focus();
    if (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio') target.select();
  } else {
    target.click();
  }
  return true;
}

/** The control after `from`: a group of radios is one stop. @param {HTMLElement} from */
function next(from) {
  const form = from.closest('form');
  if (!form) return null;
  const all = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(CONTROLS)]).filter((c) => visible(c) && c.tabIndex >= 0);
  const name = /** @type {HTMLInputElement} */ (from).name;
  const list = /** @type {HTMLInputElement} */ (from).type === 'radio' || /** @type {HTMLInputElement} */ (from).type === 'checkbox';
  const after = all.slice(all.indexOf(/** @type {HTMLInputElement} */ (from)) + 1).filter((c) => !list || c.name !== name);
  return after.find((c) => c.type !== 'radio' || c.checked || !form.querySelector(`input[name="${CSS.escape(c.name)}"]:checked`)) ?? null;
}

/** @param {KeyboardEvent} event */
function enter(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (!target.matches('input, select') || target.matches('[type=submit], [type=button], [type=file]')) return false;
  const form = target.closest('form');
  if (!form || form.method === 'get' || form.dataset.enter === 'submit') return false;
  if (target.dataset.enter === 'check') return false;
  goOn(target);
  return true;
}

/** To the next control, its text selected. @param {HTMLElement} from */
export function goOn(from) {
  const to = next(from);
  to?.focus();
  if (to instanceof HTMLInputElement && /text|tel|email/.test(to.type)) to.select();
}

/** Digits choose in a focused list; where one is all there is to choose, the intake goes on by itself. @param {KeyboardEvent} event @param {number} digit */
function choose(event, digit) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target instanceof HTMLInputElement && (target.type === 'radio' || target.type === 'checkbox')) {
    const set = target.closest('fieldset, [data-list]');
    const option = /** @type {HTMLInputElement | undefined} */ (set?.querySelectorAll(`input[type=${target.type}]`)[digit - 1]);
    if (!option) return false;
    option.focus();
    option.click();
    if (option.type === 'radio' && option.form?.matches('[data-intake]')) goOn(option);
    return true;
  }
  if (target instanceof HTMLSelectElement) {
    const real = [...target.options].filter((o) => o.value);
    if (!real[digit - 1]) return false;
    target.value = real[digit - 1].value;
    target.dispatchEvent(new Event('change', { bubbles: true }));
    target.dispatchEvent(new Event('input', { bubbles: true }));
    // With more than nine, the digit may be a step on the way to another.
    if (real.length <= 9 && target.form?.matches('[data-intake]')) goOn(target);
    return true;
  }
  const link = /** @type {HTMLElement | undefined} */ (target.closest('[data-list]')?.querySelectorAll('a, button')[digit - 1]);
  link?.click();
  return !!link;
}

/** j and k move in a focused list. @param {KeyboardEvent} event @param {1 | -1} by */
function move(event, by) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.matches('input, select, textarea')) return false;
  const links = /** @type {HTMLElement[]} */ ([...(target.closest('[data-list]')?.querySelectorAll('a, button') ?? [])]);
  const to = links[links.indexOf(target) + by];
  to?.focus();
  return !!to;
}

/** Ticks every paper of the focused list. @param {KeyboardEvent} event */
function tickAll(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox') return false;
  const boxes = /** @type {HTMLInputElement[]} */ ([...(target.closest('fieldset, [data-list]')?.querySelectorAll('input[type=checkbox]:not([disabled])') ?? [])]);
  const all = boxes.every((box) => box.checked);
  boxes.forEach((box) => { if (box.checked === all) box.click(); });
  return boxes.length > 0;
}

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.isComposing || event.defaultPrevented) return;
  const key = nameOf(event);
  let done = false;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(key)?.[1];
  if (digit) done = choose(event, Number(digit));
  else if (key === 'Enter') done = enter(event);
  else if (key === 'Shift+Space') done = tickAll(event);
  else if (key === 'J') done = move(event, 1);
  else if (key === 'K') done = move(event, -1);
  else if (key === 'Esc') done = !document.querySelector('dialog[open]') && act('Esc');
  else if (/^(F\d+|(Ctrl|Alt)\+.+)$/.test(key)) done = act(key);
  if (done) event.preventDefault();
}

export function start() {
  document.addEventListener('keydown', pressed);
  document.addEventListener('click', (event) => {
    const sheet = /** @type {HTMLElement} */ (event.target).closest('[data-opens]');
    const dialog = sheet && document.getElementById(/** @type {HTMLElement} */ (sheet).dataset.opens ?? '');
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
  });
}
