import type { Tx } from '#kernel/db';
import { mayBeMarkOf, parseDocNumber } from './rules/docNumber.ts';
import { numbersMarked, officeNames } from './store/marks.ts';

/** Whose mark it is, and how that is known. */
export interface MarkedAgency {
  name: string;
  /** From entries that have both number and creator, not from the letters of the name alone. */
  learnt: boolean;
  /** How many entries say so. */
  of: number;
  confidence: 'high' | 'fair' | 'low';
}

const MOST = 200;

/** The office a mark of document numbers belongs to; null where entries and names tell none, or several alike. */
export async function agencyOf(
  tx: Tx,
  o: { archiveId: string; fondsName: string | null; mark: string },
): Promise<MarkedAgency | null> {
  const said = new Map<string, number>();
  for (const { docNo, creator } of await numbersMarked(tx, o.archiveId, o.mark, MOST))
    if (parseDocNumber(docNo)?.mark === o.mark) said.set(creator, (said.get(creator) ?? 0) + 1);
  const all = [...said.values()].reduce((a, b) => a + b, 0);
  const [most] = [...said].sort((a, b) => b[1] - a[1]);
  // One slip among many is no doubt; half and half is.
  if (most && most[1] / all > 0.6)
    return { name: most[0], learnt: true, of: most[1], confidence: most[1] >= 3 ? 'high' : 'fair' };
  if (most) return null;
  if (o.fondsName && mayBeMarkOf(o.mark, o.fondsName))
    return { name: o.fondsName, learnt: false, of: 0, confidence: 'fair' };
  const names = (await officeNames(tx, o.archiveId, [...o.mark][0] ?? '')).filter((n) =>
    mayBeMarkOf(o.mark, n),
  );
  return names.length === 1 && names[0] ? { name: names[0], learnt: false, of: 0, confidence: 'low' } : null;
}
