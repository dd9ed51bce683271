import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pause } from './upload.js';

test('the pause grows and ends growing', () => {
  assert.deepEqual([0, 1, 2, 3, 9].map(pause), [500, 1000, 2000, 4000, 15_000]);
});
