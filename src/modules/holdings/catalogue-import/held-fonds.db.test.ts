import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type ImportBench, importBench } from '../../../../test/support/imports.ts';
import type { ImportOptions } from './types.ts';

let house: SmallHouse;
let bench: ImportBench;
let archivist: Actor;

beforeAll(async () => {
  house = await smallHouse();
  bench = await importBench(house.db);
  archivist = house.person(ALL, house.county);
});
afterAll(async () => {
  await bench.close();
  await house.close();
});

async function work(name: string, text: string, options: ImportOptions, mode: 'check' | 'run') {
  const path = await bench.file(name, text);
  const id = await bench.imports.createFromFile(archivist, { archiveId: house.county, path, fileName: name });
  await bench.imports.setMapping(archivist, id, { options });
  await bench.imports.workNow(archivist, id, mode);
  return bench.imports.read(archivist, id);
}
const takeBack = async (id: string) => {
  await bench.imports.workNow(archivist, id, 'takeBack', { reason: '试导' });
  return bench.imports.read(archivist, id);
};

interface Held {
  id: string;
  name: string;
  dates: string | null;
  history: string | null;
  scope: string | null;
  version: number;
}
async function fonds(number: string): Promise<Held> {
  const r = await sql<Held>`select id, name, dates, history, scope, version from holdings.fonds
    where archive_id = ${house.county} and number = ${number}`.execute(house.db.owner);
  return r.rows[0]!;
}
async function acts(id: string): Promise<{ before: object; after: object }[]> {
  const r = await sql<{ detail: { before: object; after: object } }>`select detail from audit.entry
    where act = 'fonds.corrected' and target_id = ${id} order by id`.execute(house.db.owner);
  return r.rows.map((x) => x.detail);
}

const add = (number: string, name: string, more: object = {}) =>
  house.holdings.addFonds(archivist, { archiveId: house.county, number, name, ...more });

/** As AtoM writes it: the fonds a row of its own. */
const list = (number: string, name: string, history: string, dates = '1950-1988') =>
  `identifier,title,levelOfDescription,eventDates,archivalHistory,scopeAndContent\n${number},${name},Fonds,${dates},${history},往来文书\n${number}-1,账册,File,1951,,\n`;

describe('a fonds that is held, and a file that says more of it', () => {
  it('is shown as it is and as it would be before anything happens, and stays as it is where the import neither updates nor merges', async () => {
    await add('K11', '磨坊', { dates: '1950' });
    const kept = await work('keep.csv', list('K11', '县磨坊', '公私合营后设立'), {}, 'check');
    expect(kept.problems.map((p) => p.code)).toContain('fonds.held');
    expect(kept.preview.rows).toEqual([]);
    const merged = await work('merge.csv', list('K11', '县磨坊', ''), { existing: 'merge' }, 'check');
    const { id } = await fonds('K11');
    expect(merged.preview.rows).toEqual([
      expect.objectContaining({
        does: 'merge',
        fondsId: id,
        unitId: null,
        code: 'K11',
        changes: [{ field: 'scope', before: '', after: '往来文书' }],
      }),
    ]);
    const updated = await work('update.csv', list('K11', '县磨坊', ''), { existing: 'update' }, 'check');
    expect(updated.preview.rows[0]?.changes).toEqual([
      { field: 'name', before: '磨坊', after: '县磨坊' },
      { field: 'dates', before: '1950', after: '1950-1988' },
      { field: 'scope', before: '', after: '往来文书' },
    ]);
    expect(updated.counts).toMatchObject({ total: 2, accepted: 1, updated: 1, unchanged: 0 });
    expect(updated.problems.map((p) => p.code)).not.toContain('fonds.held');
    expect(await fonds('K11')).toMatchObject({ name: '磨坊', dates: '1950', scope: null, version: 1 });
  });

  it('is put over, told in the trail, and given back but for what somebody wrote since', async () => {
    await add('K12', '酒厂', { dates: '1949', history: '私营作坊' });
    const file = list('K12', '县酒厂', '');
    const done = await work('wine.csv', file, { existing: 'update' }, 'run');
    expect(done.counts).toMatchObject({ total: 2, accepted: 1, updated: 1, rejected: 0 });
    const held = await fonds('K12');
    expect(held).toMatchObject({
      name: '县酒厂',
      dates: '1950-1988',
      history: '私营作坊',
      scope: '往来文书',
    });
    expect(await acts(held.id)).toEqual([
      {
        before: { name: '酒厂', dates: '1949', scope: null },
        after: { name: '县酒厂', dates: '1950-1988', scope: '往来文书' },
        import: done.id,
      },
    ]);
    const again = await work('again.csv', file, { existing: 'update' }, 'run');
    expect(again.counts).toMatchObject({ accepted: 0, updated: 0 });
    expect((await fonds('K12')).version).toBe(held.version);
    await house.holdings.correctFonds(archivist, held.id, held.version, { dates: '1950—1990' });
    const back = await takeBack(done.id);
    expect(back.takenBack).toMatchObject({ removed: 1, kept: 0, restored: 1, left: 1 });
    expect(await fonds('K12')).toMatchObject({
      name: '酒厂',
      dates: '1950—1990',
      history: '私营作坊',
      scope: null,
    });
    expect(await acts(held.id)).toHaveLength(3);
  });

  it('is filled where it is empty by an import that merges, its number in place of a name too', async () => {
    await add('K13', 'K13', { dates: '1960' });
    await work('merge2.csv', list('K13', '县盐场', '盐务局所属'), { existing: 'merge' }, 'run');
    expect(await fonds('K13')).toMatchObject({ name: '县盐场', dates: '1960', scope: '往来文书' });
    // A file that does not name it gives its number for a name, which is none.
    await work('bare.csv', list('K13', '', ''), { existing: 'update' }, 'run');
    expect(await fonds('K13')).toMatchObject({ name: '县盐场', dates: '1950-1988' });
  });

  it('is put over by finding aids alike', async () => {
    await add('K14', '旧名');
    const ead = `<?xml version="1.0" encoding="UTF-8"?>
<ead xmlns="http://ead3.archivists.org/schema/"><control><recordid>K14</recordid><filedesc><titlestmt><titleproper>指南</titleproper></titlestmt></filedesc>
<maintenancestatus value="new"/><maintenanceagency><agencyname>县馆</agencyname></maintenanceagency><maintenancehistory><maintenanceevent><eventtype value="created"/><eventdatetime>2020</eventdatetime><agenttype value="human"/><agent>甲</agent></maintenanceevent></maintenancehistory></control>
<archdesc level="fonds"><did><unitid>K14</unitid><unittitle>县粮食局</unittitle><unitdate>1950/1990</unitdate></did><bioghist><p>一九五〇年设立。</p></bioghist>
<dsc><c level="item"><did><unitid>K14-1</unitid><unittitle>通知</unittitle></did></c></dsc></archdesc></ead>`;
    const looked = await work('k14.xml', ead, { existing: 'update' }, 'check');
    expect(looked.preview.rows.map((r) => r.changes.map((c) => c.field))).toContainEqual(
      expect.arrayContaining(['name', 'history']),
    );
    const done = await work('k14b.xml', ead, { existing: 'update' }, 'run');
    expect(await fonds('K14')).toMatchObject({ name: '县粮食局', history: '一九五〇年设立。' });
    await takeBack(done.id);
    expect(await fonds('K14')).toMatchObject({ name: '旧名', history: null });
  });

  it('that is closed stays as it is', async () => {
    const { id } = await add('K15', '旧厂');
    await sql`update holdings.fonds set closed_at = now() where id = ${id}`.execute(house.db.owner);
    const file = list('K15', '新厂', '').split('\n').slice(0, 2).join('\n');
    const done = await work('closed.csv', file, { existing: 'update' }, 'run');
    expect(done.problems.map((p) => p.code)).toContain('fonds.held');
    expect(await fonds('K15')).toMatchObject({ name: '旧厂', version: 1 });
  });

  it('takes both of two imports that come at once, one after the other, and the later one is taken back to the earlier', async () => {
    await add('K16', '初名');
    const [one, two] = await Promise.all(
      ['甲名', '乙名'].map((name, n) =>
        work(`two${n}.csv`, list('K16', name, ''), { existing: 'update' }, 'run'),
      ),
    );
    const { id, name } = await fonds('K16');
    const [first, last] = name === '乙名' ? [one!, two!] : [two!, one!];
    expect((await acts(id)).map((a) => a.after)).toHaveLength(2);
    await takeBack(last.id);
    expect((await fonds('K16')).name).toBe(name === '乙名' ? '甲名' : '乙名');
    await takeBack(first.id);
    expect(await fonds('K16')).toMatchObject({ name: '初名', dates: null, scope: null });
  });
});
