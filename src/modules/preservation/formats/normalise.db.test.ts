import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { freshDatabase } from '../../../../test/support/database.ts';
import { dumpOf } from '../../../../test/support/dumps.ts';
import { incomingFile, webpPicture } from '../../../../test/support/incoming.ts';
import { rebuildOver, segmentsOver } from '../../../../test/support/keeping.ts';
import { type ScanningHouse, scanningHouse } from '../../../../test/support/scanning.ts';
import { derivativesIn } from '../commands/found.ts';
import { readPackage } from '../package/read.ts';
import type { IncomingFile } from '../package/records.ts';
import { eventsOf } from '../store/events.ts';
import type { Formats } from './module.ts';
import type { NormaliseResult } from './normalise.ts';

let s: ScanningHouse;
let formats: Formats;
let keeper: Actor;
beforeAll(async () => {
  s = await scanningHouse();
  const jobs = createJobs(s.house.db, silentLog, newId);
  await jobs.prepare(['normalise-formats']);
  keeper = s.house.person(
    ['holdings.read', 'content.read', 'preservation.read', 'preservation.manage'],
    s.house.county,
  );
  formats = s.preservation.formatRegister(jobs, {
    commands: { libreoffice: '/nowhere/soffice', ffmpeg: '/nowhere/ffmpeg' },
    atOnce: 2,
    bounds: { timeoutMs: 30_000, mostBytes: 50_000_000, mostMemory: 4e9 },
  });
});
afterAll(() => s.close());

const CLERK = { id: null, name: '王某' };
let number = 0;

const incoming = (name: string, bytes: Buffer) => incomingFile(join(s.folder, 'in'), name, bytes);
async function held(...files: IncomingFile[]): Promise<string> {
  const id = await s.addUnit(`J019-2008-D30-${String(++number).padStart(4, '0')}`);
  const [outcome] = await s.preservation.hold(
    CLERK,
    [{ id, archiveId: s.house.county, files }],
    async () => {},
  );
  if (outcome?.status === 'failed') throw outcome.error;
  return id;
}
const convert = (signal = new AbortController().signal) =>
  formats.jobs[0]!.run({
    id: newId(),
    data: { archiveId: s.house.county },
    attempt: 1,
    signal,
    progress: () => {},
  }) as Promise<NormaliseResult>;
const view = () => formats.view(keeper, s.house.county);
const opened = (id: string) => readPackage(s.preservation.repository, `urn:uuid:${id}`);

describe('normalisation', () => {
  let unit: string;
  it('is waited for by what the policy wants converted, and by nothing else', async () => {
    unit = await held(
      await incoming('一.webp', await webpPicture('a')),
      await incoming('坏.webp', (await webpPicture('a')).subarray(0, 3000)),
      await incoming('说明.txt', Buffer.from('text')),
      await incoming('旧.wma', Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex')),
    );
    const { formats: list, unlooked } = await view();
    expect(unlooked.files).toBe(0);
    expect(list.filter((f) => f.waiting > 0 && f.tool === 'libvips').reduce((n, f) => n + f.waiting, 0)).toBe(
      2,
    );
    expect(list.find((f) => f.puid === 'x-fmt/111')).toMatchObject({ files: 1, waiting: 0, policy: 'keep' });
  });

  it('adds the result beside the original, told in record, PREMIS and event; what can not be converted is noted', async () => {
    const result = await convert();
    expect(result).toMatchObject({ converted: 1, failed: 1, passedOver: 0 });
    const object = await opened(unit);
    expect(object.head).toBe('v2');
    const paths = object.object.files().map((f) => f.logicalPath);
    expect(paths).toContain('derivatives/0001.tif');
    expect(paths).toContain('content/0001.bin');
    const [made] = await derivativesIn(object);
    expect(made).toMatchObject({
      ...{
        of: 1,
        source: 'content/0001.bin',
        target: 'tiff',
        policy: 'normalise',
        path: 'derivatives/0001.tif',
      },
      tool: { name: 'libvips' },
    });
    expect(made?.checks.every((c) => c.outcome === 'passed')).toBe(true);
    const { stream } = await s.preservation.repository.openFile(
      object.object,
      'metadata/premis/derivatives-v2.xml',
    );
    expect(Buffer.concat(await stream.toArray()).toString()).toContain('has source');
    const events = await s.house.db.system((tx) => eventsOf(tx, `urn:uuid:${unit}`, { limit: 100 }));
    const told = events.filter((e) => e.type === 'normalization').map((e) => e.outcome);
    expect(told.sort()).toEqual(['failure', 'success']);
    const failures = await formats.failures(keeper, { archiveId: s.house.county, limit: 10 });
    expect(failures).toMatchObject([
      { unitId: unit, ordinal: 2, name: '坏.webp', code: 'conversion.toolFailed', tries: 1 },
    ]);
  });

  it('has nothing to do the second time', async () => {
    expect(await convert()).toMatchObject({ converted: 0, failed: 0 });
    expect((await opened(unit)).head).toBe('v2');
  });

  it('finds what a killed run wrote and did not enter', async () => {
    await sql`delete from preservation.conversion where unit_id = ${unit} and state = 'made'`.execute(
      s.house.db.owner,
    );
    expect(await convert()).toMatchObject({ converted: 1, failed: 0 });
    expect((await opened(unit)).head).toBe('v2');
  });

  it('says what is not performed for want of a tool', async () => {
    const { formats: list } = await view();
    const wanting = list.filter((f) => f.hindrance !== null);
    expect((await convert()).notPerformed).toEqual(
      wanting.map((f) => ({ puid: f.puid, files: f.waiting, why: f.hindrance })),
    );
  });
});

describe('a decision', () => {
  const decide = (subject: string, policy: 'keep' | 'migrate' | null, reason = '馆务会议决定') =>
    formats.decide(keeper, { archiveId: s.house.county, subject, risk: null, policy, reason });

  it('counts at once, is told in the trail, and stays as history', async () => {
    await decide('fmt/567', 'keep');
    await decide('fmt/567', null, '撤回');
    const history = await formats.history(keeper, {
      archiveId: s.house.county,
      subject: 'fmt/567',
      limit: 10,
    });
    expect(history.map((d) => [d.policy, d.reason])).toEqual([
      [null, '撤回'],
      ['keep', '馆务会议决定'],
    ]);
    const acts = await sql<{
      act: string;
    }>`select act from audit.entry where act like 'format.%' order by id`.execute(s.house.db.owner);
    expect(acts.rows.map((a) => a.act)).toEqual(['format.decided', 'format.decisionTakenBack']);
  });

  it('is refused without a reason, and on what is no format', async () => {
    await expect(decide('fmt/567', 'keep', ' ')).rejects.toMatchObject({ code: 'format.reason' });
    await expect(decide('pictures', 'keep')).rejects.toMatchObject({ code: 'format.subject' });
    await expect(decide('fmt/353', 'migrate')).rejects.toMatchObject({ code: 'format.archival' });
  });
});

describe('a rebuild', () => {
  it('brings back what was converted, told and decided; what failed is tried again', async () => {
    const { db, clock } = s.house;
    const preservation = s.preservation;
    await segmentsOver(db, clock, preservation, s.folder).flush();
    const before = await dumpOf(db, ['preservation.event']);
    const fresh = await freshDatabase();
    const empty = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 4 });
    try {
      const segments = segmentsOver(empty, clock, preservation, s.folder);
      const done = await rebuildOver(empty, clock, { preservation, segments });
      expect(done.troubles.first).toEqual([]);
      const after = await dumpOf(empty, ['preservation.event']);
      const made = before.get('preservation.conversion')!.filter((line) => line.includes('"made"'));
      expect(made).toHaveLength(1);
      expect(after.get('preservation.conversion')).toEqual(made);
      for (const table of ['content', 'event', 'format_decision', 'format_tally'])
        expect(after.get(`preservation.${table}`)).toEqual(before.get(`preservation.${table}`));
      expect(before.get('preservation.format_decision')).toHaveLength(2);
    } finally {
      await empty.close();
      await fresh.drop();
    }
  });
});
