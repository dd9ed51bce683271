/**
 * What is said of a paper: the order of docs/paper-qr.md, section 4, and what the age of the lists makes of it. Pure.
 *
 * @typedef {import('./paper.js').State} State
 * @typedef {'valid' | 'valid-old' | 'valid-unchecked' | 'receipt' | 'expired' | 'not-yet' | 'revoked' | 'suspended' | 'superseded'
 *   | 'forged' | 'unknown' | 'unknown-key'} Word
 */

const DAY = 86_400;
const RECEIPT = 5;
/** Days after which a status list without an end of its own is old, and a key list. */
const STATUS_DAYS = 3;
const KEY_DAYS = 30;
/** @type {Word[]} */
const STATES = ['valid', 'revoked', 'suspended', 'superseded'];

/** Whether a status list is too old to go by. @param {{issued: number, expires?: number}} list @param {number} now */
export const statusIsOld = (list, now) => (list.expires ?? list.issued + STATUS_DAYS * DAY) <= now;

/** Whether a key list is. @param {number} at when it came @param {number} now */
export const keysAreOld = (at, now) => now - at > KEY_DAYS * DAY;

/**
 * @param {{state: State, claims?: {type: number, status?: number}, found?: number | null, statusOld?: boolean, keysOld?: boolean, keysFresh?: boolean}} what
 *   `found`: the state in the status list, null if no list tells it; `keysFresh`: the key list came just now
 * @returns {Word}
 */
export function wordOf({ state, claims, found = null, statusOld = false, keysOld = false, keysFresh = false }) {
  if (state === 'bad-signature' || state === 'wrong-issuer') return 'forged';
  if (state === 'unknown-key') return keysFresh ? 'unknown' : 'unknown-key';
  if (state === 'malformed' || !claims) return 'unknown';
  if (state === 'not-yet') return 'not-yet';
  // A receipt is a receipt, whatever it is shown for.
  if (claims.type === RECEIPT) return 'receipt';
  // A revoked paper that has also expired was revoked.
  if (found) return STATES[found] ?? 'unknown';
  if (state === 'expired') return 'expired';
  if (claims.status === undefined) return keysOld ? 'valid-old' : 'valid';
  if (found === null) return 'valid-unchecked';
  return statusOld || keysOld ? 'valid-old' : 'valid';
}
