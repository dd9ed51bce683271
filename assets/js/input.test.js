import assert from 'node:assert/strict';
import { test } from 'node:test';

import { decimalText, isReference, onlyDigits } from './digits.js';
import { nameOf } from './keys.js';
import { read } from './nid.js';
import { Burst, recognise, signOf } from './scanner.js';

const TODAY = new Date('2026-11-22');

test('digits of every kind are read', () => {
  assert.equal(onlyDigits('٢٩٠-۰۱ 01\u200f'), '2900101');
  assert.equal(decimalText('١٬٢٣٤٫٥'), '1234.5');
  assert.equal(decimalText('1,234.50'), '1234.50');
  assert.equal(decimalText('12 م'), null);
});

test('a national id says who, and a wrong check digit only warns', () => {
  const found = read('٢٩٠٠١٠١٠١٠٠٠١٣', TODAY);
  assert.equal(found.state, 'good');
  assert.deepEqual([found.iso, found.place, found.male], ['1990-01-01', 'القاهرة', true]);
  const checks = Array.from({ length: 10 }, (_, k) => read(`2900101010001${k}`, TODAY)).map((f) => f.check);
  assert(checks.filter(Boolean).length === 1 || checks.every(Boolean));
  assert.equal(checks.every(Boolean), false);
});

test('a national id that cannot be is refused', () => {
  assert.equal(read('', TODAY).state, 'empty');
  assert.equal(read('2900101', TODAY).state, 'length');
  for (const wrong of ['19001010100011', '29002300100011', '32612010100011', '29001019900011', '29013010100011']) {
    assert.equal(read(wrong, TODAY).state, 'wrong', wrong);
  }
});

test('numbers carry their check digit', () => {
  const start = '10130126000123';
  const right = [...'0123456789'].filter((digit) => isReference(start + digit));
  assert.equal(right.length, 1);
  const swapped = `10130126000132${right[0]}`;
  assert.equal(isReference(swapped), false);
});

const press = (code, rest = {}) => ({ code, key: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, timeStamp: 0, ...rest });

test('keys are named by their place on the board', () => {
  assert.equal(nameOf(press('KeyS', { ctrlKey: true, key: 'س' })), 'Ctrl+S');
  assert.equal(nameOf(press('KeyN', { altKey: true, key: 'ى' })), 'Alt+N');
  assert.equal(nameOf(press('Enter', { ctrlKey: true })), 'Ctrl+Enter');
  assert.equal(nameOf(press('NumpadEnter')), 'Enter');
  assert.equal(nameOf(press('Space', { shiftKey: true })), 'Shift+Space');
  assert.equal(nameOf(press('Escape')), 'Esc');
});

const SIGNS = { '/': 'Slash', ':': 'Semicolon', '.': 'Period', '#': 'Digit3', '-': 'Minus' };
function type(burst, text, gap, arabic) {
  let at = 1000;
  let out = null;
  for (const sign of `${text}\n`) {
    at += gap;
    const code = sign === '\n' ? 'Enter' : SIGNS[sign] ?? (/\d/.test(sign) ? `Digit${sign}` : `Key${sign}`);
    out = burst.key(press(code, { key: arabic ? 'ش' : sign, shiftKey: ':#'.includes(sign), timeStamp: at })) ?? out;
  }
  return out;
}

test('a burst is a scanner under any layout, a person is not', () => {
  const link = 'HTTPS://SHUBBAK.EG/V/ABCDEFGHIJKLMN23#1255';
  assert.equal(type(new Burst(), link, 5, false), link);
  assert.equal(type(new Burst(), link, 5, true), link);
  assert.equal(type(new Burst(), link, 80, false), null);
  assert.equal(type(new Burst(), '12345', 5, false), null, 'too short');
  assert.equal(recognise(link), 'V/ABCDEFGHIJKLMN23');
  assert.equal(recognise('hello world'), null);
  assert.equal(signOf(press('KeyQ', { key: 'ض' })), 'Q');
});
