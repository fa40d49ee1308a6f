/** A part of ISO 19005 and, where the part has them, a level of conformance. */
export interface Flavour {
  part: 1 | 2 | 3 | 4;
  /** `a`, `b`, `u` of parts 1 to 3; `e`, `f` or none of part 4. */
  level: 'a' | 'b' | 'u' | 'e' | 'f' | undefined;
}

const LEVELS: Readonly<Record<number, readonly string[]>> = {
  1: ['a', 'b'],
  2: ['a', 'b', 'u'],
  3: ['a', 'b', 'u'],
  4: ['e', 'f'],
};

/** `PDF/A-2b`, `PDF/A-4`. */
export const flavourName = ({ part, level }: Flavour): string => `PDF/A-${part}${level ?? ''}`;

/** Of what a file says of itself; undefined where no such part or level exists. */
export function flavourOf(part: string | undefined, level: string | undefined): Flavour | undefined {
  const number = Number(part?.trim());
  const letter = level?.trim().toLowerCase() || undefined;
  if (number !== 1 && number !== 2 && number !== 3 && number !== 4) return undefined;
  if (letter === undefined) return number === 4 ? { part: number, level: undefined } : undefined;
  if (!LEVELS[number]!.includes(letter)) return undefined;
  return { part: number, level: letter as Flavour['level'] };
}
