/**
 * Fields that depend on others, and figures computed while one types.
 *
 * `.fld[data-when]` holds a condition as JSON; `[data-expr]` a formula (data-places: decimals).
 * The form's `data-facts` holds what is not asked in it ({"applicant.kind": "person", …}).
 */

import { decimal, evaluate, fixed, truth } from './expr.js';
import { decimalText, onlyDigits } from './digits.js';

const NUMBERS = new Set(['number', 'money', 'area', 'length']);

/** @param {HTMLElement} field @returns {import('./expr.js').Value} */
function answer(field) {
  const kind = [...field.classList].find((name) => name.startsWith('k-'))?.slice(2) ?? 'text';
  const controls = /** @type {HTMLInputElement[]} */ ([...field.querySelectorAll('input[name], select[name], textarea[name]')]);
  const ticked = controls.filter((control) => control.checked).map((control) => control.value);
  const typed = controls[0]?.value.trim() ?? '';
  if (NUMBERS.has(kind)) {
    const text = decimalText(typed);
    return text === null ? null : decimal(text);
  }
  switch (kind) {
    case 'checkbox': return ticked.length > 0;
    case 'yes-no': return ticked.length ? ticked[0] === 'yes' : null;
    case 'radios': return ticked[0] ?? null;
    case 'checkboxes': return ticked;
    case 'group': return field.querySelectorAll('[data-row]').length;
    case 'date': {
      const [day, month, year] = controls.map((control) => onlyDigits(control.value));
      return year ? `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
    }
    default: return typed || null;
  }
}

/** @param {string | undefined} json */
function facts(json) {
  const out = new Map();
  for (const [name, value] of Object.entries(JSON.parse(json ?? '{}'))) {
    out.set(name, typeof value === 'string' ? decimal(value) ?? value : value);
  }
  return out;
}

/** @param {HTMLFormElement} form */
function settle(form) {
  const given = facts(form.dataset.facts);
  const fields = /** @type {HTMLElement[]} */ ([...form.querySelectorAll('.fld[data-field]')]);
  const hidden = new Set();
  const fact = (/** @type {string} */ name) => {
    if (given.has(name)) return given.get(name);
    const field = fields.find((f) => f.dataset.field === name || f.dataset.field?.endsWith(`.${name}`));
    return !field || hidden.has(field) ? null : answer(field);
  };
  // A field hidden by another one counts as not asked; a few rounds settle chains of them.
  for (let round = 0; round < 5; round += 1) {
    let changed = false;
    for (const field of fields.filter((f) => f.dataset.when)) {
      let shown = true;
      try {
        shown = truth(JSON.parse(field.dataset.when ?? ''), fact);
      } catch {
        shown = true;
      }
      if (shown === hidden.has(field)) {
        changed = true;
        if (shown) hidden.delete(field);
        else hidden.add(field);
      }
    }
    if (!changed) break;
  }
  for (const field of fields.filter((f) => f.dataset.when)) {
    field.hidden = hidden.has(field);
    for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (field.querySelectorAll('input, select, textarea'))) {
      control.disabled = field.hidden;
    }
  }
  for (const out of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-expr]'))) {
    let text = '—';
    try {
      const value = evaluate(JSON.parse(out.dataset.expr ?? ''), fact);
      if (value !== null && typeof value === 'object' && 'n' in value) text = fixed(value, Number(out.dataset.places ?? 2));
    } catch {
      text = '—';
    }
    if (out.textContent !== text) out.textContent = text;
  }
}

/** @param {ParentNode} root */
export function watch(root) {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll('form'))) {
    if (form.dataset.settled || !form.querySelector('[data-when], [data-expr]')) continue;
    form.dataset.settled = 'yes';
    form.addEventListener('input', () => settle(form));
    form.addEventListener('change', () => settle(form));
    settle(form);
  }
}
