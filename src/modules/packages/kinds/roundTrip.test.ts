import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signerOf } from '#formats/eep';
import { readHandover } from '#formats/handover';
import { openTree, packageRoot, type WrittenWrapper } from '#formats/tree';
import { createKeySet } from '#kernel/signing/keyset';
import {
  consignmentOf,
  type HeldConsignment,
  heldConsignments,
  heldIn,
} from '../../../../test/support/consignments.ts';
import type { Consignment } from '../consignment.ts';
import { PACKAGE_KIND_NAMES, PACKAGE_KINDS, type PackageKindName, recogniseKind } from './index.ts';
import type { HandoverLayout, Told } from './kind.ts';

const NOW = new Date('2026-01-02T03:04:05Z');
let folder: string;
let turn = 0;
let signer: ReturnType<typeof signerOf>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-kinds-'));
  signer = signerOf(
    await createKeySet({
      archiveCode: '990111',
      archiveName: '石桥县档案馆',
      now: NOW,
      years: 1,
      statementAlgorithm: 'ed25519',
      pdfAlgorithm: 'p256',
    }),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(
  kind: PackageKindName,
  consignment: Consignment,
  wrapper: WrittenWrapper,
  layout?: HandoverLayout,
) {
  const name = `p${++turn}`;
  const target = join(folder, wrapper === 'folder' ? name : `${name}.${wrapper}`);
  const order = { target, wrapper, name, date: NOW, scratch: folder, layout };
  const told: Told = await PACKAGE_KINDS[kind].write(consignment, {
    ...order,
    signer: async () => signer,
    whole: async () => {},
  });
  return { target, name, told };
}

/** Opens what was written as one that arrived, after it was found valid. */
async function arrived(kind: PackageKindName, target: string, name: string) {
  const whole = await openTree(target);
  try {
    const place = { root: await packageRoot(whole), whole, name, scratch: folder };
    expect(await recogniseKind(place)).toBe(kind);
    const found = [...whole.findings, ...(await PACKAGE_KINDS[kind].validate(place))];
    expect(found.filter((f) => f.severity === 'error')).toEqual([]);
    const opened = await PACKAGE_KINDS[kind].open({ ...place, fonds: null });
    const judged = [];
    for await (const f of opened.judge()) judged.push(f);
    expect(judged).toEqual([]);
    const held = await heldIn(opened.consignment);
    await opened.close?.();
    return { own: opened.own, digest: opened.digest, held };
  } finally {
    await whole.close();
  }
}

/** How files end where they lie, and the order of documents, are the package's matter. */
const plain = ({ fonds, units }: HeldConsignment): HeldConsignment => ({
  fonds,
  units: units.map((u) => ({
    ...u,
    files: u.files.map((f) => ({ ...f, ending: '' })),
    documents: u.documents.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  })),
});

describe.each(PACKAGE_KIND_NAMES)('a package of the kind %s', (kind) => {
  it('is valid and gives back whatever tree was put in, in every wrapper', async () => {
    await fc.assert(
      fc.asyncProperty(
        heldConsignments,
        fc.constantFrom<WrittenWrapper>('folder', 'zip', 'tar'),
        fc.constantFrom<HandoverLayout>('2012', '2022'),
        async (held, wrapper, layout) => {
          // Neither has a place for a tree without records.
          if (kind === 'handover' || kind === 'eep')
            fc.pre(held.units.some((u) => u.files.some((f) => f.bytes !== '')));
          const { target, name } = await written(kind, consignmentOf(held), wrapper, layout);
          expect(await arrived(kind, target, name)).toMatchObject({ own: true, held: plain(held) });
          await rm(target, { recursive: true });
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is found out where one byte of what describes it was changed', async () => {
    const [held] = fc.sample(
      heldConsignments.filter((h) => h.units.some((u) => u.files.some((f) => f.bytes !== ''))),
      { numRuns: 1, seed: 7 },
    );
    const { target, name } = await written(kind, consignmentOf(held!), 'folder');
    const lists = await Array.fromAsync(glob('**/units-00001.jsonl', { cwd: target }));
    expect(lists).toHaveLength(1);
    const path = join(target, lists[0]!);
    await writeFile(path, (await readFile(path, 'utf8')).replace('题', '體'));
    const whole = await openTree(target);
    const found = await PACKAGE_KINDS[kind].validate({ root: whole, whole, name, scratch: folder });
    await whole.close();
    expect(found.filter((f) => f.severity === 'error').length).toBeGreaterThan(0);
  });
});

/** Two volumes with an item each, one of them empty, and an item beside. */
const shelved: HeldConsignment = {
  fonds: [{ number: 'J019', name: '县政府', history: null }],
  units: (
    [
      ['1', null, 'file', '建筑卷', 'J019-KJ·2020-0001', false],
      ['2', '1', 'item', '图一', 'J019-KJ·2020-0001-001', true],
      ['3', '1', 'item', '图二', 'J019-KJ·2020-0001-002', true],
      ['4', null, 'file', '空卷', 'J019-KJ·2020-0002', false],
      ['5', '4', 'item', '没有内容', 'J019-KJ·2020-0002-001', false],
      ['6', null, 'series', '类', null, false],
      ['7', '6', 'item', '另一件', 'J019-WS·2020-0001', true],
    ] as const
  ).map(([key, parentKey, level, title, reference_code, hasFile]) => ({
    key: `00000000-0000-4000-8000-00000000000${key}`,
    parentKey: parentKey && `00000000-0000-4000-8000-00000000000${parentKey}`,
    fonds: 'J019',
    row: { level, title, reference_code, year: 2020, category: 'KJ', access_status: 'unreviewed' },
    formerCodes: [],
    files: hasFile
      ? [
          {
            name: 'a',
            nameBytes: '61',
            mediaType: null,
            bytes: Buffer.from(title).toString('hex'),
            ending: '.txt',
          },
        ]
      : [],
    documents: [],
  })),
};

it.each<HandoverLayout>(['2012', '2022'])(
  'volumes leave in the catalogue of volumes of %s, above their items; one that holds none is told',
  async (layout) => {
    const { target, name, told } = await written('handover', consignmentOf(shelved), 'folder', layout);
    expect((await arrived('handover', target, name)).held).toEqual(plain(shelved));
    expect(told.get('entries')).toBe(3);
    const tree = await openTree(target);
    const rows: [string, string, number][] = [];
    for await (const { level, code, files } of (await readHandover(tree)).items())
      rows.push([level, code, files.length]);
    await tree.close();
    expect(rows).toEqual([
      ['volume', 'J019-KJ·2020-0001', 5],
      ['item', 'J019-KJ·2020-0001-001', 2],
      ['item', 'J019-KJ·2020-0001-002', 2],
      ['item', 'J019-WS·2020-0001', 2],
    ]);
  },
);
