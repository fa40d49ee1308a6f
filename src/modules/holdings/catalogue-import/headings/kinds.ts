import type { ImportField } from './fields.ts';
import { normaliseHeading } from './normalise.ts';
import type { Guess } from './recognise.ts';

/** Columns whose meaning the others of their kind of file decide. Changes the guesses in place. */
export function adjustToKind(guesses: (Guess | null)[], headings: readonly string[]): void {
  const keys = headings.map(normaliseHeading);
  const at = (field: ImportField) => guesses.findIndex((g) => g?.field === field);
  const give = (index: number, field: ImportField) => {
    guesses[index] = { field, confidence: 0.9, reason: 'name' };
  };
  // ArchivesSpace: with a depth, ref_id names the entry under which the topmost rows are hung, not the row's own.
  const ref = keys.indexOf('refid');
  if (at('depth') >= 0 && ref >= 0 && guesses[ref]?.field === 'sourceId' && at('parentSourceId') < 0)
    give(ref, 'parentSourceId');
  // 案卷档号 is the code of the volume: of the row itself where it has no other, of the entry above where it has.
  const volume = at('parentSourceId');
  if (
    volume >= 0 &&
    at('referenceCode') < 0 &&
    at('sourceId') < 0 &&
    keys[volume] === '案卷档号' &&
    at('itemNo') < 0
  )
    give(volume, 'referenceCode');
  // Where rows name rows above them, a plain ID is the name they go by.
  const id = keys.findIndex(
    (k, i) =>
      ['id', 'no', 'recordid', '编号'].includes(k) &&
      (guesses[i] === null || guesses[i]?.field === 'referenceCode'),
  );
  if (at('parentSourceId') >= 0 && at('sourceId') < 0 && at('depth') < 0 && id >= 0) give(id, 'sourceId');
}
