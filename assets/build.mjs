// Builds assets/dist: what the program embeds and serves under /assets/.
//
//   node build.mjs
//
// Our style and modules lose their comments; third-party files are copied as they are in the locked
// packages. Every file gets a hash in its name (sw.js excepted: a service worker keeps its address)
// and br and gzip forms beside it. Imports between modules are rewritten to the hashed names.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import subsetFont from 'subset-font';

import { icon } from './png.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const MODULES = path.join(HERE, 'node_modules');
const DIST = path.join(HERE, 'dist');
const FRESH = path.join(HERE, '.dist-new');

const MIME = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};

/** Third-party files: name in our pages, package, file in it. */
const THIRD_PARTY = [
  ['htmx.js', 'htmx.org', 'dist/htmx.min.js'],
  ['jsqr.js', 'jsqr', 'dist/jsQR.js'],
  ['noble-ed25519.js', '@noble/ed25519', 'index.js'],
  ['maplibre.js', 'maplibre-gl', 'dist/maplibre-gl.mjs'],
  ['maplibre-worker.js', 'maplibre-gl', 'dist/maplibre-gl-worker.mjs'],
  ['maplibre.css', 'maplibre-gl', 'dist/maplibre-gl.css'],
];

/** Bare imports in our modules (Node finds the package, the browser the copied file). */
const BARE = { '@noble/ed25519': 'noble-ed25519.js' };

/** Modules whose address must not change. */
const STABLE = new Set(['sw.js', 'visits-sw.js']);

/** What the verifier page needs without a network; the reader of codes only where the browser has none of its own. */
const OFFLINE = ['app.css', 'cairo-arabic.woff2', 'cairo-latin.woff2', 'verify.js', 'page.js', 'favicon.svg'];
const OFFLINE_READER = 'jsqr.js';
/** What the pages of visits need. */
const OFFLINE_VISITS = ['app.css', 'cairo-arabic.woff2', 'cairo-latin.woff2', 'page.js', 'visits.js', 'favicon.svg'];
/** The workers, and what each keeps. */
const WORKERS = { 'sw.js': OFFLINE, 'visits-sw.js': OFFLINE_VISITS };

/** The characters of "U+0621-063A,U+0640" as a string. */
function characters(ranges) {
  let out = '';
  for (const range of ranges.replaceAll('U+', '').split(',')) {
    const [from, to = from] = range.split('-').map((hex) => Number.parseInt(hex, 16));
    for (let code = from; code <= to; code += 1) out += String.fromCodePoint(code);
  }
  return out;
}

/** The two files of the page font. Presentation forms stay: maps draw their labels with them. */
const FONTS = [
  ['cairo-arabic.woff2', 'cairo-arabic-wght-normal.woff2',
    'U+060C,U+061B,U+061F,U+0621-063A,U+0640-0655,U+0660-066D,U+0670,U+067E,U+0686,U+0698,U+06A4,U+06A9,U+06AF,U+06CC,U+06F0-06F9,U+200C-200F,U+FE70-FEFC'],
  ['cairo-latin.woff2', 'cairo-latin-wght-normal.woff2',
    'U+0020-007E,U+00A0,U+00AB,U+00B7,U+00BB,U+00D7,U+2013,U+2014,U+2018-201D,U+2022,U+2026,U+2039,U+203A'],
];

/** @type {Map<string, {file: string, mime: string, bytes: Buffer}>} */
const done = new Map();

/** Writes one file and its compressed forms. */
async function put(name, bytes) {
  const { ext, base } = path.parse(name);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  const file = STABLE.has(name) ? name : `${base.slice(0, base.length - ext.length)}.${hash}${ext}`;
  const mime = MIME[ext];
  if (!mime) throw new Error(`${name}: unknown kind of file`);
  await writeFile(path.join(FRESH, file), bytes);
  if (ext !== '.woff2' && ext !== '.png') {
    const br = brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    });
    await writeFile(path.join(FRESH, `${file}.br`), br);
    await writeFile(path.join(FRESH, `${file}.gz`), gzipSync(bytes, { level: 9 }));
  }
  done.set(name, { file, mime, bytes });
  return file;
}

/** Address of a file already written, relative to its neighbours. */
function hashed(name) {
  const entry = done.get(name);
  if (!entry) throw new Error(`${name} is used before it exists`);
  return entry.file;
}

function smallCss(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/;}/g, '}')
    .trim();
}

/** Without comments that stand on their own lines, and without indentation. */
function smallJs(text) {
  return text
    .replace(/^[ \t]*\/\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\n/gm, '')
    .replace(/^[ \t]*\/\/.*\n/gm, '')
    .replace(/^[ \t]+/gm, '')
    .replace(/\n{2,}/g, '\n');
}

const IMPORT = /((?:\bfrom|\bimport)\s*\(?\s*)(['"])([^'"]+)\2/g;

function importsOf(text) {
  return [...text.matchAll(IMPORT)].map((m) => BARE[m[3]] ?? m[3].replace(/^\.\//, ''));
}

async function fonts() {
  const folder = path.join(MODULES, '@fontsource-variable/cairo/files');
  for (const [name, source, ranges] of FONTS) {
    const whole = await readFile(path.join(folder, source));
    await put(name, await subsetFont(whole, characters(ranges), { targetFormat: 'woff2' }));
  }
}

async function thirdParty() {
  for (const [name, pkg, file] of THIRD_PARTY) {
    await put(name, await readFile(path.join(MODULES, pkg, file)));
  }
}

async function styles() {
  for (const name of (await readdir(path.join(HERE, 'css'))).sort()) {
    const text = await readFile(path.join(HERE, 'css', name), 'utf8');
    const linked = text.replace(/url\((['"]?)([\w.-]+)\1\)/g, (_, _q, file) => `url(${hashed(file)})`);
    await put(name, Buffer.from(smallCss(linked)));
  }
}

async function scripts() {
  const folder = path.join(HERE, 'js');
  const waiting = new Map();
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith('.js') || name.endsWith('.test.js')) continue;
    waiting.set(name, smallJs(await readFile(path.join(folder, name), 'utf8')));
  }
  const workers = Object.keys(WORKERS).map((name) => [name, waiting.get(name)]);
  for (const [name] of workers) waiting.delete(name);
  while (waiting.size > 0) {
    const ready = [...waiting].find(([, text]) => importsOf(text).every((i) => done.has(i)));
    if (!ready) throw new Error(`modules import each other in a ring or something unknown: ${[...waiting.keys()]}`);
    const [name, text] = ready;
    const linked = text.replace(IMPORT, (_, before, quote, target) =>
      `${before}${quote}./${hashed(BARE[target] ?? target.replace(/^\.\//, ''))}${quote}`);
    execFileSync(process.execPath, ['--input-type=module', '--check'], { input: linked });
    await put(name, Buffer.from(linked));
    waiting.delete(name);
  }
  for (const [own, worker] of workers) {
    const wanted = new Set(WORKERS[own]);
    for (const name of wanted) {
      if (name.endsWith('.js')) importsOf(smallJs(await source(name))).forEach((i) => wanted.add(i));
    }
    const files = [...wanted].map((name) => `/assets/${hashed(name)}`).sort();
    const version = createHash('sha256').update(files.join()).digest('hex').slice(0, 10);
    await put(own, Buffer.from(worker
      .replace('/* FILES */ []', JSON.stringify(files))
      .replace('/* READER */ \'\'', JSON.stringify(`/assets/${hashed(OFFLINE_READER)}`))
      .replace('/* VERSION */ \'dev\'', JSON.stringify(version))));
  }
}

/** The text of a module by the name pages know it under. */
async function source(name) {
  const third = THIRD_PARTY.find(([own]) => own === name);
  return third ? '' : readFile(path.join(HERE, 'js', name), 'utf8');
}

async function pictures() {
  for (const name of (await readdir(path.join(HERE, 'img'))).sort()) {
    await put(name, await readFile(path.join(HERE, 'img', name)));
  }
  const svg = await readFile(path.join(HERE, 'img/favicon.svg'), 'utf8');
  for (const size of [192, 512]) await put(`icon-${size}.png`, icon(svg, size));
  await put('icon-maskable.png', icon(svg, 512, { maskable: true }));
}

/** What makes the visits installable; named as their page is. */
async function manifests() {
  const texts = await readFile(path.join(HERE, '../messages/ar/desk.ftl'), 'utf8');
  const name = /^desk-visits-title = (.+)$/m.exec(texts)[1];
  await put('visits.webmanifest', Buffer.from(JSON.stringify({
    name, short_name: name, lang: 'ar', dir: 'rtl', id: '/desk/visits', start_url: '/desk/visits', scope: '/desk/visits', display: 'standalone', theme_color: '#0b5563', background_color: '#ffffff',
    icons: [['icon-192.png', '192x192'], ['icon-512.png', '512x512'], ['icon-maskable.png', '512x512', 'maskable']]
      .map(([file, sizes, purpose = 'any']) => ({ src: hashed(file), type: 'image/png', sizes, purpose })),
  })));
}

/** Name, version, licence and licence text of every package whose files we hand out. */
async function licences() {
  const packages = new Set(['@fontsource-variable/cairo', ...THIRD_PARTY.map(([, pkg]) => pkg)]);
  const list = [];
  let text = '';
  for (const pkg of packages) {
    const { version, license } = JSON.parse(await readFile(path.join(MODULES, pkg, 'package.json'), 'utf8'));
    const files = await readdir(path.join(MODULES, pkg));
    const file = files.find((f) => /^licen[cs]e/i.test(f));
    if (!file) throw new Error(`${pkg} carries no licence text`);
    list.push({ name: pkg, version, license });
    text += `${pkg} ${version} (${license})\n\n${await readFile(path.join(MODULES, pkg, file), 'utf8')}\n\n`;
  }
  await put('licences.json', Buffer.from(JSON.stringify(list)));
  await put('licences.txt', Buffer.from(text));
}

await rm(FRESH, { recursive: true, force: true });
await mkdir(FRESH, { recursive: true });
await fonts();
await pictures();
await thirdParty();
await styles();
await scripts();
await manifests();
await licences();

const rows = [...done].map(([name, { file, mime }]) => [name, file, mime]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
await writeFile(path.join(FRESH, 'manifest.tsv'), rows.map((r) => `${r.join('\t')}\n`).join(''));
await writeFile(path.join(FRESH, 'manifest.json'), `${JSON.stringify(Object.fromEntries(rows.map(([n, f]) => [n, f])), null, 1)}\n`);
await rm(DIST, { recursive: true, force: true });
await rename(FRESH, DIST);
for (const [name, { file, bytes }] of [...done].sort()) {
  console.log(`${name.padEnd(22)} ${String(bytes.length).padStart(7)}  ${file}`);
}
