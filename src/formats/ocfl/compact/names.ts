import { packedTexts } from './packedTexts.ts';

/** Texts by number, each kept once: the paths and digests of an object, which its inventories repeat again and again. */
export interface Names {
  readonly size: number;
  /** Number of a text, given to it now if it has none. */
  numberOf(text: string): number;
  /** Number of a text that is known; undefined for others. */
  find(text: string): number | undefined;
  textOf(number: number): string;
}

/** So many are quickest as they are; the most objects have fewer. */
const LOOSE = 4096;

export function createNames(): Names {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  let more: ReturnType<typeof packedTexts> | null = null;
  let size = 0;
  return {
    get size() {
      return size;
    },
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      if (size < LOOSE) {
        numbers.set(text, size);
        texts.push(text);
        return size++;
      }
      more ??= packedTexts();
      const number = LOOSE + more.numberOf(text);
      if (number === size) size++;
      return number;
    },
    find(text) {
      const known = numbers.get(text);
      if (known !== undefined || more === null) return known;
      const number = more.find(text);
      return number === undefined ? undefined : LOOSE + number;
    },
    textOf: (number) => (number < LOOSE ? texts[number]! : more!.textOf(number - LOOSE)),
  };
}

/** Numbers that were met, a byte for each there may be. */
export function createMarks() {
  let marks = new Uint8Array(64);
  return {
    has: (number: number): boolean => marks[number] === 1,
    add(number: number): void {
      if (number >= marks.length) {
        const wider = new Uint8Array(Math.max(marks.length * 2, number + 1));
        wider.set(marks);
        marks = wider;
      }
      marks[number] = 1;
    },
  };
}
