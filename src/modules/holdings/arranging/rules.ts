import type { Level } from '../domain/unit.ts';

const RANK: Readonly<Record<Level, number>> = { series: 0, file: 1, item: 2 };

/** Whether an entry may stand under another: level below level (DA/T 18: 类别, 案卷, 文件/件), nothing below an item. */
export function mayStandUnder(child: Level, parent: Level): boolean {
  return parent !== 'item' && RANK[child] >= RANK[parent];
}

/** What becomes of reference codes where entries come into another fonds. */
export const CODE_CHOICES = ['keep', 'renumber'] as const;
export type CodeChoice = (typeof CODE_CHOICES)[number];

/** An entry that comes into another fonds, with what became of the code above it. */
export interface ComingCode {
  code: string;
  /** The number of the fonds it leaves. */
  fonds: string;
  /** The code of the entry above before and now, where that came along. */
  above: { was: string; is: string } | null;
}

/**
 * The code an entry has in another fonds, if nobody bears it there: what began with the code above begins with that code as it
 * is now; else the number of the fonds is exchanged.
 *
 * @returns null where the code says nothing of its fonds: it stays
 */
export function codeInFonds({ code, fonds, above }: ComingCode, to: string): string | null {
  if (above && above.was !== above.is && beginsWith(code, above.was))
    return above.is + code.slice(above.was.length);
  return beginsWith(code, fonds) ? to + code.slice(fonds.length) : null;
}

/** Whether a code begins with another as a whole, up to a separator. */
function beginsWith(code: string, beginning: string): boolean {
  if (beginning === '' || !code.startsWith(beginning)) return false;
  const next = code.slice(beginning.length, beginning.length + 1);
  return next === '' || !/[\p{L}\p{N}]/u.test(next);
}

/** Digits a number is padded to when another takes its place: as it was written; where that does not tell, as the template says. */
export function padOf(written: string, template: number): number {
  if (written.startsWith('0')) return written.length;
  return written.length < template ? 0 : template;
}
