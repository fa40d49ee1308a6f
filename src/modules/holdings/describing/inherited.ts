import type { MetadataRecord, MetadataScheme } from '#formats/metadata-schemes';
import type { Tx } from '#kernel/db';
import { recordOfFonds } from '../domain/fondsInput.ts';
import { recordOf } from '../domain/schemes.ts';
import type { Fonds } from '../store/fonds.ts';
import { ancestorsOf, type UnitRecord, unitsByIds } from '../store/units.ts';

/** Where a value comes from that holds below as well. */
export interface InheritedFrom {
  type: 'unit' | 'fonds';
  id: string;
  level: string;
  referenceCode: string | null;
  title: string;
}

export interface InheritedValue {
  value: string;
  from: InheritedFrom;
}

/** One that stands above, with what it says. */
export interface Upper {
  record: MetadataRecord;
  from: InheritedFrom;
}

/** All that stands above an entry, nearest first, the fonds last: as far as the transaction may see it. */
export async function uppersOf(tx: Tx, parent: UnitRecord | null, fonds: Fonds): Promise<Upper[]> {
  const above = parent ? await ancestorsOf(tx, parent.id) : [];
  const records =
    above.length > 0
      ? await unitsByIds(
          tx,
          above.map((a) => a.id),
        )
      : [];
  const entries = [
    ...(parent ? [parent] : []),
    ...above.toReversed().flatMap((a) => records.find((r) => r.id === a.id) ?? []),
  ];
  return [
    ...entries.map(
      (u): Upper => ({
        record: recordOf(u),
        from: { type: 'unit', id: u.id, level: u.level, referenceCode: u.referenceCode, title: u.title },
      }),
    ),
    {
      record: recordOfFonds(fonds),
      from: { type: 'fonds', id: fonds.id, level: 'fonds', referenceCode: fonds.number, title: fonds.name },
    },
  ];
}

/** What an entry does not say itself and what stands above says for it: nearest first. Nothing is copied. */
export function inheritedBy(
  scheme: MetadataScheme,
  record: MetadataRecord,
  uppers: readonly Upper[],
): Record<string, InheritedValue> {
  const found: Record<string, InheritedValue> = {};
  for (const field of scheme.fields) {
    if (!field.inherits || said(record, field.key) !== '') continue;
    const upper = uppers.find((u) => said(u.record, field.key) !== '');
    if (upper) found[field.key] = { value: said(upper.record, field.key), from: upper.from };
  }
  return found;
}

const said = (record: MetadataRecord, key: string): string => String(record[key] ?? '').trim();
