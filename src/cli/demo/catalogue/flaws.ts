import type { Random } from '../random.ts';
import type { Flaw, SampleEntry } from './entry.ts';

const FLAWS: readonly Flaw[] = ['noTitle', 'badDate', 'sameCode', 'badPages', 'secret', 'badRetention'];
const SHARE = 0.016;

/** Spoils a small share of the items, as catalogues typed over decades are spoilt: some are refused, some doubted. */
export function withFlaws(random: Random, entries: readonly SampleEntry[]): SampleEntry[] {
  let next = random.int(0, FLAWS.length - 1);
  return entries.map((e, i) => {
    const before = entries[i - 1];
    if (!random.chance(SHARE) || e.level !== 'item' || e.drawn === 'english' || e.drawn === 'traditional')
      return e;
    const flaw = FLAWS[next++ % FLAWS.length]!;
    const spoilt = { ...e, flaw, drawn: undefined };
    if (flaw === 'noTitle') return { ...spoilt, title: '' };
    if (flaw === 'badDate') return { ...spoilt, date: '日期不清' };
    if (flaw !== 'sameCode') return spoilt;
    return before?.level === 'item' ? { ...spoilt, code: before.code } : e;
  });
}
