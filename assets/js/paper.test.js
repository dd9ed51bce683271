import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';

import { getPublicKeyAsync, signAsync } from '@noble/ed25519';

import { decode } from './cbor.js';
import { decodeDigits, parseLink, readKeys, readStatus, statusAt, statusPath, verifyPaper } from './paper.js';

/** CBOR as the papers use it; written apart from the reader under test. */
function cbor(value) {
  const head = (kind, n) => {
    if (n < 24) return [kind * 32 + n];
    for (const [info, size] of [[24, 1], [25, 2], [26, 4], [27, 8]]) {
      if (BigInt(n) < 1n << BigInt(8 * size)) {
        return [kind * 32 + info, ...Array.from({ length: size }, (_, i) => Number((BigInt(n) >> BigInt(8 * (size - 1 - i))) & 255n))];
      }
    }
    throw new Error('too large');
  };
  if (value instanceof Uint8Array) return [...head(2, value.length), ...value];
  if (typeof value === 'string') {
    const bytes = new TextEncoder().encode(value);
    return [...head(3, bytes.length), ...bytes];
  }
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (Array.isArray(value)) return [...head(4, value.length), ...value.flatMap(cbor)];
  return [...head(5, value.size), ...[...value].flatMap(([k, v]) => [...cbor(k), ...cbor(v)])];
}
const bytes = (value) => Uint8Array.from(cbor(value));
const secret = (n) => new Uint8Array(32).fill(n);

async function cose(payload, key, typ) {
  const id = new Uint8Array(await crypto.subtle.digest('SHA-256', await getPublicKeyAsync(key))).subarray(0, 4);
  const head = bytes(new Map([[1, -8], [4, id], ...(typ ? [[16, typ]] : [])]));
  const signature = await signAsync(bytes(['Signature1', head, new Uint8Array(), payload]), key);
  return Uint8Array.from([0xd2, ...cbor([head, new Map(), payload, signature])]);
}

const ROOT = secret(1);
const ISSUER = secret(2);
const ISSUED = 1_790_000_000;
const NOW = 1_795_000_000;

async function keyList({ from = 0, to, governorate = '01' } = {}) {
  const entry = new Map([[1, await getPublicKeyAsync(ISSUER)], [2, governorate], [3, from], ...(to ? [[4, to]] : [])]);
  return cose(bytes(new Map([[6, ISSUED], [-65_537, [entry]]])), ROOT, 'shubbak-keys');
}

function claims(changes = {}) {
  const ours = new Map([[1, 1], [2, 201301260001237], [3, '01-D07'], [4, 'منى علي'], [5, 42], [6, 'مدينة نصر'],
    [7, new Map([[1, 12_050]])], [8, 131_077], [9, 'SHP-01']]);
  for (const [key, value] of Object.entries(changes.ours ?? {})) ours.set(Number(key), value);
  return bytes(new Map([[1, changes.issuer ?? '01'], ...(changes.expires ? [[4, changes.expires]] : []), [6, changes.issued ?? ISSUED], [-65_537, ours]]));
}

const keys = async (options) => readKeys(await keyList(options), await getPublicKeyAsync(ROOT));

test('a paper is valid, and says what was signed', async () => {
  const { state, claims: said } = await verifyPaper(await cose(claims(), ISSUER), await keys(), NOW);
  assert.equal(state, 'valid');
  assert.equal(said.number, '201301260001237');
  assert.equal(said.last4, '0042');
  assert.deepEqual(said.figures, [[1, 12_050]]);
  assert.equal(statusPath(said.issuer, said.status), '/status/01/1');
});

test('time, issuer and key decide', async () => {
  const list = await keys();
  const state = async (paper, l = list) => (await verifyPaper(paper, l, NOW)).state;
  assert.equal(await state(await cose(claims({ expires: NOW }), ISSUER)), 'expired');
  assert.equal(await state(await cose(claims({ issued: NOW + 1 }), ISSUER)), 'not-yet');
  assert.equal(await state(await cose(claims({ issuer: '02' }), ISSUER)), 'wrong-issuer');
  assert.equal(await state(await cose(claims(), secret(3))), 'unknown-key');
  assert.equal(await state(await cose(claims(), ISSUER), await keys({ to: ISSUED })), 'wrong-issuer');
  assert.equal(await state(await cose(claims({ ours: { 1: 9 } }), ISSUER)), 'malformed');
  assert.equal(await state(new Uint8Array(400)), 'malformed');
});

test('no changed bit passes', async () => {
  const good = await cose(claims(), ISSUER);
  const list = await keys();
  for (let at = 0; at < good.length; at += 7) {
    const bad = good.slice();
    bad[at] ^= 1 << (at % 8);
    const { state } = await verifyPaper(bad, list, NOW);
    assert.notEqual(state, 'valid', `byte ${at}`);
  }
  for (const cut of [0, 1, 20, good.length - 1]) {
    assert.equal((await verifyPaper(good.subarray(0, cut), list, NOW)).state, 'malformed');
  }
});

test('a key list is believed only from the root, and a list is no paper', async () => {
  const root = await getPublicKeyAsync(ROOT);
  const list = await keyList();
  await assert.rejects(readKeys(list, await getPublicKeyAsync(ISSUER)));
  await assert.rejects(readKeys(await cose(claims(), ROOT), root));
  assert.equal((await verifyPaper(list, await readKeys(list, root), NOW)).state, 'malformed');
});

test('status lists say what was revoked', async () => {
  const bits = new Uint8Array(32_768);
  bits[1] = 0b00_00_01_00;
  bits[2] = 0b11_10_00_00;
  const list = (uri, packed = deflateSync(bits)) => cose(bytes(new Map([[1, '01'], [2, uri], [6, ISSUED],
    [65_533, new Map([['lst', new Uint8Array(packed)], ['bits', 2]])]])), ISSUER, 'application/statuslist+cwt');
  const known = await keys();
  const status = await readStatus(await list('HTTPS://X.EG/status/01/1'), known);
  const states = [4, 5, 10, 11].map((entry) => statusAt(status, 131_072 + entry));
  assert.deepEqual(states, [0, 1, 2, 3]);
  assert.equal(statusAt(status, 5), null, 'an index of another list');
  await assert.rejects(readStatus(await list('https://x.eg/status/02/1'), known));
  await assert.rejects(readStatus(await list('https://x.eg/status/01/1', deflateSync(new Uint8Array(90_000))), known));
  await assert.rejects(readStatus(await list('https://x.eg/status/01/1'), await keys({ governorate: '02' })));
});

test('digits and links', () => {
  assert.deepEqual([...decodeDigits('00000000000000001255')], [0, 0, 0, 0, 0, 0, 1, 255]);
  for (const wrong of ['', '12', '256', '7'.repeat(17).replace(/7/g, '9'), '12a']) assert.throws(() => decodeDigits(wrong), wrong);
  const token = 'ABCDEFGHIJKLMN23';
  assert.deepEqual(parseLink(`HTTPS://SHUBBAK.EG/V/${token}#1255`), { token, signed: Uint8Array.of(255), slip: false });
  assert.deepEqual(parseLink(` https://shubbak.eg/t/${token.toLowerCase()} `), { token, signed: null, slip: true });
  assert.deepEqual(parseLink(`https://x/V/${token}#1٢٥٥`)?.signed, Uint8Array.of(255));
  for (const other of ['', 'https://x/V/short', `https://x/V/${token}#2255`, `https://x/V/${token}#1999`, 'hello']) {
    assert.equal(parseLink(other), null, other);
  }
});

test('CBOR in any other form is refused', () => {
  const wrong = ['1817', '190017', '1a00000001', 'ff', '5f4101ff', '9f01ff', 'a2010001', 'a201000100', '61ff', 'f90000', '0000', '82', '9bffffffffffffffff'];
  for (const text of wrong) assert.throws(() => decode(Uint8Array.from(Buffer.from(text, 'hex'))), text);
});

const published = (name) => JSON.parse(readFileSync(new URL(`../../docs/vectors/${name}.json`, import.meta.url), 'utf8'));
const hex = (text) => Uint8Array.from(Buffer.from(text, 'hex'));

test('the published papers', async () => {
  const lists = published('lists');
  const list = await readKeys(hex(lists.key_list.cose), hex(lists.root_public));
  const { papers, verify, digits, digits_refused: refused } = published('paper-qr');
  for (const { cose: signed, name, now, verdict } of verify) {
    const { state } = await verifyPaper(hex(signed), list, now);
    assert.equal(state.replace('-', '_'), verdict, name);
  }
  for (const { name, link, token, cose: signed, signed_claims: asked, type } of papers) {
    const found = parseLink(link);
    assert.equal(found?.token, token);
    assert.deepEqual(found?.signed, hex(signed), name);
    const { claims: said } = await verifyPaper(found.signed, list, asked.issued);
    assert.equal(said.type, type);
    assert.equal(Number(said.number), asked.number);
    assert.deepEqual([said.issuer, said.unit, said.holder, said.place, said.service], [asked.issuer, asked.unit, asked.holder, asked.place, asked.service]);
    assert.deepEqual([said.request, said.slip], [asked.request ? String(asked.request) : '', asked.slip ?? ''], name);
    assert.deepEqual(said.figures.map(([, value]) => value), asked.figures.map((f) => f.value));
  }
  for (const { bytes: raw, digits: text } of digits) assert.deepEqual(decodeDigits(text), hex(raw));
  for (const text of refused) assert.throws(() => decodeDigits(text), text);
});

test('the published status list', async () => {
  const { key_list: keyBytes, root_public: root, status_list: published_status } = published('lists');
  const list = await readKeys(hex(keyBytes.cose), hex(root));
  const status = await readStatus(hex(published_status.cose), list);
  assert.equal(status.issued, published_status.issued);
  for (const { index, status: state } of published_status.states) assert.equal(statusAt(status, index), state, `entry ${index}`);
});
