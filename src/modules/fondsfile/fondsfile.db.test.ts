import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, publicActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { uploaded } from '../transfer/testing/handover.ts';
import type { FondsFiles } from './index.ts';

let kept: KeptHouse;
let files: FondsFiles;
let keeper: Actor;
let fonds: string;

beforeAll(async () => {
  kept = await keptHouse();
  files = kept.house.fondsFiles;
  keeper = kept.keeper;
  fonds = kept.fonds;
});
afterAll(() => kept.close());

const code = (c: string) => ({ code: c });
const paper = (title: string, more: object = {}) => ({
  heading: 'arrangement' as const, title, dated: null, author: null, body: null, uploadIds: [], removeFiles: [], ...more,
}); // biome-ignore format: a table of fields
async function upload(name: string, words: string): Promise<string> {
  const path = join(kept.folder, name);
  await writeFile(path, words);
  await mkdir(kept.house.staging.folder, { recursive: true });
  return uploaded(kept.house.staging.folder, keeper, path, name);
}

describe('the file of a fonds', () => {
  it('holds documents with files under its headings, by their dates', async () => {
    const id = await files.add(
      keeper,
      fonds,
      paper('整理方案', {
        dated: '2024-03',
        body: '按问题整理。',
        uploadIds: [await upload('方案.txt', '甲')],
      }),
    );
    await files.add(keeper, fonds, paper('全宗指南', { heading: 'introduction', dated: '2019' }));
    const { documents, allowed } = await files.read(keeper, fonds);
    expect(documents.map((d) => [d.heading, d.title, d.dated])).toEqual([
      ['introduction', '全宗指南', '2019'],
      ['arrangement', '整理方案', '2024-03'],
    ]);
    expect(allowed.write).toBe(true);
    const [file] = documents[1]!.files;
    expect(
      await text((await files.openFile(keeper, { fondsId: fonds, id, fileId: file!.id })).content()),
    ).toBe('甲');
    await files.correct(
      keeper,
      { fondsId: fonds, id, version: 1 },
      paper('整理方案（修订）', { uploadIds: [await upload('新.txt', '乙')], removeFiles: [file!.id] }),
    );
    const after = (await files.read(keeper, fonds)).documents.find((d) => d.id === id)!;
    expect([after.title, after.version, after.files.map((f) => f.name)]).toEqual([
      '整理方案（修订）',
      2,
      ['新.txt'],
    ]);
    await expect(
      files.correct(keeper, { fondsId: fonds, id, version: 1 }, paper('旧')),
    ).rejects.toMatchObject(code('fondsFile.changed'));
    await files.tidy();
    await files.takeOut(keeper, { fondsId: fonds, id, version: 2 });
    expect((await files.read(keeper, fonds)).documents.map((d) => d.title)).toEqual(['全宗指南']);
  });

  it('is the archive\u2019s own: nobody else reads it, and nothing classified gets in', async () => {
    const id = await files.add(keeper, fonds, paper('内部'));
    const limited: Actor = { ...kept.person('库房'), posts: [] };
    for (const who of [publicActor(), limited]) {
      await expect(files.read(who, fonds)).rejects.toMatchObject(code('fonds.notFound'));
      await expect(files.openFile(who, { fondsId: fonds, id, fileId: id })).rejects.toMatchObject(
        code('fonds.notFound'),
      );
      await expect(files.add(who, fonds, paper('x'))).rejects.toMatchObject(code('fonds.notFound'));
    }
    const reader = kept.person('阅览', ['holdings.read']);
    expect((await files.read(reader, fonds)).allowed.write).toBe(false);
    await expect(files.add(reader, fonds, paper('x'))).rejects.toMatchObject(code('actor.forbidden'));
    await expect(files.add(keeper, fonds, paper('【机密】清单'))).rejects.toMatchObject(
      code('fondsFile.marked'),
    );
    await expect(
      files.add(keeper, fonds, paper('甲', { uploadIds: [await upload('【机密】表.txt', '丙')] })),
    ).rejects.toMatchObject(code('record.secret'));
    await expect(files.add(keeper, fonds, paper('甲', { dated: '2024-13' }))).rejects.toMatchObject(
      code('fondsFile.dated'),
    );
  });

  it('tells what the house itself knows: handovers and imports of this fonds', async () => {
    const agency = await kept.house.holdings.addAgency(keeper, {
      archiveId: kept.archive,
      code: 'A01',
      name: '县民政局',
    });
    await sql`update holdings.fonds set agency_id = ${agency} where id = ${fonds}`.execute(kept.db.owner);
    await sql`insert into transfer.batch (id, archive_id, agency_id, agency_code, agency_name, number, title, state, entries, prepared_by,
        prepared_by_name, prepared_at, created_at, moved_at)
      select gen_random_uuid(), ${kept.archive}, ${agency}, 'A01', '县民政局', 'YJ-' || s, s, s, 7, gen_random_uuid(), '某人', now(), now(), '2025-06-01T02:00:00Z'
      from unnest(array['accepted', 'returned']) as s`.execute(kept.db.owner);
    await sql`insert into holdings.import (id, archive_id, file_name, file_path, file_sha256, format, state, sheets, options, counts, created_at,
        created_by_name, finished_at)
      select gen_random_uuid(), ${kept.archive}, n || '.xlsx', 'x', 'x', 'xlsx', 'done', '[]', jsonb_build_object('defaultFonds', n),
        '{"accepted": 12}', now(), '某人', '2024-01-31T20:00:00Z' from unnest(array['J019', 'J020']) as n`.execute(
      kept.db.owner,
    );
    const receiving = kept.person('接收', ['holdings.read', 'filing.read', 'import.run']);
    const { lines } = await files.read(receiving, fonds);
    // Handovers are told to those who see what agencies file.
    expect((await files.read(keeper, fonds)).lines.map((l) => l.kind)).toEqual(['import']);
    expect(lines.map((l) => [l.heading, l.kind, l.title, l.day, l.records])).toEqual([
      ['informatisation', 'import', 'J019.xlsx', '2024-02-01', 12],
      ['acquisition', 'handover', 'accepted', '2025-06-01', 7],
    ]);
  });
});
