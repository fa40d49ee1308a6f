import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, type Capability, systemActor } from '#kernel/actor';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import type { JobRun } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { readConfig } from '../../src/main/config.ts';
import { prepareQueues } from '../../src/main/serve.ts';
import { openHouse } from '../../src/main/wire.ts';
import { freshDatabase } from './database.ts';

const KEEPER: readonly Capability[] = [
  'holdings.read',
  'holdings.write',
  'content.read',
  'master.read',
  'import.run',
  'certificate.request',
  'grants.manage',
  'preservation.read',
  'preservation.manage',
  'disposal.propose',
  'disposal.decide',
];

/** The whole house over a database of the test's own, with one archive that takes text files in. Close it. */
export async function keptHouse(settings: Record<string, string> = {}) {
  const fresh = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'lantai-kept-'));
  const config = readConfig({
    LANTAI_DATA: join(folder, 'data'),
    LANTAI_DATABASE_URL: fresh.url,
    LANTAI_OCR_WORKERS: '0',
    ...settings,
  });
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 6 });
  await prepareQueues(db, silentLog);
  const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
  const archive = await house.holdings.addArchive(systemActor('test'), {
    parentId: null,
    code: '990111',
    name: '石桥县档案馆',
    level: 'county',
  });

  const person = (name: string, capabilities: readonly Capability[] = KEEPER): Actor => ({
    kind: 'person',
    id: newId(),
    name,
    language: 'zh-CN',
    rights: new Map([[archive, new Set(capabilities)]]),
    get authenticatedAt() {
      return house.clock.now();
    },
  });
  const keeper = person('王某');
  const fonds = await house.holdings.addFonds(keeper, {
    archiveId: archive,
    number: 'J019',
    name: '县民政局',
  });

  /** Runs a job here and now, as the queue would. */
  function run(
    kind: string,
    data: object,
    signal = new AbortController().signal,
    seen = () => {},
  ): Promise<unknown> {
    const job = house.jobKinds.find((j) => j.name === kind);
    if (!job) throw new Error(`no job ${kind}`);
    const given: JobRun<never> = {
      id: randomUUID(),
      data: data as never,
      attempt: 1,
      signal,
      progress: seen,
    };
    return (job.run as (j: JobRun<never>) => Promise<unknown>)(given);
  }

  /** Runs a job and stops it, as the end of its process would, at a sign of progress. */
  function runUntil(kind: string, data: object, isOver: () => boolean): Promise<unknown> {
    const stop = new AbortController();
    return run(kind, data, stop.signal, () => {
      if (isOver()) stop.abort(new Error('stopped'));
    });
  }

  let disc = 0;
  /** Entries with the text of one file each, read and searchable. */
  async function hold(
    entries: readonly { code: string; title: string; text: string; year?: number; retention?: string }[],
  ): Promise<string[]> {
    const dir = join(folder, `disc-${++disc}`);
    await mkdir(dir);
    const ids: string[] = [];
    for (const e of entries) {
      ids.push(
        await house.holdings.createUnit(keeper, {
          fondsId: fonds.id,
          title: e.title,
          referenceCode: e.code,
          year: e.year ?? 2003,
          retention: e.retention ?? 'D10',
        }),
      );
      await writeFile(join(dir, `${e.code.replaceAll('·', '.')}_001.txt`), e.text);
    }
    const from = { folder: dir };
    const id = await house.digitisation.begin(keeper, { archiveId: archive, from, rule: null });
    await run('match-scans', { id, from, personId: '' });
    await house.digitisation.run(keeper, id);
    await run('import-scans', { id });
    for (const unitId of ids) await run('read-text', { unitId });
    return ids;
  }

  return {
    house,
    db,
    folder,
    config,
    archive,
    fonds: fonds.id,
    keeper,
    person,
    run,
    runUntil,
    hold,
    async close() {
      await house.close();
      await db.close();
      await fresh.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type KeptHouse = Awaited<ReturnType<typeof keptHouse>>;
