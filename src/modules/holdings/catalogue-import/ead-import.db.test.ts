import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  archivist = house.person(ALL, house.county);
});
afterAll(async () => {
  await bench.close();
  await house.close();
});

/** More components than one chunk of rows holds, all below one series, and what describes the whole behind them. */
const MANY = 5_200;
const guide = `<?xml version="1.0" encoding="UTF-8"?><ead xmlns="urn:isbn:1-931666-22-9"><archdesc level="fonds">
<did><unitid>E77</unitid><unittitle>茶马司档案</unittitle><unitdate>1901-1950</unitdate></did><dsc>
<c level="series"><did><unitid>1</unitid><unittitle>往来书信</unittitle></did>
${Array.from({ length: MANY }, (_, i) => `<c level="file"><did><unittitle>书信${i}</unittitle><unitdate>1923</unitdate></did></c>`).join('\n')}
<c level="file"><did><unittitle>账册</unittitle></did><c level="item"><did><unittitle>契约一纸</unittitle></did></c></c>
</c></dsc><bioghist><p>设于一九〇一年。</p></bioghist></archdesc></ead>`;

async function bring(): Promise<string> {
  const path = await bench.file('guide.xml', guide);
  const id = await bench.imports.createFromFile(archivist, {
    archiveId: house.county,
    path,
    fileName: 'guide.xml',
  });
  await bench.imports.workNow(archivist, id, 'run');
  return id;
}

const countsOf = async (id: string) => (await bench.imports.read(archivist, id)).counts;

describe('a finding aid', () => {
  let first = '';
  it('becomes a fonds and its entries, each below the one it lies in', async () => {
    first = await bring();
    expect(await countsOf(first)).toMatchObject({ total: MANY + 4, accepted: MANY + 4, rejected: 0 });
    const fonds = await sql<{ name: string; history: string; childCount: number }>`
      select name, history, child_count as "childCount" from holdings.fonds where number = 'E77'`.execute(
      house.db.owner,
    );
    expect(fonds.rows).toEqual([{ name: '茶马司档案', history: '设于一九〇一年。', childCount: 1 }]);
    const tree = await sql<{
      title: string;
      level: string;
      code: string | null;
      n: number;
      above: string | null;
    }>`
      select u.title, u.level, u.reference_code as code, u.child_count as n, p.title as above
      from holdings.unit u left join holdings.unit p on p.id = u.parent_id
      where u.import_id = ${first} and u.date_text is null order by u.import_row`.execute(house.db.owner);
    expect(tree.rows).toEqual([
      { title: '往来书信', level: 'series', code: 'E77-1', n: MANY + 1, above: null },
      { title: '账册', level: 'file', code: null, n: 1, above: '往来书信' },
      { title: '契约一纸', level: 'item', code: null, n: 0, above: '账册' },
    ]);
    const found = await house.db.as(archivesScope([house.county]), (tx) => find(tx, { q: '契约一纸' }));
    expect(found.total).toBe(1);
  });

  it('taken in again changes nothing', async () => {
    expect(await countsOf(await bring())).toMatchObject({ accepted: 0, rejected: 0, unchanged: MANY + 4 });
  });

  it('can be taken back', async () => {
    await bench.imports.workNow(archivist, first, 'takeBack', { reason: '试导' });
    const left = await sql<{
      n: number;
    }>`select count(*)::int as n from holdings.unit where import_id = ${first}`.execute(house.db.owner);
    expect(left.rows[0]?.n).toBe(0);
  });
});
