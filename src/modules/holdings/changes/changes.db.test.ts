import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scopeOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { beginChange } from './begin.ts';
import { changesetById, versionsOf } from './store/changesets.ts';

let house: SmallHouse;
let fonds: string;

beforeAll(async () => {
  house = await smallHouse();
  fonds = (
    await house.holdings.addFonds(archivist(), { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(() => house.close());

const archivist = () => house.person(ALL, house.county);
const made = (input: object = {}) =>
  house.holdings.createUnit(archivist(), { fondsId: fonds, title: '原题名', ...input });
const versions = (unitId: string, actor = archivist()) =>
  house.db.as(scopeOf(actor), (tx) => versionsOf(tx, unitId, { limit: 50 }));

describe('the history of a description', () => {
  it('has who changed what and why, with the elements that differ alone', async () => {
    const id = await made({ description: { note: '旧注', boxNo: '3' } });
    await house.holdings.correctUnit(archivist(), id, 1, {
      title: '新题名',
      date: '1958-01-31',
      description: { note: null, abstract: '摘要' },
      reason: '据原件改正',
    });
    const [only, ...others] = await versions(id);
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      kind: 'edit',
      reason: '据原件改正',
      actorName: '王某',
      version: 2,
      before: { title: '原题名', date_text: null, year: null, description: { note: '旧注', abstract: null } },
      after: {
        title: '新题名',
        date_text: '19580131',
        year: 1958,
        description: { note: null, abstract: '摘要' },
      },
    });
    expect(Object.keys(Object(only?.before.description)).sort()).toEqual(['abstract', 'note']);
  });

  it('is kept of every column, but those that follow from others or have a history of their own', async () => {
    const { rows } = await sql<{ name: string; noted: boolean }>`
      select column_name as name, pg_get_functiondef('holdings.note_unit_changes'::regproc) ~ ('n\\.' || column_name || '\\M') as noted
      from information_schema.columns where table_schema = 'holdings' and table_name = 'unit' and is_generated = 'NEVER'
      order by 1`.execute(house.db.owner);
    // A new column: note it in the history, or say here why not.
    const access = ['access_status', 'embargo_until', 'opens_on'];
    const held = ['object_id', 'page_count'];
    const cameBy = ['import_digest', 'import_id', 'import_row', 'created_at', 'updated_at'];
    const counted = ['child_count', 'gaps_own', 'gaps_top'];
    expect(rows.flatMap((r) => (r.noted ? [] : [r.name]))).toEqual(
      [...access, ...held, ...cameBy, ...counted].sort(),
    );
  });

  it('has moves, and nothing of what is not described', async () => {
    const [series, item] = [await made({ level: 'series' }), await made()];
    await house.holdings.moveUnit(archivist(), item, { parentId: series, version: 1 });
    expect(await versions(item)).toMatchObject([
      { kind: 'move', before: { parent_id: null }, after: { parent_id: series } },
    ]);
    // One child more is no change of the series.
    expect(await versions(series)).toEqual([]);
  });

  it('is written of what is changed in the database itself too', async () => {
    const id = await made();
    await sql`update holdings.unit set title = '直接改的' where id = ${id}`.execute(house.db.owner);
    expect(await versions(id)).toMatchObject([{ kind: 'direct', after: { title: '直接改的' } }]);
  });

  it('counts what a changeset changed, and keeps changes of another archive apart', async () => {
    const [one, two] = [await made(), await made()];
    const id = await house.db.system(async (tx) => {
      const set = await beginChange({ newId: house.newId, clock: house.clock }, tx, archivist(), {
        archiveId: house.county,
        kind: 'bulk',
      });
      await sql`update holdings.unit set title = title || '。' where id in (${one}, ${two})`.execute(tx);
      return set;
    });
    expect(await changesetById(house.db.owner, id)).toMatchObject({
      kind: 'bulk',
      changes: 2,
      undoneBy: null,
    });
  });

  it('is for who works with the entry, not for who sees it because it is open', async () => {
    const id = await made();
    await house.holdings.correctUnit(archivist(), id, 1, { title: '改' });
    expect(await versions(id, house.person(ALL, house.neighbour))).toEqual([]);
    await expect(
      house.db.as(scopeOf(archivist()), (tx) =>
        sql`insert into holdings.unit_change (unit_id, archive_id, changeset_id, version, before, after)
          values (${id}, ${house.county}, ${id}, 9, '{}', '{}')`.execute(tx),
      ),
    ).rejects.toThrow(/permission denied/);
  });

  it('is not written where order keys are drawn out anew, and is where more changes with them', async () => {
    const id = await made();
    const as = (statement: ReturnType<typeof sql>) =>
      house.db.system(async (tx) => {
        await sql`select set_config('lantai.changeset', 'rebalancing', true)`.execute(tx);
        await statement.execute(tx);
      });
    await as(sql`update holdings.unit set position = position || 'V' where id = ${id}`);
    expect(await versions(id)).toEqual([]);
    await as(sql`update holdings.unit set position = position || 'V', title = '夹带' where id = ${id}`);
    expect(await versions(id)).toMatchObject([{ kind: 'direct', after: { title: '夹带' } }]);
  });

  it('is written without looking through all the changes there ever were', async () => {
    const id = await made();
    await sql`insert into holdings.changeset (id, archive_id, kind, actor_name, at)
      select uuidv7(), ${house.county}, 'edit', '王某', now() from generate_series(1, 3000)`.execute(
      house.db.owner,
    );
    await sql`analyze holdings.changeset`.execute(house.db.owner);
    const read = await house.db.system(async (tx) => {
      await sql`update holdings.unit set title = '又改' where id = ${id}`.execute(tx);
      const r = await sql<{ n: number }>`select seq_tup_read::int as n from pg_stat_xact_user_tables
        where schemaname = 'holdings' and relname = 'changeset'`.execute(tx);
      return r.rows[0]?.n;
    });
    expect(read).toBe(0);
    expect(await versions(id)).toMatchObject([{ kind: 'direct', after: { title: '又改' } }]);
  });
});
