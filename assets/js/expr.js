/**
 * Evaluates the conditions and formulas of service files in the browser, over exact decimals, with
 * the meaning that the server gives them (catalogue/vectors/expr.json tests both).
 *
 * @typedef {{n: bigint, s: number}} Decimal  n / 10^s
 * @typedef {Decimal | string | boolean | string[] | number | null} Value  a number is rows of a group
 * @typedef {{op?: string, args?: Tree[], number?: string, text?: string, bool?: boolean, name?: string, list?: Tree[]}} Tree
 */

const MOST = (1n << 96n) - 1n;
const PLACES = 28;

export class ExprError extends Error {}

/** @param {bigint} n @param {bigint} by */
function halfEven(n, by) {
  const sign = n < 0n ? -1n : 1n;
  const whole = (n * sign) / by;
  const rest = 2n * ((n * sign) % by);
  const up = rest > by || (rest === by && whole % 2n === 1n);
  return sign * (whole + (up ? 1n : 0n));
}

/** Cuts places that the server's decimals cannot hold. @param {bigint} n @param {number} s @returns {Decimal} */
function fit(n, s) {
  let drop = Math.max(0, s - PLACES);
  const size = n < 0n ? -n : n;
  while (drop < s && size / 10n ** BigInt(drop) > MOST) drop += 1;
  const cut = drop ? halfEven(n, 10n ** BigInt(drop)) : n;
  if (cut > MOST || cut < -MOST) throw new ExprError('overflow');
  return { n: cut, s: s - drop };
}

/** @param {string} text @returns {Decimal | null} */
export function decimal(text) {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return null;
  const places = found[3] ?? '';
  return { n: BigInt(found[1] + found[2] + places), s: places.length };
}

/** Without zeros at the end. @param {Decimal} d */
export function show(d) {
  let { n, s } = d;
  while (s > 0 && n % 10n === 0n) {
    n /= 10n;
    s -= 1;
  }
  const digits = (n < 0n ? -n : n).toString().padStart(s + 1, '0');
  const whole = digits.slice(0, digits.length - s);
  return (n < 0n ? '-' : '') + whole + (s ? `.${digits.slice(-s)}` : '');
}

/** Rounded half up to `places`. @param {Decimal} d @param {number} places */
export function fixed(d, places) {
  const size = d.n < 0n ? -d.n : d.n;
  let n = size * 10n ** BigInt(Math.max(0, places - d.s));
  if (d.s > places) {
    const by = 10n ** BigInt(d.s - places);
    n = (2n * size + by) / (2n * by);
  }
  const digits = n.toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return (d.n < 0n && n > 0n ? '-' : '') + whole + (places ? `.${digits.slice(-places)}` : '');
}

/** @param {Value} value @returns {value is Decimal} */
const isDecimal = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {Decimal} a @param {Decimal} b @returns {[bigint, bigint, number]} */
function level(a, b) {
  const s = Math.max(a.s, b.s);
  return [a.n * 10n ** BigInt(s - a.s), b.n * 10n ** BigInt(s - b.s), s];
}

/** @param {string} op @param {Value} left @param {Value} right @returns {Value} */
function arithmetic(op, left, right) {
  if (left === null || right === null) return null;
  if (!isDecimal(left) || !isDecimal(right)) throw new ExprError('wrong_type');
  const [a, b, s] = level(left, right);
  switch (op) {
    case '+': return fit(a + b, s);
    case '-': return fit(a - b, s);
    case '*': return fit(left.n * right.n, left.s + right.s);
    default: {
      if (b === 0n) throw new ExprError('division_by_zero');
      const negative = a < 0n !== b < 0n;
      const [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
      const q = halfEven(x * 10n ** BigInt(PLACES), y);
      return fit(negative ? -q : q, PLACES);
    }
  }
}

/** @param {string} op @param {Value} left @param {Value} right */
function compare(op, left, right) {
  if (left === null || right === null) return false;
  if (op === 'in') return Array.isArray(right) && typeof left === 'string' && right.includes(left);
  let order;
  if (isDecimal(left) && isDecimal(right)) {
    const [a, b] = level(left, right);
    order = a < b ? -1 : Number(a > b);
  } else if (typeof left === 'boolean' && typeof right === 'boolean') {
    order = Number(left) - Number(right);
  } else if (typeof left === 'string' && typeof right === 'string') {
    // Dates are written year first, so that their text has their order.
    const dates = [left, right].every((text) => /^\d{4}-\d\d-\d\d$/.test(text));
    if (!dates && op !== '==' && op !== '!=') return false;
    order = left < right ? -1 : Number(left > right);
  } else {
    return false;
  }
  switch (op) {
    case '==': return order === 0;
    case '!=': return order !== 0;
    case '<': return order < 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    case '>=': return order >= 0;
    default: return false;
  }
}

/** @param {string} op @param {Value[]} args @returns {Value} */
function call(op, args) {
  if (args.some((arg) => arg === null)) return null;
  if (op === 'size') {
    const [arg] = args;
    if (typeof arg === 'number') return { n: BigInt(arg), s: 0 };
    if (Array.isArray(arg)) return { n: BigInt(arg.length), s: 0 };
    if (typeof arg === 'string') return { n: BigInt([...arg].length), s: 0 };
    throw new ExprError('wrong_type');
  }
  const numbers = args.filter(isDecimal);
  if (numbers.length !== args.length || !numbers.length) throw new ExprError('wrong_type');
  const sign = op === 'max' ? '>' : '<';
  return numbers.reduce((best, next) => (op !== 'double' && compare(sign, next, best) ? next : best));
}

/**
 * The value of a tree; a missing answer is null.
 * @param {Tree} tree
 * @param {(name: string) => Value} fact
 * @returns {Value}
 */
export function evaluate(tree, fact) {
  if (tree.bool !== undefined) return tree.bool;
  if (tree.number !== undefined) return decimal(tree.number);
  if (tree.text !== undefined) return tree.text;
  if (tree.name !== undefined) return fact(tree.name) ?? null;
  if (tree.list) return tree.list.map((item) => evaluate(item, fact)).filter((item) => typeof item === 'string');
  const args = tree.args ?? [];
  switch (tree.op) {
    case '&&': return truth(args[0], fact) && truth(args[1], fact);
    case '||': return truth(args[0], fact) || truth(args[1], fact);
    case '!': return !truth(args[0], fact);
    case '?': return evaluate(truth(args[0], fact) ? args[1] : args[2], fact);
    case 'neg': {
      const value = evaluate(args[0], fact);
      if (value !== null && !isDecimal(value)) throw new ExprError('wrong_type');
      return value && { n: -value.n, s: value.s };
    }
    case '+': case '-': case '*': case '/':
      return arithmetic(tree.op, evaluate(args[0], fact), evaluate(args[1], fact));
    case 'size': case 'double': case 'min': case 'max':
      return call(tree.op, args.map((arg) => evaluate(arg, fact)));
    default:
      return compare(tree.op ?? '', evaluate(args[0], fact), evaluate(args[1], fact));
  }
}

/** Whether a condition holds; missing is false. @param {Tree} tree @param {(name: string) => Value} fact */
export function truth(tree, fact) {
  const value = evaluate(tree, fact);
  if (value !== null && typeof value !== 'boolean') throw new ExprError('wrong_type');
  return value === true;
}
