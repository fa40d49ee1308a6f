import { execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeEep } from '#formats/eep';
import { gathered, sampleInput } from '../../src/formats/eep/testing.ts';
import { handoverZip } from '../../src/modules/transfer/testing/handover.ts';
import { type IntakeHouse, intakeHouse } from '../intake/house.ts';

const CORPORA = process.env.LANTAI_CORPORA ?? '';

let all: IntakeHouse;
let oa: Awaited<ReturnType<IntakeHouse['admitted']>>;
let url: string;
let scratch: string;

/** A package of each kind: what others made where there is a sound one of it, ours where there is none; and one that is wrong. */
const PACKAGES = [
  { kind: 'bag', path: 'bagit/v1.0/valid/basicBag.tar', state: 'checked', errors: [], natures: [] },
  {
    kind: 'bag',
    path: 'bagit/v1.0/invalid/same-filename-listed-twice-with-the-same-hash.tar',
    state: 'preparing',
    errors: ['bag.digest', 'bag.listedTwice'],
    natures: [],
  },
  { kind: 'eark', path: 'eark/commons-ip/Simple-EARK-SIP.zip', state: 'checked', errors: [], natures: [] },
  {
    kind: 'eep',
    path: 'eep/nh-deep-sample-1.xml',
    state: 'preparing',
    errors: [
      'eep.empty',
      'eep.missing',
      'eep.noData',
      'eep.unknownAttribute',
      'eep.unknownElement',
      'eep.value',
      'eep.wrapperMissing',
    ],
    natures: [],
  },
  { kind: 'eep', path: 'ours.eep', state: 'preparing', errors: [], natures: ['md-elements'] },
  { kind: 'handover', path: 'ours.zip', state: 'checked', errors: [], natures: [] },
] as const;
const placeOf = (path: string) => (path.startsWith('ours') ? join(scratch, path) : join(CORPORA, path));

const TUS = { 'tus-resumable': '1.0.0' };
/** An upload over the network, in two pieces. */
async function upload(path: string, name: string, relativePath?: string): Promise<string> {
  const bytes = await readFile(path);
  const coded = (text: string) => Buffer.from(text).toString('base64');
  const told = [`filename ${coded(name)}`, ...(relativePath ? [`relativePath ${coded(relativePath)}`] : [])];
  const made = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...oa.headers, ...TUS, 'upload-length': `${bytes.length}`, 'upload-metadata': told.join(',') },
  });
  expect(made.status).toBe(201);
  const at = new URL(made.headers.get('location') ?? '', `${url}/api/v1/uploads/`).href;
  const half = Math.floor(bytes.length / 2);
  for (const [from, to] of [
    [0, half],
    [half, bytes.length],
  ] as const) {
    if (from === to) continue;
    const sent = await fetch(at, {
      method: 'PATCH',
      headers: {
        ...oa.headers,
        ...TUS,
        'upload-offset': `${from}`,
        'content-type': 'application/offset+octet-stream',
      },
      body: new Uint8Array(bytes.subarray(from, to)),
    });
    expect(sent.status).toBe(204);
  }
  return at.split('/').at(-1) ?? '';
}

async function call(method: 'GET' | 'PUT', id: string, payload?: object) {
  const answer = await fetch(`${url}/api/v1/intake/packages/${encodeURIComponent(id)}`, {
    method,
    headers: { ...oa.headers, ...(payload && { 'content-type': 'application/json' }) },
    ...(payload && { body: JSON.stringify(payload) }),
  });
  const body = (await answer.json()) as { batchId: string; outcome: string; state: string; checks: Checks };
  return { status: answer.status, body };
}
type Checks = { errors: number } | null;

/** What the checks at the agency come to, which the queue would begin by itself. */
async function checked(senderId: string, batchId: string) {
  await all.run('transfer', { id: batchId });
  const { kind } = await all.house.transfers.one(all.clerk.actor, batchId);
  const about = { side: 'agency', severity: 'error', cursor: undefined, limit: 50 } as const;
  const { items } = await all.house.transfers.findings(all.clerk.actor, { id: batchId, ...about });
  const { state, checks } = (await call('GET', senderId)).body;
  // What the four natures find wrong where the form of the package is sound.
  const { precheck } = await all.house.transfers.one(all.clerk.actor, batchId);
  const report = precheck?.runId
    ? await all.house.checks.report(all.clerk.actor, precheck.runId)
    : { items: [] };
  const failed = report.items.filter((i) => i.standing === 'failed').map((i) => i.item.slug);
  expect((checks?.errors ?? 0) > 0).toBe(items.length + failed.length > 0);
  const natures = items.length > 0 ? [] : failed;
  return { kind, state, natures, errors: [...new Set(items.map((f) => f.code))].sort() };
}

describe.skipIf(CORPORA === '')(
  'a package of each kind, sent by a system (skipped unless LANTAI_CORPORA names the corpora)',
  () => {
    beforeAll(async () => {
      scratch = await mkdtemp(join(tmpdir(), 'lantai-doors-'));
      await writeFile(
        join(scratch, 'ours.eep'),
        await gathered(writeEep(sampleInput({ files: [['正文.txt', Buffer.from('正文')]] }))),
      );
      await handoverZip(join(scratch, 'ours.zip'), [{ code: 'J012-WS·2023·D30-0001' }]);
      all = await intakeHouse();
      url = await all.listen();
      oa = await all.admitted({ onward: 'precheck', drop: true });
      await all.house.intake.drop.look();
    }, 120_000);
    afterAll(async () => {
      await all?.close();
      await rm(scratch, { recursive: true, force: true });
    });

    it.each(PACKAGES)('goes through the API as a file: $path', { timeout: 120_000 }, async (one) => {
      const id = `api ${one.path}`;
      const uploads = [{ id: await upload(placeOf(one.path), basename(one.path)) }];
      const sent = await call('PUT', id, { title: basename(one.path), content: '', fonds: 'J012', uploads });
      expect(sent).toMatchObject({ status: 201, body: { outcome: 'taken' } });
      const { path: _path, ...expected } = one;
      expect(await checked(id, sent.body.batchId)).toEqual(expected);
    });

    it.each(PACKAGES)('goes through the drop folder: $path', { timeout: 120_000 }, async (one) => {
      const name = `落${PACKAGES.indexOf(one)}`;
      const folder = join(all.folder, 'drop', '990111', oa.id);
      await mkdir(join(folder, name));
      const id = `drop ${one.path}`;
      await copyFile(placeOf(one.path), join(folder, name, basename(one.path)));
      await writeFile(
        join(folder, name, 'package.json'),
        JSON.stringify({ id, title: basename(one.path), content: '', fonds: 'J012' }),
      );
      await writeFile(join(folder, `${name}.ready`), '');
      await all.house.intake.drop.look();
      const told = JSON.parse(await readFile(join(folder, 'done', `${name}.receipt.json`), 'utf8'));
      expect(told).toMatchObject({ outcome: 'taken', kind: 'package', id });
      const { path: _path, ...expected } = one;
      expect(await checked(id, told.batchId)).toEqual(expected);
    });

    it('goes through both as the files of a folder: a bag', { timeout: 120_000 }, async () => {
      const out = join(scratch, 'bag');
      await mkdir(out);
      execFileSync('tar', ['-xf', join(CORPORA, 'bagit/v1.0/valid/basicBag.tar'), '-C', out]);
      const [root = ''] = await readdir(out);
      const entries = await readdir(join(out, root), { recursive: true, withFileTypes: true });
      const uploads = [];
      for (const e of entries.filter((e) => e.isFile())) {
        const path = join(e.parentPath, e.name);
        uploads.push({ id: await upload(path, e.name, path.slice(out.length + 1)) });
      }
      const sent = await call('PUT', 'api folder', { title: '文件夹', content: '', fonds: 'J012', uploads });
      expect(sent.status).toBe(201);
      const sound = { kind: 'bag', state: 'checked', errors: [], natures: [] };
      expect(await checked('api folder', sent.body.batchId)).toEqual(sound);
      // Known by its name, for what has no description.
      const folder = join(all.folder, 'drop', '990111', oa.id);
      execFileSync('cp', ['-r', join(out, root), join(folder, '一个袋')]);
      await writeFile(join(folder, '一个袋.ready'), '');
      await all.house.intake.drop.look();
      const told = JSON.parse(await readFile(join(folder, 'done', '一个袋.receipt.json'), 'utf8'));
      expect(told).toMatchObject({ outcome: 'taken', id: '一个袋' });
      expect(await checked('一个袋', told.batchId)).toMatchObject({
        kind: 'bag',
        state: 'preparing',
        errors: ['ingest.fondsWanted'],
      });
    });
  },
);
