/** الرقم القومي: what it says, shown while it is typed. A wrong check digit only warns. */

import { onlyDigits } from './digits.js';

const PLACES = {
  '01': 'القاهرة', '02': 'الإسكندرية', '03': 'بورسعيد', '04': 'السويس', 11: 'دمياط', 12: 'الدقهلية',
  13: 'الشرقية', 14: 'القليوبية', 15: 'كفر الشيخ', 16: 'الغربية', 17: 'المنوفية', 18: 'البحيرة',
  19: 'الإسماعيلية', 21: 'الجيزة', 22: 'بني سويف', 23: 'الفيوم', 24: 'المنيا', 25: 'أسيوط', 26: 'سوهاج',
  27: 'قنا', 28: 'أسوان', 29: 'الأقصر', 31: 'البحر الأحمر', 32: 'الوادي الجديد', 33: 'مطروح',
  34: 'شمال سيناء', 35: 'جنوب سيناء', 88: 'خارج الجمهورية',
};

const ENGLISH_PLACES = {
  '01': 'Cairo', '02': 'Alexandria', '03': 'Port Said', '04': 'Suez', 11: 'Damietta', 12: 'Dakahlia',
  13: 'Sharqia', 14: 'Qalyubia', 15: 'Kafr El Sheikh', 16: 'Gharbia', 17: 'Monufia', 18: 'Beheira',
  19: 'Ismailia', 21: 'Giza', 22: 'Beni Suef', 23: 'Fayoum', 24: 'Minya', 25: 'Asyut', 26: 'Sohag',
  27: 'Qena', 28: 'Aswan', 29: 'Luxor', 31: 'Red Sea', 32: 'New Valley', 33: 'Matrouh',
  34: 'North Sinai', 35: 'South Sinai', 88: 'outside Egypt',
};

const ENGLISH_MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const MONTHS = ['يناير', 'فبراير', 'مارس', 'أبريل', 'مايو', 'يونيو', 'يوليو', 'أغسطس', 'سبتمبر', 'أكتوبر', 'نوفمبر', 'ديسمبر'];
const WEIGHTS = [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/**
 * @param {string} typed
 * @param {Date} today
 * @param {boolean} english what it says is for an English page
 * @returns {{state: 'empty' | 'length' | 'wrong'} | {state: 'good', born: string, iso: string, male: boolean, place: string, check: boolean}}
 */
export function read(typed, today, english = false) {
  const id = onlyDigits(typed);
  if (!id) return { state: 'empty' };
  if (!/^\d{14}$/.test(id)) return { state: 'length' };
  const century = { 2: 1900, 3: 2000 }[id[0]];
  const place = (english ? ENGLISH_PLACES : PLACES)[/** @type {keyof typeof PLACES} */ (id.slice(7, 9))];
  const [year, month, day] = [Number(id.slice(1, 3)) + (century ?? 0), Number(id.slice(3, 5)), Number(id.slice(5, 7))];
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!century || !place || !real || date > today) return { state: 'wrong' };
  const rest = WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(id[i]), 0) % 11;
  // For remainders 0 and 1 the published variants disagree: no warning then.
  const check = rest < 2 || Number(id[13]) === 11 - rest;
  return {
    state: 'good',
    born: `${day} ${(english ? ENGLISH_MONTHS : MONTHS)[month - 1]} ${year}`,
    iso: date.toISOString().slice(0, 10),
    male: Number(id[12]) % 2 === 1,
    place,
    check,
  };
}

/** @param {ParentNode} root */
export function watch(root) {
  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (root.querySelectorAll('input[data-nid]'))) {
    const hint = input.closest('.fld')?.querySelector('[data-nid-hint]');
    if (!hint || input.dataset.watched) continue;
    input.dataset.watched = 'yes';
    const words = input.dataset;
    const say = (/** @type {boolean} */ finished) => {
      const english = document.documentElement.lang === 'en';
      const comma = english ? ', ' : '، ';
      const found = read(input.value, new Date(), english);
      hint.className = 'hint';
      if (found.state === 'good') {
        hint.textContent = [found.male ? words.male : words.female, `${words.born} ${found.born}`, found.place].join(comma);
        if (!found.check) {
          hint.className = 'warnmsg';
          hint.textContent += `. ${words.check}`;
        }
      } else if (found.state !== 'empty' && (finished || found.state === 'wrong')) {
        hint.className = 'msg';
        hint.textContent = (found.state === 'wrong' ? words.wrong : words.length) ?? '';
      } else {
        hint.textContent = '';
      }
    };
    input.addEventListener('input', () => say(false));
    input.addEventListener('change', () => say(true));
    if (input.value) say(true);
  }
}
