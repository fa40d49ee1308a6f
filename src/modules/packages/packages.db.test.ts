import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBag } from '#formats/bagit';
import { judge } from '#formats/judging';
import { writeZip } from '#formats/tree';
import { type Actor, systemActor } from '#kernel/actor';
import { createDigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { inspectFile } from '#modules/digitisation';
import { keptHouse } from '../../../test/support/keptHouse.ts';
import { rawZip } from '../../formats/tree/testing/rawZip.ts';
import { createPackages, type PackagesDeps } from './index.ts';

type Kept = Awaited<ReturnType<typeof keptHouse>>;
const system: Actor = systemActor('test');
const pool = createDigestPool(1);
let from: Kept;
let out: string;

/** What the catalogue and the store hold, by what people know it by: ids of fonds and times of entering differ. */
async function holdings({ db, house, archive }: Kept) {
  const rows = await sql<
    Record<string, unknown>
  >`select u.id, f.number as fonds, f.name as "fondsName", f.history, g.code as agency,
      u.parent_id, u.level, u.position, u.reference_code, u.sort_key, u.match_key, u.title, u.creator, u.doc_no, u.date_text,
      u.date_from, u.date_to, u.category, u.year, u.retention, u.classification, u.access_status, u.opens_on, u.embargo_until,
      u.pages, u.description, u.child_count, u.page_count, u.object_id,
      (select json_agg(json_build_array(a.code, a.basis, a.actor_name, a.at) order by a.code) from holdings.code_alias a where a.unit_id = u.id) as codes,
      (select json_agg(json_build_array(c.ordinal, c.original_name, c.media_type, c.bytes, c.sha256, c.sha512) order by c.ordinal)
        from preservation.content c where c.unit_id = u.id) as content
    from holdings.unit u join holdings.fonds f on f.id = u.fonds_id left join holdings.agency g on g.id = f.agency_id
    where u.archive_id = ${archive} order by u.id`.execute(db.owner);
  const bytes: Record<string, string> = {};
  for (const { id, content } of rows.rows)
    for (const file of await house.preservation.contents(system, String(id))) {
      if (content === null) continue;
      const chunks: Buffer[] = [];
      for await (const c of await house.preservation.verified(file)) chunks.push(c as Buffer);
      bytes[`${id} ${file.ordinal}`] = Buffer.concat(chunks).toString('utf8');
    }
  return { rows: rows.rows, bytes };
}

const depsOf = (kept: Kept): PackagesDeps => ({
  ...{ db: kept.db, clock: kept.house.clock, audit: kept.house.audit, digests: pool },
  ...{ holdings: kept.house.holdings, preservation: kept.house.preservation, inspect: inspectFile },
  wantText: kept.house.digitisation.wantText,
  scratch: join(kept.folder, 'scratch'),
});

const acts = async ({ db }: Kept) =>
  (
    await sql<{ act: string }>`select act from audit.entry where act like 'package.%' order by id`.execute(
      db.owner,
    )
  ).rows.map((r) => r.act);

beforeAll(async () => {
  from = await keptHouse();
  out = join(from.folder, 'out');
  await mkdir(out);
  const { house, archive, keeper, db } = from;
  const agencyId = await house.holdings.addAgency(keeper, {
    archiveId: archive,
    code: 'A01',
    name: '县文化局',
  });
  const second = await house.holdings.addFonds(keeper, {
    ...{ archiveId: archive, number: 'J020', name: '县文化局', history: '1950年成立', agencyId },
  });
  const series = await house.holdings.createUnit(keeper, {
    fondsId: second.id,
    level: 'series',
    title: '文书',
  });
  const file = await house.holdings.createUnit(keeper, {
    ...{
      fondsId: second.id,
      parentId: series,
      level: 'file',
      title: '会议记录',
      referenceCode: 'J020-WS·1958-0001',
    },
    ...{ date: '1958.03', retention: 'Y', description: { abstract: '全县"文化"工作\n会议', boxNo: '7' } },
  });
  for (const n of ['b', 'a'])
    await house.holdings.createUnit(keeper, { fondsId: second.id, parentId: file, title: `第${n}件` });
  await sql`update holdings.unit set access_status = 'open', opens_on = '2030-01-01' where id = ${file}`.execute(
    db.owner,
  );
  await sql`update holdings.unit set access_status = 'restricted', embargo_until = '2031-05-01',
    description = description || '{"extra":{"旧号":"12"}}' where id = ${series}`.execute(db.owner);
  await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, actor_name)
    values (${archive}, '20-1-1', ${file}, '改号', '王某')`.execute(db.owner);
  await from.hold([
    { code: 'J019-WS·2003·D10-0001', title: '通知', text: '关于发放救济粮的通知' },
    { code: 'J019-WS·2003·D10-0002', title: '报告', text: '关于水利的报告' },
  ]);
}, 120_000);
afterAll(async () => {
  await from.close();
  await pool.close();
});

describe('bags', () => {
  it('carry everything: exported, taken into an empty house, the same holdings; in any wrapper, and once alone', {
    timeout: 120_000,
  }, async () => {
    const to = await keptHouse();
    try {
      for (const [i, name] of ['whole', 'whole.zip', 'whole.tar'].entries()) {
        const target = join(out, name);
        const exported = await from.house.packages.export(system, { id: '990111', kind: 'bag', target });
        expect(exported).toMatchObject({ entries: 6, files: 2, leftOut: 0, withoutContent: 0 });
        expect(await judge(target, pool)).toMatchObject({ kind: 'bag', valid: true, findings: [] });
        const taken = await to.house.packages.ingest(system, { path: target, archive: '990111' });
        const fresh = i === 0 ? { newEntries: 6, newFiles: 2 } : { newEntries: 0, newFiles: 0 };
        expect(taken).toMatchObject({
          kind: 'bag',
          accepted: true,
          findings: [],
          entries: 6,
          files: 2,
          ...fresh,
        });
        expect(await holdings(to)).toEqual(await holdings(from));
      }
      expect(await acts(to)).toContain('package.ingested');
      const versions = to.house.preservation.repository.listVersions;
      for (const { object_id: id } of (await holdings(to)).rows)
        if (typeof id === 'string') expect(await versions(id)).toHaveLength(2);
    } finally {
      await to.close();
    }
  });

  it('keep what the package says of earlier events as a report in the object', {
    timeout: 60_000,
  }, async () => {
    const target = join(out, 'events.zip');
    await from.house.packages.export(system, {
      ...{ id: 'J019-WS·2003·D10-0001', archive: '990111', kind: 'bag', target },
    });
    const to = await keptHouse();
    try {
      const done = await to.house.packages.ingest(system, { path: target, archive: '990111' });
      expect(done).toMatchObject({ accepted: true, entries: 1, files: 1 });
      const [{ id } = { id: '' }] = (await holdings(to)).rows as { id: string }[];
      const { repository } = to.house.preservation;
      const object = await repository.getObject(`urn:uuid:${id}`);
      const reports = object.files().filter((f) => /^checks\/v2-package-/.test(f.logicalPath));
      expect(reports.length).toBeGreaterThan(1);
      const texts = await Promise.all(
        reports.map(async ({ logicalPath }) => {
          const { stream } = await repository.openFile(object, logicalPath, { verify: true });
          return Buffer.concat(await stream.toArray()).toString('utf8');
        }),
      );
      expect(texts.join('')).toContain('ingestion');
      expect(texts.join('')).toContain('not performed: the site has no scanner');
    } finally {
      await to.close();
    }
  });

  it('leave whole or not at all, and never over something', { timeout: 60_000 }, async () => {
    const deps = depsOf(from);
    const { repository } = deps.preservation;
    let opened = 0;
    const breaking = createPackages({
      ...deps,
      preservation: {
        ...deps.preservation,
        repository: {
          ...repository,
          openFile: (...asked) => {
            if (/^content\//.test(asked[1]) && ++opened === 2) throw new Error('the power went');
            return repository.openFile(...asked);
          },
        },
      },
    });
    const before = await readdir(out);
    const trail = await acts(from);
    for (const name of ['broken', 'broken.zip']) {
      opened = 0;
      const order = { id: '990111', kind: 'bag', target: join(out, name) } as const;
      await expect(breaking.export(system, order)).rejects.toThrow('the power went');
    }
    expect(await readdir(out)).toEqual(before);
    expect(await acts(from)).toEqual(trail);
    expect((await readdir(deps.scratch)).filter((n) => n.startsWith('package-export-'))).toEqual([]);
    await writeFile(join(out, 'there.zip'), 'mine');
    const over = { id: '990111', kind: 'bag', target: join(out, 'there.zip') } as const;
    await expect(from.house.packages.export(system, over)).rejects.toMatchObject({
      code: 'export.goalExists',
    });
    expect(await readFile(join(out, 'there.zip'), 'utf8')).toBe('mine');
  });

  it('broken off on the way in go on where they were', { timeout: 60_000 }, async () => {
    const target = join(out, 'broken-in.zip');
    await from.house.packages.export(system, { id: '990111', kind: 'bag', target });
    const to = await keptHouse();
    try {
      const deps = depsOf(to);
      let held = 0;
      const breaking = createPackages({
        ...deps,
        preservation: {
          ...deps.preservation,
          hold: async (...asked) => {
            const done = await deps.preservation.hold(...asked);
            if (++held === 1) throw new Error('the power went');
            return done;
          },
        },
      });
      const order = { path: target, archive: '990111' };
      await expect(breaking.ingest(system, order)).rejects.toThrow('the power went');
      expect((await holdings(to)).rows.length).toBeLessThan(6);
      expect(await to.house.packages.ingest(system, order)).toMatchObject({ accepted: true, newFiles: 1 });
      expect(await holdings(to)).toEqual(await holdings(from));
    } finally {
      await to.close();
    }
  });
});

describe('a package that is wrong', () => {
  async function nothingEntered(to: Kept, path: string, code: string) {
    const refused = await to.house.packages.ingest(system, { path, archive: '990111', fonds: 'J077' });
    expect(refused).toMatchObject({ accepted: false });
    expect(refused.findings.filter((f) => f.severity === 'error').map((f) => f.code)).toContain(code);
    expect((await holdings(to)).rows).toEqual([]);
    expect(
      (await to.house.holdings.fondsList(system, { archiveId: to.archive, limit: 10 })).items,
    ).toHaveLength(1);
  }

  it('is refused whole and enters nothing', { timeout: 120_000 }, async () => {
    const to = await keptHouse();
    try {
      const altered = join(out, 'altered');
      await from.house.packages.export(system, { id: '990111', kind: 'bag', target: altered });
      await appendFile(join(altered, 'metadata/lantai/lists/units-00001.jsonl'), '\n');
      await nothingEntered(to, altered, 'bag.digest');

      const escaping = join(out, 'escaping.zip');
      await writeFile(
        escaping,
        rawZip([
          { name: 'b/bagit.txt', content: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' },
          { name: '../../escaped.txt', content: 'x' },
        ]),
      );
      await nothingEntered(to, escaping, 'tree.pathEscape');

      const unknown = join(out, 'unknown.zip');
      await writeZip(unknown, [{ path: 'nothing/at-all.txt', content: 'x' }]);
      await nothingEntered(to, unknown, 'ingest.notRecognised');

      const about = {
        format: 'lantai consignment',
        version: 1,
        archive: { code: '990111', name: 'x' },
        title: 'x',
      };
      const bagOf = async (name: string, units: readonly object[], files: readonly object[] = []) => {
        const path = join(out, name);
        const lines = (all: readonly object[]) => all.map((l) => `${JSON.stringify(l)}\n`).join('');
        await writeBag(path, {
          ...{ wrapper: 'zip', name: 'b', date: new Date(0), files: [{ path: 'x.txt', content: 'x' }] },
          tagFiles: [
            {
              path: 'metadata/lantai/package.json',
              content: JSON.stringify({
                ...about,
                lists: ['fonds-1.jsonl', 'units-1.jsonl', 'files-1.jsonl'],
              }),
            },
            { path: 'metadata/lantai/lists/fonds-1.jsonl', content: lines([{ number: 'J099', name: '某' }]) },
            { path: 'metadata/lantai/lists/units-1.jsonl', content: lines(units) },
            { path: 'metadata/lantai/lists/files-1.jsonl', content: lines(files) },
          ],
        });
        return path;
      };
      const unit = (key: string, row: object, parent: string | null = null) => ({
        ...{ key, parent, fonds: 'J099', formerCodes: [], row: { title: '某', level: 'file', ...row } },
      });
      await nothingEntered(to, await bagOf('level.zip', [unit('1', { level: 'box' })]), 'ingest.entry');
      await nothingEntered(
        to,
        await bagOf('secret.zip', [unit('1', { classification: '机密' })]),
        'ingest.entry',
      );
      await nothingEntered(to, await bagOf('parent.zip', [unit('1', {}, '2')]), 'ingest.place');
      await nothingEntered(
        to,
        await bagOf('fonds.zip', [{ ...unit('1', {}), fonds: 'J098' }]),
        'ingest.fonds',
      );
      await nothingEntered(to, await bagOf('lines.zip', [unit('1', { position: '../..' })]), 'ingest.entry');
      const file = { unit: '1', name: 'x.txt', bytes: 1, sha512: '0'.repeat(128) };
      const lying = await bagOf('lying.zip', [unit('1', {})], [{ ...file, path: 'x.txt' }]);
      await nothingEntered(to, lying, 'ingest.otherFile');
      const climbing = await bagOf('climbing.zip', [unit('1', {})], [{ ...file, path: '../../etc/passwd' }]);
      await nothingEntered(to, climbing, 'ingest.missingFile');

      const infected = createPackages({ ...depsOf(to), scan: async () => 'EICAR' });
      const sound = join(out, 'whole.zip');
      const found = await infected.ingest(system, { path: sound, archive: '990111' });
      expect(found).toMatchObject({
        accepted: false,
        findings: [{ code: 'ingest.infected' }, { code: 'ingest.infected' }],
      });
      expect((await holdings(to)).rows).toEqual([]);
    } finally {
      await to.close();
    }
  });

  it('bears a code that another entry bears: refused before anything is entered', {
    timeout: 60_000,
  }, async () => {
    const to = await keptHouse();
    try {
      await to.hold([{ code: 'J019-WS·2003·D10-0002', title: '别的', text: '别的' }]);
      const refused = await to.house.packages.ingest(system, {
        path: join(out, 'whole.zip'),
        archive: '990111',
      });
      expect(refused).toMatchObject({ accepted: false, findings: [{ code: 'ingest.taken' }] });
      expect((await holdings(to)).rows).toHaveLength(1);
      const other = await keptHouse();
      try {
        await other.hold([{ code: '20-1-1', title: '别的', text: '别的' }]);
        const former = await other.house.packages.ingest(system, {
          path: join(out, 'whole.zip'),
          archive: '990111',
        });
        expect(former).toMatchObject({
          accepted: false,
          findings: [{ code: 'ingest.taken', path: '20-1-1' }],
        });
        expect((await holdings(other)).rows).toHaveLength(1);
      } finally {
        await other.close();
      }
    } finally {
      await to.close();
    }
  });
});

describe('who may', () => {
  it('takes out and in what posts allow: nothing without them, no opening by one person alone', {
    timeout: 60_000,
  }, async () => {
    const reader = from.person('赵某', ['holdings.read', 'content.read']);
    const target = join(out, 'forbidden.zip');
    await expect(
      from.house.packages.export(reader, { id: '990111', kind: 'bag', target }),
    ).rejects.toBeInstanceOf(Refusal);
    const clerk = from.person('钱某', ['holdings.read', 'content.export']);
    const bare = await from.house.packages.export(clerk, {
      id: '990111',
      kind: 'bag',
      target: join(out, 'bare.zip'),
    });
    expect(bare).toMatchObject({ files: 0, withoutContent: 2 });

    const to = await keptHouse();
    try {
      const path = join(out, 'whole.zip');
      const stranger = to.person('孙某', ['holdings.read']);
      await expect(to.house.packages.ingest(stranger, { path, archive: '990111' })).rejects.toMatchObject({
        code: 'actor.forbidden',
      });
      expect(await to.house.packages.ingest(to.keeper, { path, archive: '990111' })).toMatchObject({
        accepted: true,
      });
      const statuses = (await holdings(to)).rows.map((r) => r.access_status);
      expect(statuses).not.toContain('open');
      expect(statuses).toContain('restricted');
    } finally {
      await to.close();
    }
  });
});

describe('a bag of another product', () => {
  it('comes in as an entry with one for each folder; equal files in two folders are two', {
    timeout: 60_000,
  }, async () => {
    const path = join(out, 'foreign.tar');
    await writeBag(path, {
      ...{ wrapper: 'tar', name: 'foreign', date: new Date(0) },
      info: [
        ['External-Description', '移交材料'],
        ['Contact-Name', '某'],
      ],
      files: [
        { path: 'a/1.txt', content: '同', bytes: 3 },
        { path: 'b/1.txt', content: '同', bytes: 3 },
        { path: 'b/2.bin', content: Buffer.from([0, 1, 2]), bytes: 3 },
      ],
    });
    const to = await keptHouse();
    try {
      const order = { path, archive: '990111' };
      expect(await to.house.packages.ingest(system, order)).toMatchObject({
        ...{ accepted: false, findings: [{ code: 'ingest.fondsWanted' }] },
      });
      const done = await to.house.packages.ingest(system, { ...order, fonds: 'J077' });
      expect(done).toMatchObject({ accepted: true, entries: 3, files: 3, newFiles: 3 });
      const { rows } = await holdings(to);
      expect(
        rows.map((r) => [r.level, r.title, (r.content as unknown[] | null)?.length ?? 0]).sort(),
      ).toEqual([
        ['file', '移交材料', 0],
        ['item', 'a', 1],
        ['item', 'b', 2],
      ]);
      expect(await to.house.packages.ingest(system, { ...order, fonds: 'J077' })).toMatchObject({
        ...{ accepted: true, newEntries: 0, newFiles: 0 },
      });
    } finally {
      await to.close();
    }
  });
});
