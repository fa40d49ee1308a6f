import { createEadWriter } from '#formats/ead';
import type { Language } from '#kernel/actor';
import type { DescribedFonds, WalkedUnit } from '../types.ts';
import { eadEntries } from './entry.ts';

export interface EadOrder {
  archive: { code: string; name: string };
  fonds: DescribedFonds;
  language: Language;
  made: Date;
}

/** A fonds, or what of it leaves, as a finding aid in EAD3, in pieces. @param batches in the order of the tree */
export async function* eadPieces(
  o: EadOrder,
  batches: AsyncIterable<readonly WalkedUnit[]>,
): AsyncGenerator<string> {
  const { archive, fonds, language, made } = o;
  const writer = createEadWriter({
    recordId: fonds.number,
    title: fonds.name,
    agency: { code: archive.code, name: archive.name },
    made,
    software: 'Lantai',
  });
  const entries = eadEntries(language);
  let open = 0;
  yield writer.begin(entries.fonds(fonds));
  for await (const batch of batches) {
    let piece = '';
    for (const { unit, depth } of batch) {
      for (; open >= depth; open--) piece += writer.close();
      piece += writer.open(entries.unit(unit, fonds.number));
      open = depth;
    }
    yield piece;
  }
  yield writer.close().repeat(open) + writer.end();
}
