/**
 * The part of CBOR (RFC 8949) that signed papers and lists use: integers, byte and text strings,
 * arrays, maps, tags, true, false, null. Only shortest forms and definite lengths; anything else
 * throws, so that one content has one byte string.
 */

export class CborError extends Error {}

export class Tagged {
  /** @param {number} tag @param {unknown} value */
  constructor(tag, value) {
    this.tag = tag;
    this.value = value;
  }
}

/** @param {Uint8Array} bytes */
export function decode(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  /** @param {number} length */
  const take = (length) => {
    if (length > bytes.length - at) throw new CborError('cut short');
    at += length;
    return bytes.subarray(at - length, at);
  };

  /** @param {number} info */
  const argument = (info) => {
    if (info < 24) return info;
    if (info > 27) throw new CborError('form not used');
    const size = 2 ** (info - 24);
    take(size);
    const start = at - size;
    let value;
    if (size === 1) value = view.getUint8(start);
    else if (size === 2) value = view.getUint16(start);
    else if (size === 4) value = view.getUint32(start);
    else value = Number(view.getBigUint64(start));
    const least = size === 1 ? 24 : 2 ** (size * 4);
    if (value < least || !Number.isSafeInteger(value)) throw new CborError('not the shortest form');
    return value;
  };

  /** @param {number} depth @returns {unknown} */
  const item = (depth) => {
    if (depth > 8) throw new CborError('too deep');
    const [head] = take(1);
    const kind = head >> 5;
    const info = head & 31;
    if (kind === 7) {
      if (info === 20) return false;
      if (info === 21) return true;
      if (info === 22) return null;
      throw new CborError('form not used');
    }
    const value = argument(info);
    switch (kind) {
      case 0: return value;
      case 1: return -1 - value;
      case 2: return take(value);
      case 3: return new TextDecoder('utf-8', { fatal: true }).decode(take(value));
      case 4: {
        if (value > bytes.length) throw new CborError('cut short');
        return Array.from({ length: value }, () => item(depth + 1));
      }
      case 5: {
        const map = new Map();
        for (let i = 0; i < value; i += 1) {
          const key = item(depth + 1);
          if ((typeof key !== 'number' && typeof key !== 'string') || map.has(key)) throw new CborError('bad key');
          map.set(key, item(depth + 1));
        }
        return map;
      }
      default: return new Tagged(value, item(depth + 1));
    }
  };

  const value = item(0);
  if (at !== bytes.length) throw new CborError('something follows');
  return value;
}

/** Head of a byte or text string. @param {number} kind @param {number} length */
function head(kind, length) {
  if (length < 24) return [kind * 32 + length];
  if (length < 256) return [kind * 32 + 24, length];
  return length < 65_536
    ? [kind * 32 + 25, length >> 8, length & 255]
    : [kind * 32 + 26, (length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
}

/** @param {Uint8Array} bytes */
export const byteString = (bytes) => [...head(2, bytes.length), ...bytes];

/** @param {string} text */
export function textString(text) {
  const bytes = new TextEncoder().encode(text);
  return [...head(3, bytes.length), ...bytes];
}
