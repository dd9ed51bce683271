import assert from 'node:assert/strict';
import { test } from 'node:test';

import { drawing, readPlace, readPlaces, writePlace } from './map.js';

test('a place is read as people write it', () => {
  assert.deepEqual(readPlace('30.0444, 31.2357'), [31.2357, 30.0444]);
  assert.deepEqual(readPlace('٣٠٫٠٤٤٤، ٣١٫٢٣٥٧'), [31.2357, 30.0444]);
  assert.deepEqual(readPlace('30.0444 31.2357'), [31.2357, 30.0444]);
  for (const none of ['', '30', 'شارع', '1, 2, 3']) assert.equal(readPlace(none), null);
});

test('what is written is read again', () => {
  const places = [[31.1, 30.1], [31.2, 30.1], [31.2, 30.2]];
  assert.deepEqual(readPlaces(places.map(writePlace).join('\n')), places);
});

test('an area is drawn once it has three corners, and closed', () => {
  const places = [[31.1, 30.1], [31.2, 30.1], [31.2, 30.2]];
  assert.equal(drawing(places.slice(0, 2)).features.length, 2);
  const [area] = drawing(places).features;
  assert.deepEqual(area.geometry.coordinates[0], [...places, places[0]]);
});
