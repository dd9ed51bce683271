/**
 * The hand scanner: a burst of keys that ends in Enter. Wherever the cursor is, a burst that is a
 * number or a code of ours opens its record; what it typed into a field is taken back.
 */

import { isReference, onlyDigits } from './digits.js';

/** Milliseconds between two keys of a scanner; people are slower. */
const FAST = 35;
const SHORTEST = 10;

/** @type {Record<string, string | [string, string]>} */
const SIGNS = {
  Slash: ['/', '?'], Period: ['.', '>'], Comma: [',', '<'], Minus: ['-', '_'], Equal: ['=', '+'],
  Semicolon: [';', ':'], Space: ' ', NumpadDivide: '/', NumpadDecimal: '.', NumpadSubtract: '-',
};

/** The sign on a key of the Latin layout, whatever layout is on. @param {{code: string, shiftKey: boolean, key: string}} event */
export function signOf(event) {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter) return letter;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit) return digit === '3' && event.shiftKey ? '#' : digit;
  const sign = SIGNS[event.code];
  if (sign) return Array.isArray(sign) ? sign[event.shiftKey ? 1 : 0] : sign;
  return event.key.length === 1 ? event.key : '';
}

/** What a scanned text is: a number of ours, the path of a code, or nothing. @param {string} text */
export function recognise(text) {
  const digits = onlyDigits(text);
  if (isReference(digits)) return digits;
  return /\/([TV]\/[A-Z2-7]{16})(?:#1\d+)?$/i.exec(text)?.[1].toUpperCase() ?? null;
}

/** Collects keys; gives the text of a burst at its Enter. */
export class Burst {
  constructor() {
    this.text = '';
    this.last = 0;
  }

  /** @param {{code: string, shiftKey: boolean, key: string, timeStamp: number}} event @returns {string | null} */
  key(event) {
    if (/^(Shift|Control|Alt|Meta)/.test(event.code)) return null;
    const fast = event.timeStamp - this.last <= FAST;
    this.last = event.timeStamp;
    if (!fast) this.text = '';
    if (event.code === 'Enter' || event.code === 'NumpadEnter') {
      const { text } = this;
      this.text = '';
      return text.length >= SHORTEST ? text : null;
    }
    this.text += signOf(event);
    return null;
  }

  get first() {
    return this.text.length <= 1;
  }
}

export function start() {
  const address = document.body.dataset.scan;
  if (!address) return;
  const burst = new Burst();
  /** @type {{field: HTMLInputElement | HTMLTextAreaElement, value: string} | null} */
  let before = null;
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    const typed = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    const value = typed ? target.value : '';
    const text = burst.key(event);
    if (burst.first && event.key !== 'Enter') before = typed ? { field: target, value } : null;
    const code = text && recognise(text);
    // A field that waits for a code takes it itself.
    if (!code || (typed && target.closest('[data-takes-scan]'))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (before) before.field.value = before.value;
    location.assign(`${address}?scan=${encodeURIComponent(code)}`);
  }, true);
}
