/** Digits as Egyptians type them, and the numbers of ours. */

/** The text with ٠-٩ and ۰-۹ as 0-9. @param {string} text */
export function latin(text) {
  return text.replace(/[٠-٩۰-۹]/g, (ch) => String(ch.charCodeAt(0) & 0xf));
}

/** Only the digits of a number typed in any way. @param {string} text */
export function onlyDigits(text) {
  return latin(text).replace(/[\s\-_/.ـ\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** A decimal typed in any way, as "1234.5"; null if it is none. @param {string} text */
export function decimalText(text) {
  const plain = latin(text).replace(/[\s,٬\u200e\u200f]/g, '').replace('٫', '.');
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}

const DAMM = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
  '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
];

/** Whether 15 digits are a number of ours (Damm check digit). @param {string} digits */
export function isReference(digits) {
  if (!/^[1-9]\d{14}$/.test(digits)) return false;
  let state = 0;
  for (const digit of digits) state = Number(DAMM[state][Number(digit)]);
  return state === 0;
}
