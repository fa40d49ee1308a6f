import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesystemReader, validateRoot } from '#formats/ocfl';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { newId } from '#kernel/ids';
import { createJobs, type JobRun } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createStaging } from '#kernel/staging';
import { openPreservation } from '#modules/preservation';
import { find, indexPages } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { createDigitisation, type Digitisation, tesseractEngine } from './index.ts';

let house: SmallHouse;
let digitisation: Digitisation;
let preservation: Awaited<ReturnType<typeof openPreservation>>;
let folder: string;
const ends: (() => Promise<unknown>)[] = [];
const ids: Record<string, string> = {};
const archivist = () => house.person(ALL, house.county);

beforeAll(async () => {
  house = await smallHouse();
  folder = await mkdtemp(join(tmpdir(), 'lantai-scans-'));
  const digests = createDigestPool(1);
  const audit = createAuditTrail(house.clock, newId, 'sha256');
  const jobs = createJobs(house.db, silentLog, newId);
  await jobs.prepare(['match-scans', 'import-scans', 'read-text']);
  const ocr = tesseractEngine();
  const common = { db: house.db, clock: house.clock, audit, digests };
  preservation = await openPreservation({
    ...common,
    storage: join(folder, 'storage'),
    attachObject: house.holdings.attachObject,
  });
  digitisation = createDigitisation(
    {
      ...common,
      newId,
      jobs,
      log: silentLog,
      staging: createStaging(join(folder, 'staging')),
      holdings: house.holdings,
      preservation,
      ocr,
      index: { indexPages },
    },
    1,
  );
  ends.push(
    () => jobs.stop(),
    () => ocr.close(),
    () => digests.close(),
  );
  const fonds = await house.holdings.addFonds(archivist(), {
    archiveId: house.county,
    number: 'J019',
    name: '县民政局',
  });
  for (const code of ['J019-WS·2003·D30-0012', 'J019-WS·2003·D30-0013', 'J019-WS·2003·D30-0014']) {
    ids[code.slice(-4)] = await house.holdings.createUnit(archivist(), {
      fondsId: fonds.id,
      title: '题名',
      referenceCode: code,
    });
  }
}, 120_000);

afterAll(async () => {
  for (const end of ends) await end();
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a job of the module here and now, as the queue would. */
async function run(kind: string, data: object): Promise<void> {
  const job = digitisation.jobs.find((j) => j.name === kind)!;
  const given: JobRun<never> = {
    id: newId(),
    data: data as never,
    attempt: 1,
    signal: new AbortController().signal,
    progress: () => {},
  };
  await job.run(given);
}

async function importFolder(dir: string) {
  const id = await digitisation.begin(archivist(), { archiveId: house.county, from: { folder: dir } });
  await run('match-scans', { id, from: { folder: dir }, personId: '' });
  const matched = await digitisation.scanImport(archivist(), id);
  await digitisation.run(archivist(), id);
  await run('import-scans', { id });
  return { id, matched, done: await digitisation.scanImport(archivist(), id) };
}

async function scans(): Promise<string> {
  const dir = join(folder, 'disc');
  await mkdir(join(dir, 'J019-WS.2003.D30-0013'), { recursive: true });
  const page = (shade: number) =>
    sharp({ create: { width: 400, height: 560, channels: 3, background: { r: shade, g: shade, b: shade } } })
      .jpeg()
      .toBuffer();
  await writeFile(join(dir, 'J019-WS_2003_D30-0012_002.jpg'), await page(240));
  await writeFile(join(dir, 'J019-WS_2003_D30-0012_001.jpg'), await page(250));
  await writeFile(join(dir, 'J019-WS.2003.D30-0013', '1.txt'), '关于發放救濟糧的通知\n全县各公社');
  await writeFile(
    join(dir, 'J019-WS·2003·D30-0014_001.jpg'),
    'not a picture at all, whatever its name says\x00',
  );
  await writeFile(join(dir, '未知-999.jpg'), await page(200));
  await writeFile(join(dir, 'Thumbs.db'), 'junk');
  return dir;
}

describe('taking scans in', () => {
  it('matches names to entries, holds what is good, lists what is not, and does so once', async () => {
    const dir = await scans();
    const first = await importFolder(dir);
    expect(first.matched.counts).toMatchObject({ files: 5, matched: 4, unmatched: 1, units: 3 });
    expect(first.done).toMatchObject({ state: 'done', counts: { held: 3, rejected: 1, unmatched: 1 } });

    const pages = await preservation.pages(archivist(), ids['0012']!);
    expect(pages.map((p) => [p.pageNo, p.width, p.height])).toEqual([
      [1, 400, 560],
      [2, 400, 560],
    ]);
    const held = await preservation.contents(archivist(), ids['0012']!);
    expect(held.map((c) => c.originalName)).toEqual([
      'J019-WS_2003_D30-0012_001.jpg',
      'J019-WS_2003_D30-0012_002.jpg',
    ]);
    const { file } = await preservation.pageFile(archivist(), ids['0012']!, 1);
    expect(
      (await readFile(file.path)).equals(await readFile(join(dir, 'J019-WS_2003_D30-0012_001.jpg'))),
    ).toBe(true);

    const again = await importFolder(dir);
    expect(again.done.counts).toMatchObject({ held: 0, known: 3, rejected: 1, unmatched: 1 });
    expect(await preservation.repository.listVersions(`urn:uuid:${ids['0012']}`)).toHaveLength(1);
  });

  it('leaves a storage root that is valid OCFL', async () => {
    const report = await validateRoot(filesystemReader(join(folder, 'storage'), createDigestPool(1)));
    expect(report.findings.filter((f) => f.severity === 'error')).toEqual([]);
  });

  it('finds the text of a page in either script, for those who may see it', async () => {
    await run('read-text', { unitId: ids['0013'] });
    for (const q of ['发放救济粮', '發放救濟糧']) {
      const staff = await house.db.as({ archives: [house.county] }, (tx) => find(tx, { q }));
      expect(staff.hits.map((h) => h.id)).toEqual([ids['0013']]);
      expect(staff.hits[0]!.snippets[0]).toMatchObject({ page: 1 });
      expect((await house.db.as({ archives: [house.neighbour] }, (tx) => find(tx, { q }))).total).toBe(0);
    }
  });

  it('shows another archive neither pages nor text', async () => {
    const stranger = house.person(ALL, house.neighbour);
    expect(await preservation.pages(stranger, ids['0012']!)).toEqual([]);
    expect(await digitisation.pageText(stranger, ids['0013']!, 1)).toBeUndefined();
    await expect(preservation.pageFile(stranger, ids['0012']!, 1)).rejects.toMatchObject({
      code: 'page.notFound',
    });
  });
});
