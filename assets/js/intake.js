/**
 * The one-screen intake: a known person's name and mobile are filled in when the number is typed, and
 * fees, promised day and earlier requests follow what is typed. All of it also happens at «تحقق».
 */

import { onlyDigits } from './digits.js';
import { goOn } from './keys.js';
import { read } from './nid.js';

const PAUSE = 700;
/** A whole number goes on after this long without a key: a scanner's burst is over by then. */
const SETTLED = 120;
/** An Enter out of habit just after that is no step of its own. */
const HABIT = 700;

/** @param {HTMLFormElement} form */
function typed(form) {
  const out = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') out.append(name, value);
  }
  return out;
}

/** @param {HTMLFormElement} form */
async function aside(form) {
  const place = document.querySelector('[data-side]');
  if (!place) return;
  const body = typed(form);
  body.set('do', 'side');
  const answer = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' });
  if (answer.ok) place.innerHTML = await answer.text();
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} number */
async function person(form, number) {
  const digits = onlyDigits(number.value);
  if (!/^\d{14}$/.test(digits)) return;
  const body = new URLSearchParams({ number: digits, csrf: String(new FormData(form).get('csrf')) });
  const answer = await fetch('/counter/person', { method: 'POST', body, credentials: 'same-origin' });
  if (!answer.ok) return;
  const known = /** @type {{name: string | null, mobile: string | null}} */ (await answer.json());
  fill(form, 'applicant.full_name', known.name);
  fill(form, 'applicant.mobile_number', known.mobile);
}

/** Only what is empty: what a person typed stays. @param {HTMLFormElement} form @param {string} name @param {string | null} value */
function fill(form, name, value) {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement && !control.value && value) control.value = value;
}

/** Whether a number of fixed length was typed to its end, and nothing about it has to be read. @param {HTMLInputElement} input */
function isWhole(input) {
  if (input.selectionEnd !== input.value.length) return false;
  if (input.type === 'tel') return /^01[0125]\d{8}$/.test(onlyDigits(input.value));
  const found = 'nid' in input.dataset ? read(input.value, new Date()) : null;
  return found?.state === 'good' && found.check;
}

/** National ids and mobiles go on by themselves when they are whole. @param {HTMLFormElement} form */
function pace(form) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  /** @type {{to: Element | null, at: number} | null} */
  let gone = null;
  form.addEventListener('input', (event) => {
    clearTimeout(settling);
    gone = null;
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || !isWhole(target)) return;
    settling = setTimeout(() => {
      if (document.activeElement !== target) return;
      goOn(target);
      gone = { to: document.activeElement, at: Date.now() };
    }, SETTLED);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.ctrlKey && gone?.to === event.target && Date.now() - (gone?.at ?? 0) < HABIT) event.preventDefault();
    if (event.key !== 'Shift') gone = null;
  });
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[data-intake]'))) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  // The same is said while one types.
  document.getElementById('f-applicant-nid-hint')?.remove();
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => aside(form).catch(() => {}), PAUSE);
  };
  pace(form);
  for (const part of form.querySelectorAll('details')) {
    // Enter passes by what is closed, as Tab does.
    const settle = () => {
      for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll('input, select, textarea, button'))) {
        control.tabIndex = part.open ? 0 : -1;
      }
    };
    part.addEventListener('toggle', settle);
    settle();
  }
  form.addEventListener('change', (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.name === 'applicant.nid') person(form, target).catch(() => {});
    later();
  });
}
