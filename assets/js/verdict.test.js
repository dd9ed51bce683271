import assert from 'node:assert/strict';
import { test } from 'node:test';

import { keysAreOld, statusIsOld, wordOf } from './verdict.js';

const claims = { type: 1, status: 7 };
const DAY = 86_400;

test('what the lists make of a good signature', () => {
  assert.equal(wordOf({ state: 'valid', claims, found: 0 }), 'valid');
  assert.equal(wordOf({ state: 'valid', claims, found: 0, statusOld: true }), 'valid-old');
  assert.equal(wordOf({ state: 'valid', claims, found: 0, keysOld: true }), 'valid-old');
  assert.equal(wordOf({ state: 'valid', claims, found: null }), 'valid-unchecked');
  assert.deepEqual([1, 2, 3].map((found) => wordOf({ state: 'valid', claims, found })), ['revoked', 'suspended', 'superseded']);
  // Once revoked it stays so, however old the list is that says it, and after its end.
  assert.equal(wordOf({ state: 'valid', claims, found: 1, statusOld: true }), 'revoked');
  assert.equal(wordOf({ state: 'expired', claims, found: 1 }), 'revoked');
  assert.equal(wordOf({ state: 'expired', claims, found: 0 }), 'expired');
});

test('a receipt is never a licence', () => {
  for (const found of [null, 0]) for (const statusOld of [false, true]) assert.equal(wordOf({ state: 'valid', claims: { type: 5 }, found, statusOld }), 'receipt');
  assert.equal(wordOf({ state: 'valid', claims: { type: 5, status: 7 }, found: 0 }), 'receipt');
});

test('what is not genuine is never valid', () => {
  for (const state of ['malformed', 'bad-signature', 'wrong-issuer', 'unknown-key']) {
    for (const keysFresh of [false, true]) {
      for (const told of [undefined, claims]) assert.match(wordOf({ state, claims: told, found: 0, keysFresh }), /^(forged|unknown|unknown-key|revoked)$/);
    }
  }
  assert.equal(wordOf({ state: 'bad-signature' }), 'forged');
  assert.equal(wordOf({ state: 'unknown-key' }), 'unknown-key');
  assert.equal(wordOf({ state: 'unknown-key', keysFresh: true }), 'unknown');
});

test('ages of lists', () => {
  assert.ok(!statusIsOld({ issued: 0, expires: 100 }, 99) && statusIsOld({ issued: 0, expires: 100 }, 100));
  assert.ok(!statusIsOld({ issued: 0 }, 3 * DAY - 1) && statusIsOld({ issued: 0 }, 3 * DAY));
  assert.ok(!keysAreOld(0, 30 * DAY) && keysAreOld(0, 30 * DAY + 1));
});
