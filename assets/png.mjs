// The icon of installed pages as PNG, drawn from img/favicon.svg: a filled square with round corners and white strokes of
// straight lines. Systems that install a page want PNG; this picture needs no image library.

import { deflateSync } from 'node:zlib';

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

/** One chunk of a PNG file: length, name, data, CRC-32 (PNG, section 5.3). */
function chunk(name, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(name, 4, 'latin1');
  data.copy(out, 8);
  let crc = 0xffffffff;
  for (const byte of out.subarray(4, data.length + 8)) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, data.length + 8);
  return out;
}

/** RGBA pixels as a PNG file. */
function encode(size, pixels) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const lines = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1) pixels.copy(lines, y * (size * 4 + 1) + 1, y * size * 4, (y + 1) * size * 4);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(lines, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

/** The straight lines of a path of M, h, v, H, V and z. */
function lines(path) {
  const out = [];
  let [x, y, fromX, fromY] = [0, 0, 0, 0];
  for (const [, command, rest] of path.matchAll(/([MhvHVz])([^MhvHVz]*)/g)) {
    const [a, b] = rest.trim().split(/[ ,]+/).map(Number);
    const before = [x, y];
    if (command === 'M') [x, y, fromX, fromY] = [a, b, a, b];
    else if (command === 'z') [x, y] = [fromX, fromY];
    else if (/h/i.test(command)) x = command === 'h' ? x + a : a;
    else y = command === 'v' ? y + a : a;
    if (command !== 'M') out.push([...before, x, y]);
  }
  return out;
}

const clamp = (value) => Math.min(1, Math.max(0, value));

/**
 * The icon at a size in pixels. A maskable one fills its square to the edge and keeps the drawing in the middle four fifths,
 * for systems that cut their own shape.
 */
export function icon(svg, size, { maskable = false } = {}) {
  const attribute = (name) => new RegExp(`\\s${name}="([^"]+)"`).exec(svg)?.[1] ?? '';
  const side = Number(attribute('viewBox').split(' ')[2]);
  const round = Number(attribute('rx'));
  const fill = [1, 3, 5].map((at) => Number.parseInt(/<rect[^>]*fill="(#\w{6})"/.exec(svg)[1].slice(at, at + 2), 16));
  const half = Number(attribute('stroke-width')) / 2;
  const strokes = lines(attribute('d'));
  const scale = size / side;
  const shrink = maskable ? 0.8 : 1;
  const pixels = Buffer.alloc(size * size * 4);
  for (let py = 0; py < size; py += 1) {
    for (let px = 0; px < size; px += 1) {
      const [x, y] = [(px + 0.5) / scale, (py + 0.5) / scale];
      const [dx, dy] = [Math.max(round - x, x - side + round, 0), Math.max(round - y, y - side + round, 0)];
      const alpha = maskable ? 1 : clamp(0.5 + (round - Math.hypot(dx, dy)) * scale);
      const [u, v] = [(x - side / 2) / shrink + side / 2, (y - side / 2) / shrink + side / 2];
      let near = Infinity;
      for (const [ax, ay, bx, by] of strokes) {
        const long = (bx - ax) ** 2 + (by - ay) ** 2;
        const t = clamp(((u - ax) * (bx - ax) + (v - ay) * (by - ay)) / long);
        near = Math.min(near, Math.hypot(u - ax - t * (bx - ax), v - ay - t * (by - ay)));
      }
      const white = clamp(0.5 + (half - near) * scale * shrink);
      const at = (py * size + px) * 4;
      fill.forEach((part, i) => { pixels[at + i] = Math.round(part + (255 - part) * white); });
      pixels[at + 3] = Math.round(alpha * 255);
    }
  }
  return encode(size, pixels);
}
