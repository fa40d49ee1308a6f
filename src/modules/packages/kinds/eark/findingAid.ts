import { appendFile } from 'node:fs/promises';
import { createEadWriter } from '#formats/ead';
import { type DescribedFonds, type DescribedUnit, describedRow, eadEntries } from '#modules/holdings';
import type { ConsignedFonds, ConsignedUnit, Consignment } from '../../consignment.ts';
import { CONTENT } from './layout.ts';

/** Characters that are gathered before they go to the disk. */
const PIECE = 1 << 18;

/** The entries of a consignment as a finding aid in EAD3, written to the disk as they go by. */
export async function createFindingAid(consignment: Consignment, path: string, made: Date) {
  const writer = createEadWriter({
    recordId: consignment.title,
    title: consignment.title,
    made,
    software: 'Lantai',
    agency: consignment.archive ?? { code: '', name: '' },
  });
  const entries = eadEntries('en');
  const fonds = new Map<string, ConsignedFonds>();
  for await (const f of consignment.fonds()) fonds.set(f.number, f);
  let above: string[] = [];
  let gathered = writer.begin();
  const put = async (xml: string) => {
    gathered += xml;
    if (gathered.length < PIECE) return;
    await appendFile(path, gathered);
    gathered = '';
  };
  /** Closes what the next description does not stand under. */
  const upTo = async (depth: number) => {
    await put(writer.close().repeat(above.length - depth));
    above = above.slice(0, depth);
  };
  return {
    async add(unit: ConsignedUnit, paths: readonly string[]): Promise<void> {
      const { key, parentKey, fonds: number } = unit;
      if (above[0] !== number) {
        await upTo(0);
        await put(writer.open(entries.fonds(fondsOf(number, fonds.get(number)))));
        above = [number];
      }
      await upTo(parentKey === null ? 1 : above.lastIndexOf(parentKey) + 1);
      const objects = paths.map((p) => ({ href: `${CONTENT}/${p}` }));
      await put(writer.open({ ...entries.unit(unitOf(unit), number), objects }));
      above.push(key);
    },
    async done(): Promise<void> {
      await upTo(0);
      await appendFile(path, gathered + writer.end());
    },
  };
}

function fondsOf(number: string, f: ConsignedFonds | undefined): DescribedFonds {
  const { name = number, dates = null, history = null, custody = null, scope = null } = f ?? {};
  return { id: '', number, name, dates, history, custody, scope, agency: f?.agency?.name ?? null };
}

/** An entry's row by the names of the catalogue's columns. */
function unitOf({ row, formerCodes }: ConsignedUnit): DescribedUnit {
  return describedRow(
    row,
    formerCodes.map((c) => c.code),
  );
}
