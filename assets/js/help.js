/**
 * Search of the guide in the page, over an index that is fetched once: it answers while one types, and without a
 * network. It finds what the server's search finds (`manual/render/search.rs`).
 */

const DROPPED = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff\u066c\u0621\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** @type {Record<string, string>} */
const FOLDED = { أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ى: 'ي', ئ: 'ي', ی: 'ي', ؤ: 'و', ة: 'ه', ھ: 'ه', ک: 'ك', گ: 'ك', پ: 'ب', ڤ: 'ف', چ: 'ج' };
const MOST = 30;
const BEFORE = 6;
const AROUND = 28;

/** @typedef {{ text: string, forms: string[] }} Word */
/** @typedef {{ address: string, title: string, heading: string, inTitle: Word[], inHeading: Word[], inText: Word[] }} Entry */
/** @typedef {{ address: string, title: string, heading: string, snippet: [boolean, string][] }} Hit */

/** The letters as a search sees them. @param {string} text */
export function letters(text) {
  return text.replace(DROPPED, '').normalize('NFKC').replace(DROPPED, '')
    .replace(/[أإآٱىئیؤةھکگپڤچ]/gu, (letter) => FOLDED[letter] ?? letter)
    .replace(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x660))
    .toLowerCase().replace(/(?<!\d)\.|\.(?!\d)/gu, ' ').replace(/[^\p{L}\p{N}.]+/gu, ' ').trim();
}

const long = (/** @type {string} */ text, /** @type {number} */ letters) => text.length >= letters;

/** A word as it may be asked for: without a particle, without the article. @param {string} word */
export function forms(word) {
  /** @type {string[]} */
  const all = [];
  for (const part of letters(word).split(' ').filter(Boolean)) {
    all.push(part);
    let stem = part;
    if (/^[وف]/u.test(stem) && long(stem, 4)) all.push((stem = stem.slice(1)));
    if (stem.startsWith('لل')) all.push((stem = stem.slice(2)));
    else if (/^[بكل]/u.test(stem) && long(stem, 4)) all.push((stem = stem.slice(1)));
    if (stem.startsWith('ال') && long(stem, 4)) all.push(stem.slice(2));
  }
  return all;
}

/** The words of a question, each without the article. @param {string} query */
function asked(query) {
  return letters(query).split(' ').filter(Boolean).map((word) => (word.startsWith('ال') && long(word, 4) ? word.slice(2) : word));
}

/** At most one letter added, left out or changed, or two neighbours swapped. @param {string} a @param {string} b */
export function near(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [x, y] = [a.slice(start), b.slice(start)];
  while (x && y && x.at(-1) === y.at(-1)) [x, y] = [x.slice(0, -1), y.slice(0, -1)];
  return (x.length <= 1 && y.length <= 1) || (x.length === 2 && y.length === 2 && x[0] === y[1] && x[1] === y[0]);
}

/** @param {Word} word @param {string} one @param {boolean} loose */
const meant = (word, one, loose) => word.forms.some((form) => (long(one, 2) ? form.startsWith(one) : form === one) || (loose && long(one, 4) && near(one, form)));

/** @param {string} text @returns {Word[]} */
const words = (text) => text.split(/\s+/u).filter(Boolean).map((word) => ({ text: word, forms: forms(word) }));

/** The index as it comes, made ready. @param {[string, string, [string, string, string][]][]} index @returns {Entry[]} */
export function ready(index) {
  return index.flatMap(([slug, title, sections]) => sections.map(([id, heading, text]) => ({
    address: id ? `${slug}#${id}` : slug, title, heading, inTitle: id ? [] : words(title), inHeading: words(heading), inText: words(text),
  })));
}

/** @param {Entry[]} entries @param {string} query @returns {Hit[]} */
export function search(entries, query) {
  const question = asked(query);
  if (!question.length) return [];
  for (const loose of [false, true]) {
    /** @type {[number, Entry][]} */
    const found = [];
    for (const entry of entries) {
      const holds = (/** @type {Word[]} */ list, /** @type {string} */ one) => list.some((word) => meant(word, one, loose));
      const points = question.map((one) => (holds(entry.inTitle, one) ? 4 : holds(entry.inHeading, one) ? 3 : holds(entry.inText, one) ? 1 : 0));
      if (points.every(Boolean)) found.push([points.reduce((sum, more) => sum + more, 0), entry]);
    }
    if (!found.length) continue;
    return found.sort(([a], [b]) => b - a).slice(0, MOST).map(([, { address, title, heading, inText }]) => {
      const marked = (/** @type {Word} */ word) => question.some((one) => meant(word, one, loose));
      const first = Math.max(0, inText.findIndex(marked) - BEFORE);
      return { address, title, heading, snippet: inText.slice(first, first + AROUND).map((word) => [marked(word), word.text]) };
    });
  }
  return [];
}

/** @param {Hit} hit */
function line({ address, title, heading, snippet }) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = `/help/${address}`;
  link.textContent = heading ? `${title}: ${heading}` : title;
  const text = document.createElement('p');
  for (const [marked, word] of snippet) {
    const part = marked ? document.createElement('mark') : new Text();
    part.textContent = word;
    text.append(part, ' ');
  }
  item.append(link, text);
  return item;
}

/** @param {HTMLFormElement} form */
function start(form) {
  const box = /** @type {HTMLInputElement} */ (form.elements.namedItem('q'));
  const place = document.querySelector('[data-help-results]');
  if (!place) return;
  /** @type {Promise<Entry[]> | null} */
  let index = null;
  const entries = () => (index ??= fetch(form.dataset.index ?? '').then((answer) => answer.json()).then(ready));
  const answer = async () => {
    const query = box.value;
    if (query.trim().length < 2) {
      place.replaceChildren();
      return;
    }
    const hits = search(await entries(), query);
    if (query !== box.value) return;
    const heading = document.createElement('h2');
    heading.textContent = hits.length ? form.dataset.found ?? '' : form.dataset.none ?? '';
    const list = document.createElement('ol');
    list.className = 'hits';
    list.append(...hits.map(line));
    place.replaceChildren(heading, ...(hits.length ? [list] : []));
  };
  const quietly = () => answer().catch(() => { index = null; });
  let waiting = 0;
  box.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(quietly, 150);
  });
  // A kept page knows nothing of the question that led to it.
  const query = new URL(location.href).searchParams.get('q') ?? '';
  if (query && box.value !== query) {
    box.value = query;
    quietly();
  }
  if ('serviceWorker' in navigator && form.dataset.worker) {
    navigator.serviceWorker.register(form.dataset.worker, { scope: '/help' }).catch(() => undefined);
  }
}

if (typeof document !== 'undefined') document.querySelectorAll('[data-help-search]').forEach((form) => start(/** @type {HTMLFormElement} */ (form)));
