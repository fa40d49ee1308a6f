import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { recountHoldings } from '../../../cli/recount.ts';
import { countAnew, countedBy, drawCountsTogether, wrongCounts } from './store/counts.ts';

let house: SmallHouse;
const fonds: string[] = [];

beforeAll(async () => {
  house = await smallHouse();
  for (const number of ['J019', 'J020'])
    fonds.push(
      (await house.holdings.addFonds(archivist(), { archiveId: house.county, number, name: number })).id,
    );
});
afterAll(() => house.close());

const archivist = () => house.person(ALL, house.county);

const kinds = fc.record({
  category: fc.constantFrom('WS', 'KJ', null),
  year: fc.constantFrom(1958, 2003, null),
  retention: fc.constantFrom('Y', 'D30', null),
  access_status: fc.constantFrom('unreviewed', 'open'),
  pages: fc.constantFrom(null, 3, 12),
  page_count: fc.constantFrom(0, 7),
  fonds: fc.constantFrom(0, 1),
});
const act = fc.record({
  what: fc.constantFrom('add', 'change', 'remove', 'draw'),
  kind: kinds,
  n: fc.integer({ min: 1, max: 9 }),
});

describe('the counts of entries', () => {
  it('are what counting anew gives, whatever is added, changed, removed and drawn together', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
        for (const { what, kind, n } of acts) {
          if (what === 'draw') await drawCountsTogether(house.db.owner);
          if (what === 'add')
            await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title, category, year, retention,
                access_status, pages, page_count)
              select uuidv7(), ${house.county}, ${fonds[kind.fonds]!}, 'item', 'a0', '题名', ${kind.category}, ${kind.year}, ${kind.retention},
                ${kind.access_status}, ${kind.pages}, ${kind.page_count} from generate_series(1, ${n})`.execute(
              house.db.owner,
            );
          const some = sql`id in (select id from holdings.unit order by md5(id::text) limit ${n})`;
          if (what === 'change')
            await sql`update holdings.unit set category = ${kind.category}, year = ${kind.year}, pages = ${kind.pages},
              page_count = ${kind.page_count}, fonds_id = ${fonds[kind.fonds]!} where ${some}`.execute(
              house.db.owner,
            );
          if (what === 'remove') await sql`delete from holdings.unit where ${some}`.execute(house.db.owner);
        }
        expect(await wrongCounts(house.db.owner)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('are kept by everything a cataloguer does', async () => {
    const id = await house.holdings.createUnit(archivist(), {
      fondsId: fonds[0]!,
      title: '题名',
      referenceCode: 'J019-WS·1998·D30-0007',
      pages: 4,
    });
    const counted = () =>
      house.db.as(scopeOf(archivist()), (tx) =>
        countedBy(tx, { archiveId: house.county, year: 1998 }, ['category', 'retention']),
      );
    expect(await counted()).toEqual([
      { of: ['WS', 'D30'], units: 1, pages: 4, digitalPages: 0, digitalUnits: 0 },
    ]);
    await house.holdings.correctUnit(archivist(), id, 1, { retention: 'Y', pages: 5 });
    expect(await counted()).toEqual([
      { of: ['WS', 'Y'], units: 1, pages: 5, digitalPages: 0, digitalUnits: 0 },
    ]);
    expect(await wrongCounts(house.db.owner)).toEqual([]);
  });

  it('are told where they are wrong, and right once counted anew', async () => {
    await sql`update holdings.unit_count set units = units + 2`.execute(house.db.owner);
    await sql`insert into holdings.unit_count (archive_id, fonds_id, level, access_status, units, pages, digital_pages, digital_units)
      values (${house.county}, ${fonds[1]!}, 'series', 'delayed', 5, 0, 0, 0)`.execute(house.db.owner);
    expect((await wrongCounts(house.db.owner)).length).toBeGreaterThan(0);
    await house.db.system((tx) => countAnew(tx));
    expect(await wrongCounts(house.db.owner)).toEqual([]);
  });

  it('are found wrong by the command with its exit code, put right, and found right', async () => {
    const said: string[] = [];
    const documents: unknown[] = [];
    const out = {
      document: (d: unknown) => void documents.push(d),
      line: (text = '') => void said.push(text),
    };
    const command = async (mend: boolean) =>
      recountHoldings(
        { verify: house.holdings.verifyCounts, mend: () => house.holdings.mendCounts(archivist()) },
        out,
        mend,
      );
    expect(await command(false)).toBe(0);
    const above = await house.holdings.createUnit(archivist(), {
      fondsId: fonds[0]!,
      level: 'series',
      title: '长列',
    });
    await sql`insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position, title, access_status)
      select uuidv7(), ${house.county}, ${fonds[0]!}, ${above}, 'item', 'a' || lpad(n::text, 6, '0'), '题名', 'unreviewed'
      from generate_series(1, 2500) n`.execute(house.db.owner);
    expect(await command(false)).toBe(0);

    await sql`update holdings.unit set child_count = child_count + 3 where id = ${above}`.execute(
      house.db.owner,
    );
    await sql`update holdings.sibling_mark set units = units - 1 where under_id = ${above} and position <> ''`.execute(
      house.db.owner,
    );
    await sql`update holdings.unit_count set units = units + 7 where fonds_id = ${fonds[0]!}`.execute(
      house.db.owner,
    );
    await sql`update holdings.unit_count_change set pages = pages + 7 where fonds_id = ${fonds[0]!}`.execute(
      house.db.owner,
    );
    documents.length = 0;
    expect(await command(false)).toBe(1);
    expect(documents[0]).toMatchObject({
      right: false,
      mended: false,
      kinds: [{ fonds: 'J019' }],
      places: [{ name: '长列', kept: 2503, counted: 2500 }],
    });
    expect(documents[0]).toHaveProperty('marks.0.underId', above);
    // A long row that lost its stretches is found too.
    await sql`delete from holdings.sibling_mark where under_id = ${above}`.execute(house.db.owner);
    expect(await command(true)).toBe(0);
    expect(said.at(-1)).toBe('All were counted anew and put right.');
    expect(await command(false)).toBe(0);
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from audit.entry where act = 'holdings.countsMended'`.execute(
      house.db.owner,
    );
    expect(rows[0]?.n).toBe(1);
  });

  it('are for who has what is counted', async () => {
    const of = (actor: ReturnType<SmallHouse['person']>) =>
      house.db.as(scopeOf(actor), (tx) => countedBy(tx, { archiveId: house.county }, []));
    expect((await of(archivist()))[0]?.units).toBeGreaterThan(0);
    expect(await of(house.person(ALL, house.neighbour))).toEqual([
      { of: [], units: 0, pages: 0, digitalPages: 0, digitalUnits: 0 },
    ]);
  });
});
