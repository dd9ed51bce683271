import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { decimal, evaluate, ExprError, fixed, show } from './expr.js';

const file = JSON.parse(readFileSync(new URL('../../catalogue/vectors/expr.json', import.meta.url), 'utf8'));

/** A reader of the expression syntax for these tests only: pages get trees from the server. */
function parse(text) {
  const tokens = [...text.matchAll(/\s*(\d+(?:\.\d+)?|[A-Za-z_][\w.]*|'[^']*'|"[^"]*"|&&|\|\||[=!<>]=|[-+*/<>!?:(),[\]])/gy)].map((m) => m[1]);
  let at = 0;
  const accept = (token) => tokens[at] === token && (at += 1) > 0;
  const list = (end) => {
    const out = [];
    while (!accept(end)) {
      out.push(choice());
      accept(',');
    }
    return out;
  };
  const atom = () => {
    const token = tokens[at];
    at += 1;
    if (token === '(') {
      const inner = choice();
      assert(accept(')'));
      return inner;
    }
    if (token === '[') return { list: list(']') };
    if (/^\d/.test(token)) return { number: show(decimal(token)) };
    if (/^['"]/.test(token)) return { text: token.slice(1, -1) };
    if (token === 'true' || token === 'false') return { bool: token === 'true' };
    if (accept('(')) return { op: token, args: list(')') };
    return { name: token };
  };
  const unary = () => {
    if (accept('!')) return { op: '!', args: [unary()] };
    if (accept('-')) return { op: 'neg', args: [unary()] };
    return atom();
  };
  const levels = [['||'], ['&&'], ['==', '!=', '<', '<=', '>', '>=', 'in'], ['+', '-'], ['*', '/']];
  const level = (depth) => {
    if (depth === levels.length) return unary();
    let left = level(depth + 1);
    while (levels[depth].includes(tokens[at])) {
      const op = tokens[at];
      at += 1;
      left = { op, args: [left, level(depth + 1)] };
    }
    return left;
  };
  const choice = () => {
    const condition = level(0);
    if (!accept('?')) return condition;
    const yes = choice();
    assert(accept(':'));
    return { op: '?', args: [condition, yes, choice()] };
  };
  return choice();
}

function typed(name, value) {
  return file.names[name]?.type === 'number' && typeof value === 'string' ? decimal(value) : value;
}

for (const { expr, values = {}, expected, tree } of file.vectors) {
  test(`${expr}  ${JSON.stringify(values)}`, () => {
    const read = parse(expr);
    if (tree) assert.deepEqual(read, tree);
    let found;
    try {
      found = evaluate(tree ?? read, (name) => typed(name, values[name] ?? null));
    } catch (error) {
      assert(error instanceof ExprError);
      found = { error: error.message };
    }
    if (found !== null && typeof found === 'object' && 'n' in found) found = show(found);
    assert.deepEqual(found, expected);
  });
}

test('money is rounded half up to the piastre', () => {
  const cases = { 1.005: '1.01', 1.004: '1.00', 1234567.895: '1,234,567.90', '-0.005': '-0.01', '-0.001': '0.00', 7: '7.00' };
  for (const [from, to] of Object.entries(cases)) assert.equal(fixed(decimal(from), 2), to);
  assert.equal(fixed(decimal('12.5'), 0), '13');
});
