/**
 * «أحمد م••• ع•••»: the first word, and the first letter of each other one. Who holds the paper
 * compares it; nobody else learns a name. The server masks by the same rule: docs/vectors/masked-names.json.
 * @param {string} name
 */
export function mask(name) {
  const [first, ...rest] = name.split(/\p{White_Space}+/u).filter(Boolean);
  return first ? [first, ...rest.map((word) => `${[...word][0]}•••`)].join(' ') : '•••';
}
