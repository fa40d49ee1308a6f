import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, publicActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { fixedClock } from '#kernel/clock';
import { type Database, openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { createStaging, type UploadWatch } from '#kernel/staging';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { createExaminations, type ExaminationDeps } from './index.ts';

let fresh: FreshDatabase;
let db: Database;
let folder: string;
let deps: ExaminationDeps;
let queue: string[] = [];

const person = (name: string): Actor => ({ ...publicActor(), kind: 'person', id: newId(), name });
const her = person('her');
const him = person('him');
const SETTINGS = { keepDays: 7, mostBytes: 10_000_000, mostKept: 50 };

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 4 });
  folder = await mkdtemp(join(tmpdir(), 'lantai-examinations-'));
  const clock = fixedClock('2026-03-01T02:00:00Z');
  await mkdir(join(folder, 'staging'));
  deps = {
    db,
    clock,
    newId,
    log: silentLog,
    settings: SETTINGS,
    trust: async () => [],
    timeZone: 'Asia/Shanghai',
    audit: createAuditTrail(clock, newId, 'sha256'),
    jobs: {
      async enqueue(_tx, _kind, data) {
        queue.push((data as { id: string }).id);
        return newId();
      },
    },
    staging: createStaging(join(folder, 'staging')),
    folder: join(folder, 'examinations'),
    limits: { entries: 1_000, entryBytes: 1e8, totalBytes: 1e8, ratio: 300, depth: 64 },
    formats: async () => ({}),
    veraPdf: 'none',
  };
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

/** As if it had been uploaded. */
async function uploaded(actor: Actor, path: string, content: Buffer | string): Promise<string> {
  const id = randomBytes(16).toString('hex');
  const metadata = {
    filename: path.split('/').at(-1),
    relativePath: path.includes('/') ? path : null,
    person: actor.id,
  };
  await writeFile(join(deps.staging.folder, id), content);
  await writeFile(
    join(deps.staging.folder, `${id}.json`),
    JSON.stringify({ size: Buffer.byteLength(content), metadata }),
  );
  return id;
}

const TEXT = '关于修桥的请示\n';
/** A bag as it was dropped: a folder, the file in it changed since. */
async function droppedBag(actor: Actor): Promise<string[]> {
  const digest = createHash('sha256').update(TEXT).digest('hex');
  return Promise.all([
    uploaded(actor, 'bag/bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'),
    uploaded(actor, 'bag/manifest-sha256.txt', `${digest}  data/a.txt\n`),
    uploaded(actor, 'bag/data/a.txt', 'changed'),
  ]);
}

/** Works on what waits. @param signal aborts it */
async function work(
  over: Partial<ExaminationDeps> = {},
  signal = new AbortController().signal,
): Promise<void> {
  const [job] = createExaminations({ ...deps, ...over }).jobs;
  for (const id of queue.splice(0)) {
    await job!
      .run({ id: newId(), data: { id }, attempt: 1, signal, progress: () => {} })
      .catch((e: unknown) => {
        queue.push(id);
        throw e;
      });
  }
}

const there = async (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe('what a person has looked at', () => {
  it('is judged, told as a tree with marks, and given as JSON and PDF', async () => {
    const examinations = createExaminations(deps);
    const uploads = await droppedBag(her);
    const id = await examinations.begin(her, uploads);
    expect((await examinations.one(her, id)).state).toBe('waiting');
    await expect(examinations.json(her, id)).rejects.toMatchObject({ code: 'examination.wrongState' });
    await work();
    const report = await examinations.report(her, id);
    expect(report).toMatchObject({ state: 'done', kind: 'bag', valid: false, name: 'bag', listed: 4 });
    expect(report.groups).toContainEqual({
      family: 'bagDigest',
      code: 'bag.digest',
      severity: 'error',
      count: 1,
    });
    const top = await examinations.entries(her, { id, parent: 0, cursor: undefined, limit: 10 });
    const data = top.items.find((e) => e.name === 'data')!;
    expect(data).toMatchObject({ kind: 'folder', errors: 0, errorsBelow: 1, children: 1 });
    const below = await examinations.entries(her, { id, parent: data.seq, cursor: undefined, limit: 10 });
    expect(below.items[0]).toMatchObject({ path: 'data/a.txt', errors: 1 });
    const about = await examinations.findings(her, {
      id,
      code: undefined,
      severity: undefined,
      cursor: undefined,
      limit: 10,
      entry: below.items[0]!.seq,
    });
    expect(about.items.map((f) => f.code)).toEqual(['bag.digest']);

    let text = '';
    for await (const piece of await examinations.json(her, id)) text += piece;
    const json = JSON.parse(text);
    expect(json.results[0]).toMatchObject({ path: 'bag', kind: 'bag', valid: false });
    expect(json.files.map((f: { path: string }) => f.path).sort()).toEqual([
      'bagit.txt',
      'data/a.txt',
      'manifest-sha256.txt',
    ]);
    expect((await examinations.pdf(her, id, 'zh-CN')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(await examinations.inside(her, id, below.items[0]!.seq)).toMatchObject({ kind: 'other' });
    // The uploads do not wait any longer.
    for (const upload of uploads) expect(await there(join(deps.staging.folder, upload))).toBe(false);
  });

  it('is hers alone: for others it does not exist, and the application’s login sees nothing of it', async () => {
    const examinations = createExaminations(deps);
    const id = await examinations.begin(her, [await uploaded(her, 'page.gif', 'GIF89a')]);
    await work();
    expect(await examinations.report(her, id)).toMatchObject({ kind: 'file', valid: null });
    for (const ask of [
      () => examinations.one(him, id),
      () => examinations.report(him, id),
      () => examinations.entries(him, { id, parent: 0, cursor: undefined, limit: 10 }),
      () => examinations.entry(him, id, 1),
      () => examinations.inside(him, id, 1),
      () => examinations.json(him, id),
      () => examinations.pdf(him, id, 'en'),
      () => examinations.remove(him, id),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'examination.notFound' });
    expect((await examinations.list(him, { cursor: undefined, limit: 10 })).items).toEqual([]);
    await expect(examinations.begin(him, [await uploaded(her, 'a.txt', 'a')])).rejects.toMatchObject({
      code: 'upload.notFound',
    });
    const { rows } = await sql<{
      may: boolean;
    }>`select bool_or(has_table_privilege('lantai_app', c.oid, p)) as may
      from pg_class c, unnest(array['select', 'insert', 'update', 'delete']) p
      where c.relnamespace = 'examination'::regnamespace and c.relkind = 'r'`.execute(db.owner);
    expect(rows).toEqual([{ may: false }]);
  });

  it('broken off in the middle, comes to the same at the next try', async () => {
    const examinations = createExaminations(deps);
    const id = await examinations.begin(her, await droppedBag(her));
    // Ended once when everything was laid down, and once before the formats are told.
    const broken = { formats: () => Promise.reject(new Error('the process ended')) };
    await expect(work(broken)).rejects.toThrow('the process ended');
    await sql`insert into examination.entry (examination_id, seq, parent, name, path, kind, bytes)
      values (${id}, 1, 0, 'left', 'left', 'file', 0)`.execute(db.owner);
    await work();
    const report = await examinations.report(her, id);
    expect(report).toMatchObject({ state: 'done', kind: 'bag', valid: false, listed: 4 });
    const top = await examinations.entries(her, { id, parent: 0, cursor: undefined, limit: 10 });
    expect(top.items.map((e) => e.name).sort()).toEqual(['bagit.txt', 'data', 'manifest-sha256.txt']);
  });

  it('killed between its last word and its tidying up, leaves no working folder once it is tried again', async () => {
    const examinations = createExaminations(deps);
    const id = await examinations.begin(her, await droppedBag(her));
    await work();
    const scratch = join(deps.folder, id, 'scratch');
    await mkdir(scratch);
    queue.push(id);
    await work();
    expect(await there(scratch)).toBe(false);
    expect(await examinations.report(her, id)).toMatchObject({ state: 'done', kind: 'bag' });
    expect(await there(join(deps.folder, id, 'content'))).toBe(true);
  });

  it('killed after it was given up, leaves nothing of what was sent once it is tried again', async () => {
    const examinations = createExaminations(deps);
    const upload = await uploaded(her, 'page.gif', 'GIF89a');
    const id = await examinations.begin(her, [upload]);
    await sql`update examination.examination set state = 'failed', failure = 'fault', finished_at = now()
      where id = ${id}`.execute(db.owner);
    await mkdir(join(deps.folder, id, 'content'), { recursive: true });
    await work();
    expect(await there(join(deps.folder, id))).toBe(false);
    expect(await there(join(deps.staging.folder, upload))).toBe(false);
    expect((await examinations.one(her, id)).state).toBe('failed');
  });

  it('with malware in it never leaves quarantine: it is deleted and said so', async () => {
    const found: string[] = [];
    const watch: UploadWatch = {
      scan: async () => 'Test.Malware',
      found: async ({ finding }) => void found.push(finding),
    };
    const staging = createStaging(deps.staging.folder, watch);
    const examinations = createExaminations({ ...deps, staging });
    const upload = await uploaded(her, 'bad.exe', 'MZ');
    const id = await examinations.begin(her, [upload]);
    await work({ staging });
    expect(await examinations.one(her, id)).toMatchObject({ state: 'failed', failure: 'upload.infected' });
    expect(found).toEqual(['Test.Malware']);
    expect(await there(join(deps.folder, id))).toBe(false);
    expect(await there(join(deps.staging.folder, upload))).toBe(false);
  });

  it('a path that would lead elsewhere is refused before anything is written', async () => {
    const upload = await uploaded(her, '../../escaped.txt', 'x');
    await expect(createExaminations(deps).begin(her, [upload])).rejects.toMatchObject({
      code: 'upload.badPath',
    });
  });

  it('is held to the room and number a person may have', async () => {
    const someone = person('someone');
    const few = createExaminations({ ...deps, settings: { ...SETTINGS, mostKept: 1 } });
    await few.begin(someone, [await uploaded(someone, 'a.txt', 'a')]);
    await expect(few.begin(someone, [await uploaded(someone, 'b.txt', 'b')])).rejects.toMatchObject({
      code: 'examination.tooMany',
    });
    const small = createExaminations({ ...deps, settings: { ...SETTINGS, mostBytes: 3 } });
    await expect(small.begin(someone, [await uploaded(someone, 'c.txt', 'ccc')])).rejects.toMatchObject({
      code: 'examination.tooLarge',
    });
    queue = [];
  });

  it('is gone after its days with what was sent, and leaves no folder', async () => {
    const later = { now: () => new Date('2026-03-09T00:00:00Z') };
    await mkdir(join(deps.folder, newId()), { recursive: true });
    const examinations = createExaminations({ ...deps, clock: later });
    expect(await examinations.removeOverdue()).toBeGreaterThan(0);
    expect((await examinations.list(her, { cursor: undefined, limit: 10 })).items).toEqual([]);
    expect(await readdir(deps.folder)).toEqual([]);
  });
});
