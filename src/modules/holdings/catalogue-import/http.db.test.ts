import { writeFile } from 'node:fs/promises';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import type { App } from '#kernel/http/route';
import { silentLog } from '#kernel/log';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type ImportBench, importBench } from '../../../../test/support/imports.ts';
import { registerUnitExport } from '../httpExport.ts';
import { registerImportRoutes } from './http.ts';

let house: SmallHouse;
let bench: ImportBench;
let archivist: Actor;
let app: App;

beforeAll(async () => {
  house = await smallHouse();
  bench = await importBench(house.db);
  archivist = house.person(ALL, house.county);
  const logger: FastifyBaseLogger = silentLog;
  app = fastify({ loggerInstance: logger })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>();
  app.decorateRequest('actor', { getter: () => archivist });
  registerImportRoutes(app, bench);
  registerUnitExport(app, house.holdings);
  await app.ready();
});
afterAll(async () => {
  await app.close();
  await bench.close();
  await house.close();
});

const get = async (url: string) => {
  const r = await app.inject({ url });
  expect(r.statusCode, r.body).toBe(200);
  return r.json();
};

describe('the routes of the import wizard', () => {
  it('lead from columns over a check to problems, rejects and the list', async () => {
    const path = await bench.file('目录.csv', '编号,题名,日期,其他\nJ201-1,甲,2003,x\nJ201-2,,旧历,y\n');
    const id = await bench.imports.createFromFile(archivist, {
      archiveId: house.county,
      path,
      fileName: '目录.csv',
    });
    const draft = await get(`/api/v1/imports/${id}`);
    expect(draft).toMatchObject({ state: 'draft', fileName: '目录.csv', format: 'csv', encoding: 'utf-8' });
    expect(draft.sheets[0].columns.map((c: { field: string | null }) => c.field)).toEqual([
      'referenceCode',
      'title',
      'date',
      null,
    ]);

    const mapped = await app.inject({
      method: 'PUT',
      url: `/api/v1/imports/${id}/mapping`,
      payload: {
        sheets: [{ name: '', columns: [{ index: 3, field: 'note' }] }],
        options: { defaultYear: 2001 },
        saveProfileAs: '县目录',
      },
    });
    expect(mapped.statusCode, mapped.body).toBe(200);
    expect(mapped.json().sheets[0].columns[3]).toMatchObject({ field: 'note', reason: 'person' });
    expect((await get(`/api/v1/archives/${house.county}/import-profiles`)).items).toHaveLength(1);

    expect((await app.inject({ method: 'POST', url: `/api/v1/imports/${id}/check` })).statusCode).toBe(202);
    expect((await get(`/api/v1/imports/${id}`)).state).toBe('checking');
    await bench.imports.goOn(archivist, id);
    const checked = await get(`/api/v1/imports/${id}`);
    expect(checked).toMatchObject({ state: 'checked', counts: { total: 2, accepted: 1, rejected: 1 } });
    expect(checked.problems[0]).toMatchObject({
      code: 'title.missing',
      count: 1,
      message: '没有题名。请补上题名后再导入。',
    });

    const problems = await get(`/api/v1/imports/${id}/problems?code=date.unreadable`);
    expect(problems).toMatchObject({
      next: null,
      items: [{ row: 3, column: '日期', value: '旧历', rejected: true }],
    });
    const workbook = await app.inject({ url: `/api/v1/imports/${id}/rejects.xlsx` });
    expect(workbook.statusCode).toBe(200);
    expect(workbook.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await get(`/api/v1/imports?archive=${house.county}`)).items).toHaveLength(1);
    expect((await get('/api/v1/import-fields')).items.length).toBeGreaterThan(40);
  });

  it('take an import back whole: what it added goes, what it changed is as it was, what others changed since stays', async () => {
    const bring = async (name: string, text: string, options: object) => {
      const path = await bench.file(name, text);
      const id = await bench.imports.createFromFile(archivist, {
        archiveId: house.county,
        path,
        fileName: name,
      });
      const put = await app.inject({
        method: 'PUT',
        url: `/api/v1/imports/${id}/mapping`,
        payload: { options },
      });
      expect(put.statusCode, put.body).toBe(200);
      expect((await app.inject({ method: 'POST', url: `/api/v1/imports/${id}/run` })).statusCode).toBe(202);
      await bench.imports.goOn(archivist, id);
      return id;
    };
    const held = async () =>
      (
        await sql<{ id: string; code: string; title: string; creator: string | null; version: number }>`
          select id, reference_code as code, title, creator, version from holdings.unit
          where reference_code like 'J203-%' order by reference_code`.execute(house.db.owner)
      ).rows;
    await bring('先.csv', '档号,题名,责任者\nJ203-1,甲,县委\nJ203-2,乙,县委\n', {});
    const id = await bring(
      '改.csv',
      '档号,题名,责任者\nJ203-1,甲改,县府\nJ203-2,乙改,县府\nJ203-3,丙,县府\n',
      { existing: 'update' },
    );
    expect((await get(`/api/v1/imports/${id}`)).counts).toMatchObject({ accepted: 1, updated: 2 });
    const second = (await held())[1]!;
    await house.holdings.correctUnit(archivist, second.id, second.version, { title: '乙再改' });

    const asked = await app.inject({
      method: 'POST',
      url: `/api/v1/imports/${id}/take-back`,
      payload: { reason: '送错了表' },
    });
    expect(asked.statusCode, asked.body).toBe(202);
    expect((await get(`/api/v1/imports/${id}`)).state).toBe('takingBack');
    await bench.imports.kind.run({
      id: 'job',
      data: {
        importId: id,
        act: 'takeBack',
        actor: { id: archivist.id, name: archivist.name },
        reason: '送错了表',
      },
      attempt: 1,
      signal: new AbortController().signal,
      progress: () => {},
    });
    expect(await get(`/api/v1/imports/${id}`)).toMatchObject({
      state: 'takenBack',
      takenBack: { reason: '送错了表', removed: 1, kept: 0, left: 1 },
    });
    expect(await held()).toMatchObject([
      { code: 'J203-1', title: '甲', creator: '县委' },
      { code: 'J203-2', title: '乙再改', creator: '县委' },
    ]);
  });

  it('lets an option be emptied', async () => {
    const path = await bench.file('缺省.csv', '编号,题名\n1,甲\n');
    const id = await bench.imports.createFromFile(archivist, {
      archiveId: house.county,
      path,
      fileName: '缺省.csv',
    });
    const put = async (options: object) =>
      (await app.inject({ method: 'PUT', url: `/api/v1/imports/${id}/mapping`, payload: { options } })).json()
        .options;
    expect(await put({ defaultFondsName: '某局' })).toMatchObject({
      defaultFondsName: '某局',
      codes: 'whole',
    });
    expect(await put({ defaultFondsName: '', defaultCategory: '' })).not.toHaveProperty('defaultFondsName');
  });
});

describe('imports left on their way', () => {
  it('are found by who began them, a file begun anew once, and nobody else', async () => {
    const other = house.person(ALL, house.county);
    const path = await bench.file('草稿.csv', '编号,题名\nD1,甲\n');
    const begin = () =>
      bench.imports.createFromFile(archivist, { archiveId: house.county, path, fileName: '草稿.csv' });
    await begin();
    const again = await begin();
    const named = async (who: Actor) =>
      (await bench.imports.drafts(who, 20))
        .filter((d) => d.fileName === '草稿.csv')
        .map((d) => [d.id, d.state]);
    expect(await named(archivist)).toEqual([[again, 'draft']]);
    expect(await named(other)).toEqual([]);
    await bench.imports.workNow(archivist, again, 'check');
    expect(await named(archivist)).toEqual([[again, 'checked']]);
    await bench.imports.workNow(archivist, again, 'run');
    expect(await named(archivist)).toEqual([]);
  });
});

describe('a table taken out and in again', () => {
  it.each(['zh-CN', 'zh-TW', 'en'])(
    'says that nothing changed, its days and page images too (%s)',
    async (lang) => {
      const n = ['zh-CN', 'zh-TW', 'en'].indexOf(lang) + 1;
      const first = await bench.file(
        '目录.csv',
        `档号,题名,责任者,日期,保管期限,密级,备注\nJ30${n}-WS·2003·Y-0001,甲,县府,20030501,永久,公开,附图\nJ30${n}-WS·2003·D30-0002,乙,,2003,30年,,\nJ30${n}-WS·2003·D30-0003,丙,,,,,\n`,
      );
      const bring = async (path: string) => {
        const id = await bench.imports.createFromFile(archivist, {
          archiveId: house.county,
          path,
          fileName: path,
        });
        await bench.imports.workNow(archivist, id, 'run');
        return get(`/api/v1/imports/${id}`);
      };
      await bring(first);
      await sql`update holdings.unit set access_status = 'open', opens_on = '2031-01-01', embargo_until = '2032-01-01'
      where reference_code like ${`J30${n}%1`}`.execute(house.db.owner);
      const out = await app.inject({
        url: `/api/v1/archives/${house.county}/units.xlsx?lang=${lang}&code=${encodeURIComponent(`J30${n}`)}`,
      });
      expect(out.statusCode).toBe(200);
      const path = await bench.file(`catalogue-${n}.xlsx`, '');
      await writeFile(path, out.rawPayload);
      const again = await bring(path);
      expect(again.sheets[0].columns.filter((c: { field: string | null }) => c.field === null)).toEqual([]);
      expect(again.counts).toMatchObject({ accepted: 0, rejected: 0 });
      expect(again.counts.unchanged).toBeGreaterThanOrEqual(3);
    },
  );
});
