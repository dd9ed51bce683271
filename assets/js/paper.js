/**
 * Signed papers, key lists and status lists (docs/paper-qr.md), verified without a network.
 *
 * @typedef {{publicKey: Uint8Array, id: string, governorate: string, from: number, to?: number}} Key
 * @typedef {{issued: number, expires?: number, keys: Key[]}} KeyList
 * @typedef {{issuer: string, issued: number, expires?: number, type: number, service: string, number: string, unit: string,
 *   holder: string, last4?: string, place: string, figures: [number, number][], status?: number, request: string, slip: string}} Claims
 * @typedef {{issuer: string, list: number, issued: number, expires?: number, bits: Uint8Array}} StatusList
 * @typedef {'valid' | 'expired' | 'not-yet' | 'wrong-issuer' | 'bad-signature' | 'unknown-key' | 'malformed'} State
 */

import { verifyAsync } from '@noble/ed25519';

import { byteString, decode, Tagged, textString } from './cbor.js';
import { latin } from './digits.js';

const OURS = -65_537;
const ENTRIES = 131_072;
const LARGEST_PAPER = 300;
const WIDTH = [0, 3, 5, 8, 10, 13, 15, 17];

export class PaperError extends Error {}

/** Digits in groups of 17 (the last one shorter) back to bytes. @param {string} digits */
export function decodeDigits(digits) {
  if (!/^\d+$/.test(digits)) throw new PaperError('not digits');
  const out = [];
  for (let at = 0; at < digits.length; at += 17) {
    const group = digits.slice(at, at + 17);
    const size = WIDTH.indexOf(group.length);
    if (size < 1) throw new PaperError('length');
    let value = BigInt(group);
    const bytes = [];
    for (let i = 0; i < size; i += 1) {
      bytes.unshift(Number(value & 255n));
      value >>= 8n;
    }
    if (value) throw new PaperError('range');
    out.push(...bytes);
  }
  return Uint8Array.from(out);
}

/**
 * The parts of a scanned or pasted code; null if it is none of ours.
 * @param {string} text
 * @returns {{token: string | null, signed: Uint8Array | null, slip: boolean} | null}
 */
export function parseLink(text) {
  const plain = latin(text).replace(/\s/g, '');
  const only = /^#?1(\d{60,})$/.exec(plain);
  try {
    if (only) return { token: null, signed: decodeDigits(only[1]), slip: false };
    const found = /\/([TV])\/([A-Z2-7]{16})\/?(?:\?[^#]*)?(?:#(?:1(\d+))?)?$/i.exec(plain);
    if (!found) return null;
    return {
      token: found[2].toUpperCase(),
      signed: found[3] ? decodeDigits(found[3]) : null,
      slip: found[1].toUpperCase() === 'T',
    };
  } catch {
    return null;
  }
}

/** @param {Uint8Array} bytes */
const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

/** @param {string} text base64url */
export function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (ch) => ch.charCodeAt(0));
}

/** First four bytes of the SHA-256 of a key. @param {Uint8Array} key */
async function keyId(key) {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', /** @type {BufferSource} */ (key))).subarray(0, 4));
}

/** @param {unknown} map @param {number | string} key @param {'number' | 'string'} type @returns {any} */
function optional(map, key, type) {
  const value = /** @type {Map<unknown, unknown>} */ (map).get(key);
  if (value !== undefined && typeof value !== type) throw new PaperError(`field ${key}`);
  return value;
}

/** @param {unknown} map @param {number | string} key @param {'number' | 'string'} type @returns {any} */
function needed(map, key, type) {
  const value = optional(map, key, type);
  if (value === undefined) throw new PaperError(`field ${key} is missing`);
  return value;
}

/**
 * Reads a COSE_Sign1 message of exactly the form that we write.
 * @param {Uint8Array} bytes
 * @param {string} [typ]
 */
function readMessage(bytes, typ) {
  const message = decode(bytes);
  if (!(message instanceof Tagged) || message.tag !== 18 || !Array.isArray(message.value) || message.value.length !== 4) {
    throw new PaperError('not COSE_Sign1');
  }
  const [head, open, payload, signature] = message.value;
  if (!(head instanceof Uint8Array) || !(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)
    || !(open instanceof Map) || open.size !== 0 || signature.length !== 64) throw new PaperError('form');
  const id = head.subarray(5, 9);
  // {1: -8, 4: key id} and, on lists, 16: type.
  const expected = [typ ? 0xa3 : 0xa2, 1, 0x27, 4, 0x44, ...id, ...(typ ? [16, ...textString(typ)] : [])];
  if (id.length !== 4 || hex(head) !== hex(Uint8Array.from(expected))) throw new PaperError('header');
  const signed = Uint8Array.from([0x84, ...textString('Signature1'), ...byteString(head), 0x40, ...byteString(payload)]);
  return { id: hex(id), payload, signature, signed };
}

/** @param {{signature: Uint8Array, signed: Uint8Array}} message @param {Uint8Array} key */
async function isSignedBy(message, key) {
  try {
    return await verifyAsync(message.signature, message.signed, key, { zip215: false });
  } catch {
    return false;
  }
}

/** @param {Uint8Array} payload */
function readMap(payload) {
  const map = decode(payload);
  if (!(map instanceof Map)) throw new PaperError('not a map');
  return map;
}

/** @param {Key} key @param {string} issuer @param {number} at */
const speaksFor = (key, issuer, at) => key.governorate === issuer && key.from <= at && (key.to === undefined || at < key.to);

/** The key list, if the trusted root signed it. @param {Uint8Array} bytes @param {Uint8Array} root @returns {Promise<KeyList>} */
export async function readKeys(bytes, root) {
  const message = readMessage(bytes, 'shubbak-keys');
  if (!await isSignedBy(message, root)) throw new PaperError('not by root');
  const map = readMap(message.payload);
  const entries = map.get(OURS);
  if (!Array.isArray(entries)) throw new PaperError('no keys');
  const keys = await Promise.all(entries.map(async (entry) => {
    const publicKey = entry instanceof Map && entry.get(1);
    if (!(publicKey instanceof Uint8Array) || publicKey.length !== 32) throw new PaperError('key');
    return {
      publicKey,
      id: await keyId(publicKey),
      governorate: needed(entry, 2, 'string'),
      from: needed(entry, 3, 'number'),
      to: optional(entry, 4, 'number'),
    };
  }));
  return { issued: needed(map, 6, 'number'), expires: optional(map, 4, 'number'), keys };
}

/** @param {Uint8Array} payload @returns {Claims} */
function readClaims(payload) {
  const map = readMap(payload);
  const ours = map.get(OURS);
  if (!(ours instanceof Map)) throw new PaperError('no claims');
  const type = needed(ours, 1, 'number');
  if (type < 1 || type > 7) throw new PaperError('type');
  const figures = ours.get(7) ?? new Map();
  if (!(figures instanceof Map)) throw new PaperError('figures');
  const last4 = optional(ours, 5, 'number');
  const request = optional(ours, 10, 'number');
  return {
    issuer: needed(map, 1, 'string'),
    issued: needed(map, 6, 'number'),
    expires: optional(map, 4, 'number'),
    type,
    service: needed(ours, 9, 'string'),
    number: String(needed(ours, 2, 'number')).padStart(15, '0'),
    unit: needed(ours, 3, 'string'),
    holder: optional(ours, 4, 'string') ?? '',
    last4: last4 === undefined ? undefined : String(last4).padStart(4, '0'),
    place: optional(ours, 6, 'string') ?? '',
    figures: [...figures],
    status: optional(ours, 8, 'number'),
    request: request === undefined ? '' : String(request).padStart(15, '0'),
    slip: optional(ours, 11, 'string') ?? '',
  };
}

/**
 * Verifies a paper. `now` in seconds since 1970.
 * @param {Uint8Array} bytes
 * @param {KeyList} list
 * @param {number} now
 * @returns {Promise<{state: State, claims?: Claims}>}
 */
export async function verifyPaper(bytes, list, now) {
  let message;
  try {
    if (bytes.length > LARGEST_PAPER) return { state: 'malformed' };
    message = readMessage(bytes);
  } catch {
    return { state: 'malformed' };
  }
  const { id, payload } = message;
  const known = list.keys.filter((key) => key.id === id);
  if (!known.length) return { state: 'unknown-key' };
  let signer;
  for (const key of known) {
    if (!signer && await isSignedBy(message, key.publicKey)) signer = key;
  }
  if (!signer) return { state: 'bad-signature' };
  try {
    const claims = readClaims(payload);
    if (!speaksFor(signer, claims.issuer, claims.issued)) return { state: 'wrong-issuer', claims };
    if (claims.issued > now) return { state: 'not-yet', claims };
    if (claims.expires !== undefined && claims.expires <= now) return { state: 'expired', claims };
    return { state: 'valid', claims };
  } catch {
    return { state: 'malformed' };
  }
}

/** Path of the list that an index lies in. @param {string} issuer @param {number} index */
export const statusPath = (issuer, index) => `/status/${issuer}/${Math.floor(index / ENTRIES)}`;

/** @param {Uint8Array} packed */
async function unpack(packed) {
  const stream = new Blob([/** @type {BlobPart} */ (packed)]).stream().pipeThrough(new DecompressionStream('deflate'));
  const out = new Uint8Array(ENTRIES / 4);
  let at = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > out.length) throw new PaperError('status too long');
    out.set(value, at);
    at += value.length;
  }
  if (at !== out.length) throw new PaperError('status too short');
  return out;
}

/** A status list, if one of its issuer's keys signed it. @param {Uint8Array} bytes @param {KeyList} list @returns {Promise<StatusList>} */
export async function readStatus(bytes, list) {
  const message = readMessage(bytes, 'application/statuslist+cwt');
  const map = readMap(message.payload);
  const issuer = needed(map, 1, 'string');
  const issued = needed(map, 6, 'number');
  let genuine = false;
  for (const key of list.keys.filter((k) => k.id === message.id && speaksFor(k, issuer, issued))) {
    genuine ||= await isSignedBy(message, key.publicKey);
  }
  if (!genuine) throw new PaperError('not by its issuer');
  const number = /\/status\/([^/]+)\/(\d+)$/.exec(needed(map, 2, 'string'));
  const inner = map.get(65_533);
  if (!number || number[1] !== issuer || !(inner instanceof Map) || inner.get('bits') !== 2) throw new PaperError('status');
  const packed = inner.get('lst');
  if (!(packed instanceof Uint8Array)) throw new PaperError('status');
  return { issuer, list: Number(number[2]), issued, expires: optional(map, 4, 'number'), bits: await unpack(packed) };
}

/** State at an index: 0 valid, 1 revoked, 2 suspended, 3 superseded; null in another list. @param {StatusList} status @param {number} index */
export function statusAt(status, index) {
  if (Math.floor(index / ENTRIES) !== status.list) return null;
  const entry = index % ENTRIES;
  return (status.bits[entry >> 2] >> ((entry & 3) * 2)) & 3;
}
