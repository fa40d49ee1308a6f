/** Characters of a name that are searched; longer questions are asked by their beginning. */
const LONGEST = 100;

/** What is compared with names. */
export interface Typed {
  key: string;
  /** Each two adjoining characters, as `authorities.grams` has them; null where there are no two. */
  pairs: string[] | null;
}

/** @param folded the question in the form in which names are compared */
export function typedAs(folded: string): Typed {
  const characters = [...folded].slice(0, LONGEST);
  const pairs = characters.slice(1).map((c, i) => `${characters[i]}${c}`);
  return { key: characters.join(''), pairs: pairs.length === 0 ? null : [...new Set(pairs)] };
}

/** A number as it is compared: without blanks, hyphens and case. */
export function identifierKey(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/[\s\p{P}\p{C}]/gu, '')
    .toUpperCase();
}
