import { appendFile } from 'node:fs/promises';
import { createEadWriter, type EadEntry } from '#formats/ead';
import type { ConsignedFonds, ConsignedUnit, Consignment } from '../../consignment.ts';
import { textColumn } from '../../own/columns.ts';
import { CONTENT } from './layout.ts';

/** Characters that are gathered before they go to the disk. */
const PIECE = 1 << 18;

/** Elements of a description by the elements of EAD they are; all others are odd with a heading. */
const BLOCKS: Readonly<Record<string, string>> = {
  abstract: 'scopecontent',
  scope: 'scopecontent',
  history: 'bioghist',
  custody: 'custodhist',
  arrangement: 'arrangement',
  related: 'relatedmaterial',
  originalLocation: 'originalsloc',
  copyLocation: 'altformavail',
  destruction: 'appraisal',
};

/** The entries of a consignment as a finding aid in EAD3, written to the disk as they go by. */
export async function createFindingAid(consignment: Consignment, path: string, made: Date) {
  const writer = createEadWriter({
    recordId: consignment.title,
    title: consignment.title,
    made,
    software: 'Lantai',
    agency: consignment.archive ?? { code: '', name: '' },
  });
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
        await put(writer.open(fondsEntry(number, fonds.get(number))));
        above = [number];
      }
      await upTo(parentKey === null ? 1 : above.lastIndexOf(parentKey) + 1);
      await put(writer.open(unitEntry(unit, paths)));
      above.push(key);
    },
    async done(): Promise<void> {
      await upTo(0);
      await appendFile(path, gathered + writer.end());
    },
  };
}

function fondsEntry(number: string, fonds: ConsignedFonds | undefined): EadEntry {
  const said = (element: string, text: string | null | undefined) => (text ? [{ element, text }] : []);
  return {
    level: 'fonds',
    codes: [{ text: number }],
    title: fonds?.name ?? number,
    files: [],
    creator: fonds?.agency?.name,
    date: fonds?.dates ? { text: fonds.dates, from: null, to: null } : undefined,
    blocks: [
      ...said('bioghist', fonds?.history),
      ...said('custodhist', fonds?.custody),
      ...said('scopecontent', fonds?.scope),
    ],
  };
}

function unitEntry({ row, formerCodes }: ConsignedUnit, paths: readonly string[]): EadEntry {
  const text = (column: string) => textColumn(row, column);
  const code = text('reference_code');
  const date = text('date_text');
  const level = text('level');
  const blocks: EadEntry['blocks'][number][] = [];
  const noted = (head: string, value: string | null) => {
    if (value !== null) blocks.push({ element: 'odd', head, text: value });
  };
  for (const column of ['doc_no', 'category', 'retention', 'classification']) noted(column, text(column));
  if (typeof row.year === 'number') noted('year', String(row.year));
  const access = [text('access_status'), text('opens_on'), text('embargo_until')].filter((t) => t !== null);
  if (access.length > 0) blocks.push({ element: 'accessrestrict', text: access.join(', ') });
  const { extra, ...described } = (row.description ?? {}) as Record<string, unknown>;
  for (const [field, value] of Object.entries({ ...described, ...(extra as object | undefined) }))
    if (Object.hasOwn(BLOCKS, field)) blocks.push({ element: BLOCKS[field] ?? '', text: String(value) });
    else noted(field, String(value));
  return {
    level: level === 'series' || level === 'file' ? level : 'item',
    codes: [
      ...(code === null ? [] : [{ text: code }]),
      ...formerCodes.map((c) => ({ text: c.code, type: 'former' })),
    ],
    title: text('title') ?? '',
    creator: text('creator') ?? undefined,
    date: date === null ? undefined : { text: date, from: text('date_from'), to: text('date_to') },
    pages: typeof row.pages === 'number' ? row.pages : undefined,
    blocks,
    files: paths.map((p) => `${CONTENT}/${p}`),
  };
}
