import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import type { Consignment } from '../../src/modules/packages/consignment.ts';

/** A consignment in memory, for tests of kinds of packages without a database. */
export interface HeldConsignment {
  fonds: readonly { number: string; name: string; history: string | null }[];
  units: readonly HeldUnit[];
}

export interface HeldUnit {
  key: string;
  parentKey: string | null;
  fonds: string;
  row: Record<string, unknown>;
  formerCodes: { code: string; basis: string; actorName: string; at: string }[];
  files: { name: string; nameBytes: string; mediaType: string | null; bytes: string; ending: string }[];
  documents: { path: string; text: string }[];
}

export function consignmentOf(held: HeldConsignment): Consignment {
  const open = (bytes: Buffer) => async () => Readable.from([bytes], { objectMode: false });
  return {
    archive: { code: '990111', name: '石桥县档案馆' },
    title: '990111',
    async *fonds() {
      for (const f of held.fonds) yield { ...f, dates: null, custody: null, scope: null, agency: null };
    },
    async *units() {
      for (const { files, documents, ...unit } of held.units)
        yield {
          ...unit,
          hasFiles: files.length > 0,
          async *files() {
            for (const f of files) {
              const bytes = Buffer.from(f.bytes, 'hex');
              yield {
                name: f.name,
                nameBytes: Buffer.from(f.nameBytes, 'hex'),
                mediaType: f.mediaType,
                bytes: bytes.length,
                ending: f.ending,
                open: open(bytes),
                sha512: createHash('sha512').update(bytes).digest('hex'),
              };
            }
          },
          async *documents() {
            for (const d of documents) yield { path: d.path, open: open(Buffer.from(d.text)) };
          },
        };
    },
  };
}

async function bytesOf(open: () => Promise<Readable>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await open()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Everything a consignment says, read to its end. */
export async function heldIn(consignment: Consignment): Promise<HeldConsignment> {
  const fonds: HeldConsignment['fonds'][number][] = [];
  for await (const { number, name, history } of consignment.fonds()) fonds.push({ number, name, history });
  const units: HeldUnit[] = [];
  for await (const u of consignment.units()) {
    const { key, parentKey, fonds: number, row, formerCodes } = u;
    const unit: HeldUnit = {
      key,
      parentKey,
      fonds: number,
      row,
      formerCodes: [...formerCodes],
      files: [],
      documents: [],
    };
    for await (const f of u.files()) {
      const bytes = await bytesOf(f.open);
      unit.files.push({
        name: f.name,
        nameBytes: f.nameBytes.toString('hex'),
        mediaType: f.mediaType,
        bytes: bytes.toString('hex'),
        ending: f.ending,
      });
    }
    for await (const d of u.documents())
      unit.documents.push({ path: d.path, text: (await bytesOf(d.open)).toString() });
    unit.documents.sort((a, b) => (a.path < b.path ? -1 : 1));
    units.push(unit);
  }
  return { fonds, units };
}

const hex = (s: string) => s.replaceAll('-', '').padEnd(12, '0').slice(-12);
const words = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((s) => !s.includes('\0'));
const title = words.map((s) => `题${s}`);
const code = fc.option(
  fc.oneof(
    fc.stringMatching(/^[A-Z]{1,3}[0-9]{1,3}-WS·20[0-2][0-9]·(Y|D10|D30)-[0-9]{4}$/),
    words.map((s) => `c${s}`),
  ),
);
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const row = fc.record({
  level: fc.constantFrom('series', 'file', 'item'),
  title,
  reference_code: code,
  creator: fc.option(title),
  doc_no: fc.option(title),
  date_text: fc.option(day),
  date_from: fc.option(day),
  retention: fc.option(fc.constantFrom('Y', 'D10', 'D30', 'CQ')),
  ...{
    year: fc.option(fc.integer({ min: 1900, max: 2030 })),
    pages: fc.option(fc.integer({ min: 1, max: 9 })),
  },
  category: fc.option(fc.constantFrom('WS', 'KJ')),
  position: fc.constant('a0'),
  classification: fc.constantFrom('public', 'internal'),
  access_status: fc.constantFrom('open', 'unreviewed', 'restricted'),
  description: fc.record(
    { abstract: words, boxNo: words, extra: fc.dictionary(title, words, { maxKeys: 2 }) },
    { requiredKeys: [] },
  ),
});
const file = fc
  .record({
    name: title,
    raw: fc.option(fc.uint8Array({ minLength: 1, maxLength: 8 })),
    mediaType: fc.option(fc.constantFrom('text/plain', 'image/tiff', 'application/pdf')),
    bytes: fc.uint8Array({ maxLength: 200 }),
    ending: fc.constantFrom('.txt', '.tif', '.xml', ''),
  })
  .map(({ name, raw, bytes, ...f }) => ({
    name,
    ...f,
    bytes: Buffer.from(bytes).toString('hex'),
    nameBytes: Buffer.from(raw ?? Buffer.from(name)).toString('hex'),
  }));
const unit = fc.record({
  id: fc.uuid(),
  under: fc.nat(),
  row,
  files: fc.array(file, { maxLength: 3 }),
  fonds: fc.nat(),
  formerCodes: fc.array(
    fc.record({ code: title, basis: title, actorName: title, at: day.map((d) => `${d}T00:00:00.000001Z`) }),
    { maxLength: 2 },
  ),
  documents: fc.uniqueArray(
    fc.record({ path: fc.constantFrom('checks/v1-intake-00001.json', 'text/0001/00001.txt'), text: words }),
    { maxLength: 2, selector: (d) => d.path },
  ),
});

/** Trees of entries: any depth, any fields, odd names; reference codes are borne once. */
export const heldConsignments: fc.Arbitrary<HeldConsignment> = fc
  .record({
    fonds: fc.uniqueArray(
      fc.record({ number: fc.stringMatching(/^[A-Z][0-9]{3}$/), name: title, history: fc.option(words) }),
      { minLength: 1, maxLength: 3, selector: (f) => f.number },
    ),
    units: fc.uniqueArray(unit, { maxLength: 8, selector: (u) => hex(u.id) }),
  })
  .map(({ fonds, units }) => {
    const codes = new Set<unknown>();
    const all = units.map((u): HeldUnit & { under: number } => {
      const taken = codes.has(u.row.reference_code);
      codes.add(u.row.reference_code);
      const { id, files, documents, ...rest } = u;
      return {
        ...rest,
        key: id,
        parentKey: null,
        files,
        fonds: fonds[u.fonds % fonds.length]!.number,
        row: taken ? { ...u.row, reference_code: null } : u.row,
        documents: files.length > 0 ? documents : [],
      };
    });
    return { fonds, units: inOrder(all) };
  });

/** Gives each entry a parent among those before it of its fonds, or none, and puts them in the order of the tree. */
function inOrder(units: readonly (HeldUnit & { under: number })[]): HeldUnit[] {
  const below = new Map<string, HeldUnit[]>();
  const placed: HeldUnit[] = [];
  for (const { under, ...u } of units) {
    const near = placed.filter((p) => p.fonds === u.fonds);
    const parent = near[under % (near.length + 1)];
    const one = { ...u, parentKey: parent?.key ?? null };
    const at = one.parentKey ?? u.fonds;
    below.set(at, [...(below.get(at) ?? []), one]);
    placed.push(one);
  }
  const walk = (at: string): HeldUnit[] => (below.get(at) ?? []).flatMap((u) => [u, ...walk(u.key)]);
  return [...new Set(units.map((u) => u.fonds))].flatMap(walk);
}
