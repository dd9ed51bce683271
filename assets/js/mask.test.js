import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { mask } from './mask.js';

const { names } = JSON.parse(readFileSync(new URL('../../docs/vectors/masked-names.json', import.meta.url), 'utf8'));

test('names are masked as the server masks them', () => {
  assert.ok(names.length >= 8);
  for (const { name, masked } of names) assert.equal(mask(name), masked, name);
});
