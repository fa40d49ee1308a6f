import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSheets } from '#formats/sheets';
import type { Actor } from '#kernel/actor';
import { archivesScope, sql } from '#kernel/db';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type ImportBench, importBench } from '../../../../test/support/imports.ts';

let house: SmallHouse;
let bench: ImportBench;
let archivist: Actor;

beforeAll(async () => {
  house = await smallHouse();
  bench = await importBench(house.db);
  archivist = house.person(ALL, house.county, house.neighbour);
});
afterAll(async () => {
  await bench.close();
  await house.close();
});

const HEAD = '档号,题名,日期,密级,备注';
let files = 0;

async function draft(text: string, archiveId = house.county): Promise<string> {
  const path = await bench.file(`目录${files++}.csv`, text);
  return bench.imports.createFromFile(archivist, { archiveId, path, fileName: path });
}

async function bring(text: string, archiveId = house.county): Promise<string> {
  const id = await draft(text, archiveId);
  await bench.imports.workNow(archivist, id, 'run');
  return id;
}

const count = async (what: string): Promise<number> =>
  (await sql<{ n: number }>`${sql.raw(`select count(*)::int as n from ${what}`)}`.execute(house.db.owner))
    .rows[0]!.n;
const countsOf = async (id: string) => (await bench.imports.read(archivist, id)).counts;
const found = async (q: string) =>
  (await house.db.as(archivesScope([house.county, house.neighbour]), (tx) => find(tx, { q }))).total;

describe('an import', () => {
  it('writes entries, tells search, and leaves an audit entry that the rows can be proved against', async () => {
    const id = await bring(
      `${HEAD}\nJ101-WS·2003·Y-0001,关于修建石拱桥的请示,20030501,公开,\nJ101-WS·2003·Y-0002,关于修建石拱桥的批复,200306,,有附图\n`,
    );
    expect(await countsOf(id)).toMatchObject({ total: 2, accepted: 2, rejected: 0 });
    expect(await found('石拱桥')).toBe(2);
    const units = await sql<{ id: string; digest: string; fonds: string; childCount: number }>`
      select u.id, replace(u.import_digest::text, '-', '') as digest, f.number as fonds, f.child_count as "childCount"
      from holdings.unit u join holdings.fonds f on f.id = u.fonds_id where u.import_id = ${id} order by u.id`.execute(
      house.db.owner,
    );
    expect(units.rows.map((u) => [u.fonds, u.childCount])).toEqual([
      ['J101', 2],
      ['J101', 2],
    ]);
    const entry = await sql<{
      detail: { digest: string; count: number; firstId: string };
    }>`select detail from audit.entry
      where act = 'import.entriesAdded' and target_id = ${id}`.execute(house.db.owner);
    const proof = createHash('sha256')
      .update(units.rows.map((u) => `${u.id} ${u.digest}\n`).join(''))
      .digest('hex');
    expect(entry.rows).toHaveLength(1);
    expect(entry.rows[0]!.detail).toMatchObject({ digest: proof, count: 2, firstId: units.rows[0]!.id });
  });

  it('of the same file again changes nothing', async () => {
    const text = `${HEAD}\nJ102-WS·2003·Y-0001,甲,2003,,\n,没有档号的条目,2003,,\n,没有档号的条目,2003,,\n`;
    await bring(text);
    const before = [
      await count('holdings.unit'),
      await count('search.entry'),
      await count("audit.entry where act = 'import.entriesAdded'"),
    ];
    const again = await bring(text);
    expect(await countsOf(again)).toMatchObject({ total: 3, accepted: 0, rejected: 0, unchanged: 3 });
    expect([
      await count('holdings.unit'),
      await count('search.entry'),
      await count("audit.entry where act = 'import.entriesAdded'"),
    ]).toEqual(before);
  });

  it('leaves what is held under a code as it is, or replaces it where that was chosen', async () => {
    await bring(`${HEAD}\nJ103-WS·2003·Y-0001,原来的题名,2003,,\n`);
    const changed = `${HEAD}\nJ103-WS·2003·Y-0001,改过的题名,2003,,\n`;
    const kept = await bring(changed);
    expect(await countsOf(kept)).toMatchObject({ accepted: 0, rejected: 1, updated: 0 });
    expect((await bench.imports.problems(archivist, kept, { limit: 10 })).rows[0]).toMatchObject({
      row: 2, rejected: true, cells: ['J103-WS·2003·Y-0001', '改过的题名', '2003'], findings: [{ code: 'code.taken' }],
    }); // biome-ignore format: one row
    expect(await found('原来的题名')).toBe(1);

    const update = await draft(changed);
    await bench.imports.setMapping(archivist, update, { options: { existing: 'update' } });
    await bench.imports.workNow(archivist, update, 'run');
    expect(await countsOf(update)).toMatchObject({ accepted: 0, rejected: 0, updated: 1 });
    expect([await found('原来的题名'), await found('改过的题名')]).toEqual([0, 1]);
  });

  it('returns a row with a void number, when checked and when run, with the reason the number was withdrawn for', async () => {
    const other = `${HEAD}\nJ103-WS·2004·Y-0001,先来的一件,2004,,\n`;
    await bring(other);
    await sql`insert into holdings.code_void (archive_id, code, reason, actor_name) values
      (${house.county}, 'J103-WS·2004·Y-0002', '重号注销', '王某'), (${house.neighbour}, 'J103-WS·2004·Y-0003', '别馆之事', '李某')`.execute(
      house.db.owner,
    );
    const id = await draft(
      `${other}J103-WS·2004·Y-0002,用了空号的一件,2004,,\nJ103-WS·2004·Y-0003,后来的一件,2004,,\n`,
    );
    for (const act of ['check', 'run'] as const) {
      await bench.imports.workNow(archivist, id, act);
      expect(await countsOf(id)).toMatchObject({ accepted: 1, rejected: 1, unchanged: 1 });
      expect((await bench.imports.problems(archivist, id, { limit: 10 })).rows).toMatchObject([
        { row: 3, rejected: true, cells: ['J103-WS·2004·Y-0002', '用了空号的一件', '2004'],
          findings: [{ code: 'code.void', value: 'J103-WS·2004·Y-0002', params: { reason: '重号注销' } }] },
      ]); // biome-ignore format: one row
    }
    expect([await found('用了空号的一件'), await found('后来的一件')]).toEqual([0, 1]);
  });

  it('keeps nothing of rows with a secret mark, the file included', async () => {
    const id = await bring(
      `${HEAD}\nJ104-WS·2003·Y-0001,可以公开的事,2003,公开,\nJ104-WS·2003·Y-0002,绝不可外传的事,2003,机密★20年,\n`,
    );
    expect(await countsOf(id)).toMatchObject({ accepted: 1, rejected: 1 });
    const everything = await sql<{ all: string }>`select coalesce(string_agg(t::text, ''), '') as all from (
      select to_jsonb(f) as t from holdings.import_finding f where import_id = ${id}
      union all select to_jsonb(a) from audit.entry a union all select to_jsonb(u) from holdings.unit u) x`.execute(
      house.db.owner,
    );
    expect(everything.rows[0]!.all).not.toContain('绝不可外传');
    const imp = await bench.imports.read(archivist, id);
    expect(existsSync(join(bench.folder, 'imports', imp.filePath))).toBe(false);
    expect(JSON.stringify(imp.sheets)).not.toContain('绝不可外传');
  });

  it('sets a file with secret rows apart as soon as one is found, and goes on with it from there', async () => {
    const id = await draft(
      `${HEAD}\nJ106-WS·2003·Y-0001,可以公开的事,2003,公开,\nJ106-WS·2003·Y-0002,绝不可外传之三,2003,机密★20年,\n`,
    );
    await bench.imports.workNow(archivist, id, 'check');
    const apart = join(bench.folder, 'apart/reading', id);
    expect([existsSync(join(bench.folder, 'imports', id)), existsSync(apart)]).toEqual([false, true]);
    // Nobody takes over what is still to be read.
    await bench.imports.handOver();
    expect(existsSync(apart)).toBe(true);
    await bench.imports.workNow(archivist, id, 'run');
    expect(await countsOf(id)).toMatchObject({ accepted: 1, rejected: 1 });
    expect(existsSync(apart)).toBe(false);
    const { fileName } = await bench.imports.read(archivist, id);
    expect(bench.turned.map((t) => t.name)).toContain(fileName);
  });

  it('takes a mark in a title for what it is, and hands the file over to who deals with secrets', async () => {
    const id = await bring(
      `${HEAD}\nJ105-WS·2003·Y-0001,关于保守国家秘密的通知,2003,公开,\nJ105-WS·2003·Y-0002,【机密】绝不可外传之二,2003,,\n`,
    );
    expect(await countsOf(id)).toMatchObject({ accepted: 1, rejected: 1 });
    expect((await bench.imports.problems(archivist, id, { limit: 10 })).rows).toMatchObject([
      { row: 3, rejected: true, cells: null, findings: [{ code: 'classification.secret', value: '' }] },
    ]);
    const imp = await bench.imports.read(archivist, id);
    expect(JSON.stringify(imp.sheets)).not.toContain('绝不可外传');
    expect(existsSync(join(bench.folder, 'imports', imp.filePath))).toBe(false);
    expect(bench.turned.map((t) => [t.name, t.what])).toContainEqual([imp.fileName, 'classification']);
    await bench.imports.handOver();
    expect(bench.turned.filter((t) => t.path.includes(id)).length).toBe(1);
  });

  it('puts items under the volume whose code they carry, also one taken in before', async () => {
    await bring('全宗号,目录号,案卷号,案卷题名\nC105,001,002,救灾案卷\n');
    const id = await bring(
      '全宗号,目录号,案卷号,件号,题名\nC105,001,002,001,救灾报告\nC105,001,002,002,救灾名册\n',
    );
    const r = await sql<{
      title: string;
      parent: string;
      position: string;
    }>`select u.title, p.title as parent, u.position
      from holdings.unit u join holdings.unit p on p.id = u.parent_id where u.import_id = ${id} order by u.position`.execute(
      house.db.owner,
    );
    expect(r.rows.map((x) => [x.title, x.parent])).toEqual([
      ['救灾报告', '救灾案卷'],
      ['救灾名册', '救灾案卷'],
    ]);
    const volume = await sql<{
      n: number;
      level: string;
    }>`select child_count as n, level from holdings.unit where reference_code = 'C105-001-002'`.execute(
      house.db.owner,
    );
    expect(volume.rows).toEqual([{ n: 2, level: 'file' }]);
  });

  it('keeps the hierarchy of an AtoM file', async () => {
    const id = await bring(
      'legacyId,parentId,identifier,title,levelOfDescription,scopeAndContent\n1,,F106,The mill,Fonds,About the mill\n2,1,S1-106,Ledgers,Series,\n3,2,I1-106,Ledger of 1901,Item,\n',
    );
    expect(await countsOf(id)).toMatchObject({ accepted: 3, rejected: 0 });
    const r = await sql<{
      title: string;
      parent: string | null;
      fonds: string;
      scope: string;
    }>`select u.title, p.title as parent,
      f.name as fonds, f.scope from holdings.unit u join holdings.fonds f on f.id = u.fonds_id left join holdings.unit p on p.id = u.parent_id
      where u.import_id = ${id} order by u.id`.execute(house.db.owner);
    expect(r.rows).toEqual([
      { title: 'Ledgers', parent: null, fonds: 'The mill', scope: 'About the mill\nlegacyId: 1' },
      { title: 'Ledger of 1901', parent: 'Ledgers', fonds: 'The mill', scope: 'About the mill\nlegacyId: 1' },
    ]);
  });

  it('checks all rows without writing any', async () => {
    const before = await count('holdings.unit');
    const id = await draft(`${HEAD}\nJ107-WS·2003·Y-0001,甲,不是日期,,\nJ107-WS·2003·Y-0002,,2003,,\n`);
    await bench.imports.workNow(archivist, id, 'check');
    const imp = await bench.imports.read(archivist, id);
    expect(imp.state).toBe('checked');
    expect(imp.counts).toMatchObject({ total: 2, accepted: 1, rejected: 1 });
    expect(imp.problems.map((p) => [p.code, p.count])).toEqual([
      ['title.missing', 1],
      ['date.unreadable', 1],
    ]);
    expect(await count('holdings.unit')).toBe(before);
    await bench.imports.workNow(archivist, id, 'run');
    expect(await countsOf(id)).toMatchObject({ total: 2, accepted: 1, rejected: 1 });
  });

  it('remembers how columns were understood, for the next file of the kind', async () => {
    const text = '编码,大标题,日期\nJ108-WS·2003·Y-0001,甲,2003\n';
    const id = await draft(text);
    await bench.imports.setMapping(
      archivist,
      id,
      {
        sheets: [
          {
            name: '',
            columns: [
              { heading: '编码', field: 'referenceCode' },
              { heading: '大标题', field: 'title' },
            ],
          },
        ],
      },
      '老目录',
    );
    const next = await draft('编码,大标题,日期\nJ108-WS·2003·Y-0002,乙,2003\n');
    const columns = (await bench.imports.read(archivist, next)).sheets[0]!.columns;
    expect(columns.map((c) => [c.field, c.reason])).toEqual([
      ['referenceCode', 'profile'],
      ['title', 'profile'],
      ['date', 'profile'],
    ]);
    expect((await bench.imports.profiles(archivist, house.county)).map((p) => p.name)).toEqual(['老目录']);
  });

  it('returns refused rows as a workbook that can be corrected and taken in', async () => {
    const id = await bring(`${HEAD}\nJ109-WS·2003·Y-0001,,2003,,甲\nJ109-WS·2003·Y-0002,乙,2003,,\n`);
    const path = join(bench.folder, 'rejects.xlsx');
    expect(await bench.imports.rejects(archivist, id, path, 'zh-CN')).toBe(1);
    const book = await openSheets(path);
    const rows: string[][] = [];
    for await (const batch of book.sheets[0]!.rows()) rows.push(...batch.map((r) => r.cells));
    await book.close();
    expect(rows[0]).toEqual(['档号', '题名', '日期', '密级', '备注', '原行号 (Lantai)', '原因 (Lantai)']);
    expect(rows[1]!.slice(0, 6)).toEqual(['J109-WS·2003·Y-0001', '', '2003', '', '甲', '2']);
    expect(rows[1]![6]).toContain('没有题名');
    const back = await bench.imports.createFromFile(archivist, {
      archiveId: house.county,
      path,
      fileName: 'rejects.xlsx',
    });
    expect((await bench.imports.read(archivist, back)).sheets[0]!.columns.map((c) => c.heading)).toEqual([
      '档号',
      '题名',
      '日期',
      '密级',
      '备注',
    ]);
  });

  it('is not there for people of other archives', async () => {
    const id = await draft(`${HEAD}\nJ110-1,甲,,,\n`);
    const stranger = house.person(ALL, house.neighbour);
    await expect(bench.imports.read(stranger, id)).rejects.toMatchObject({ code: 'import.notFound' });
    await expect(bench.imports.workNow(stranger, id, 'run')).rejects.toMatchObject({
      code: 'import.notFound',
    });
    const reader = house.person(['holdings.read'], house.county);
    await expect(bench.imports.workNow(reader, id, 'run')).rejects.toMatchObject({ code: 'actor.forbidden' });
  });
});

const many = (fonds: string, from: number, to: number) =>
  [
    HEAD,
    ...Array.from(
      { length: to - from },
      (_, i) => `${fonds}-WS·2003·Y-${String(from + i).padStart(5, '0')},第${from + i}件,2003,,`,
    ),
  ].join('\n');

describe('two imports at once', () => {
  it('of the same rows into one archive neither wait for each other for ever nor make a row twice', async () => {
    const ids = await Promise.all([draft(many('J120', 0, 6_000)), draft(many('J120', 3_000, 9_000))]);
    await Promise.all(ids.map((id) => bench.imports.workNow(archivist, id, 'run')));
    const [a, b] = await Promise.all(ids.map(countsOf));
    expect(a!.accepted + b!.accepted).toBe(9_000);
    expect(a!.unchanged + b!.unchanged).toBe(3_000);
    expect(await count("holdings.unit where reference_code like 'J120-%'")).toBe(9_000);
    const fonds = await sql<{
      n: number;
    }>`select child_count as n from holdings.fonds where number = 'J120'`.execute(house.db.owner);
    expect(fonds.rows).toEqual([{ n: 9_000 }]);
  });
});

describe('an import that was killed', () => {
  it('goes on where it stopped, nothing lost and nothing twice', async () => {
    const rows = 20_000;
    const path = await bench.file('killed.csv', many('J130', 0, rows));
    const folder = join(bench.folder, 'imports');
    const script = new URL('../../../../test/support/import-once.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, house.db.url, folder, house.county, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let id = '';
    for await (const line of createInterface({ input: child.stdout })) {
      if (id === '') id = line;
      else if (Number(line) > 0) child.kill('SIGKILL');
    }
    const before = await bench.imports.read(archivist, id);
    expect(before.state).toBe('running');
    expect(before.counts.accepted).toBeGreaterThan(0);
    expect(before.counts.accepted).toBeLessThan(rows);
    expect(await count(`holdings.unit where import_id = '${id}'`)).toBe(before.counts.accepted);

    await bench.imports.goOn(archivist, id);
    expect(await countsOf(id)).toMatchObject({ total: rows, accepted: rows, rejected: 0 });
    const kept = await sql<{
      n: number;
      codes: number;
      rows: number;
    }>`select count(*)::int as n, count(distinct reference_code)::int as codes,
      count(distinct import_row)::int as rows from holdings.unit where import_id = ${id}`.execute(
      house.db.owner,
    );
    expect(kept.rows).toEqual([{ n: rows, codes: rows, rows }]);
    expect(
      await count(`search.entry e join holdings.unit u on u.id = e.unit_id where u.import_id = '${id}'`),
    ).toBe(rows);
  }, 180_000);
});

describe('taking back', () => {
  it('removes all that nothing was attached to, from search too, and keeps and names the rest', async () => {
    const id = await bring(
      '全宗号,目录号,案卷号,件号,题名\nC140,001,001,,收回的案卷\nC140,001,001,001,收回的文件\nC140,001,002,,改过的案卷\nC140,001,002,001,它下面的文件\n',
    );
    const unit = (
      await sql<{
        id: string;
        version: number;
      }>`select id, version from holdings.unit where reference_code = 'C140-001-002'`.execute(house.db.owner)
    ).rows[0]!;
    await house.holdings.correctUnit(archivist, unit.id, unit.version, { title: '改过了的案卷' });
    expect(await found('收回的')).toBe(2);
    const result = await bench.imports.workNow(archivist, id, 'takeBack', { reason: '导错了档案馆' });
    expect(result).toEqual({ removed: 3, kept: 1 });
    expect(await found('收回的')).toBe(0);
    expect((await bench.imports.read(archivist, id)).takenBack).toEqual({
      reason: '导错了档案馆',
      removed: 3,
      kept: 1,
    });
    const left = await sql<{
      code: string;
      n: number;
      f: number;
    }>`select u.reference_code as code, u.child_count as n, f.child_count as f
      from holdings.unit u join holdings.fonds f on f.id = u.fonds_id where f.number = 'C140'`.execute(
      house.db.owner,
    );
    expect(left.rows).toEqual([{ code: 'C140-001-002', n: 0, f: 1 }]);
    expect(await count(`audit.entry where act = 'import.takenBack' and target_id = '${id}'`)).toBe(1);
  });

  it('removes the fonds it made, once empty, and lets the file be taken in anew', async () => {
    const text = `${HEAD}\nJ141-WS·2003·Y-0001,甲,2003,,\n`;
    const id = await bring(text);
    await bench.imports.workNow(archivist, id, 'takeBack', { reason: '试一试' });
    expect(await count("holdings.fonds where number = 'J141'")).toBe(0);
    expect(await countsOf(await bring(text))).toMatchObject({ accepted: 1 });
  });
});
