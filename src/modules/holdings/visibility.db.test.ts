import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type Capability, can, scopeOf, viewerOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { decide, GRANTABLE, type Grant, type Post, type Sight, type Thing } from '#kernel/visibility';
import { find, indexUnits } from '#modules/search';
import { type SmallHouse, smallHouse } from '../../../test/support/house.ts';

/** Worlds looked at: ten thousand in the slow suite (LANTAI_WORLDS), fewer every day. */
const WORLDS = Number(process.env.LANTAI_WORLDS ?? 300);
const UNITS = 48;
const DAYS = ['2025-12-31', '2026-03-01', '2026-03-02', '2027-01-01'];
const TODAY = '2026-03-01';

let house: SmallHouse;
let things: Thing[];
let fonds: { id: string; archiveId: string; number: string }[];

beforeAll(async () => {
  house = await smallHouse();
  const archives = [house.county, house.neighbour, house.province];
  fonds = archives.flatMap((archiveId) => ['J1', 'J2'].map((number) => ({ id: newId(), archiveId, number })));
  for (const f of fonds)
    await sql`insert into holdings.fonds (id, archive_id, number, name) values (${f.id}, ${f.archiveId}, ${f.number}, ${f.number})`.execute(
      house.db.owner,
    );
  const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
  things = [];
  for (let n = 0; n < UNITS; n++) {
    const f = pick(fonds, n);
    const parent = n >= 12 ? things.find((t, i) => i < 6 && t.fondsId === f.id) : undefined;
    things.push({
      id: newId(), archiveId: f.archiveId, fondsId: f.id, parentId: parent?.id ?? null, category: pick(['WS', 'ZP', null], n >> 1),
      accessStatus: pick(['open', 'open', 'restricted', 'delayed', 'unreviewed'] as const, n),
      classification: n % 7 === 3 ? 'internal' : 'public',
      opensOn: pick([null, null, ...DAYS], n * 5), embargoUntil: pick([null, null, null, ...DAYS], n * 11 + 1),
    }); // biome-ignore format: a row of columns
  }
  for (const [n, t] of things.entries())
    await sql`insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position, title, category, access_status,
        classification, opens_on, embargo_until)
      values (${t.id}, ${t.archiveId}, ${t.fondsId}, ${t.parentId}, ${n < 6 ? 'file' : 'item'}, ${`a${n}`}, ${`第${n}件`}, ${t.category},
        ${t.accessStatus}, ${t.classification}, ${t.opensOn}, ${t.embargoUntil})`.execute(house.db.owner);
  await house.db.system((tx) =>
    indexUnits(
      tx,
      things.map((t, n) => ({
        ...t, unitId: t.id, fondsNo: fonds.find((f) => f.id === t.fondsId)!.number, level: n < 6 ? 'file' : 'item', title: `第${n}件`,
      })), // biome-ignore format: one entry
    ),
  );
});
afterAll(() => house.close());

const capabilities: Capability[] = [
  'holdings.read', 'content.read', 'master.read', 'content.export', 'holdings.write', 'access.decide', 'people.manage',
]; // biome-ignore format: a row of words

const world = () => {
  const postIn = (archiveId: string): fc.Arbitrary<Post> =>
    fc.record({
      archiveId: fc.constant(archiveId),
      role: fc.constantFrom('custody', 'reader'),
      capabilities: fc.subarray(capabilities).map((c) => new Set(c)),
      categories: fc.option(fc.subarray(['WS', 'ZP']).map((c) => new Set(c))),
      fonds: fc.option(fc.subarray(fonds.filter((f) => f.archiveId === archiveId))),
    });
  const post = fc.constantFrom(house.county, house.neighbour, house.province).chain(postIn);
  const gives = fc.subarray([...GRANTABLE], { minLength: 1 });
  const day = fc.constantFrom(...DAYS);
  const grant: fc.Arbitrary<Grant> = fc.oneof(
    fc.record({ n: fc.nat(UNITS - 1), gives, from: day, until: day }).map(({ n, ...g }) => {
      const t = things[n]!;
      const items = things.filter((i) => i.parentId === t.id).map((i) => i.id);
      return { ...g, id: newId(), archiveId: t.archiveId, unit: { id: t.id, items }, fonds: null };
    }),
    fc.record({ n: fc.nat(5), gives, from: day, until: day }).map(({ n, ...g }) => {
      const f = fonds[n]!;
      return { ...g, id: newId(), archiveId: f.archiveId, unit: null, fonds: { id: f.id, number: f.number } };
    }),
  );
  return fc.record({
    posts: fc.array(post, { maxLength: 3 }),
    grants: fc.array(grant, { maxLength: 3 }),
    today: fc.constantFrom(TODAY, ...DAYS),
  });
};

it('is one rule in code, behind row-level security and in search, whatever the world', async () => {
  await fc.assert(
    fc.asyncProperty(world(), async ({ posts, grants, today }) => {
      const actor: Actor = {
        kind: 'person', id: newId(), name: '王某', language: 'zh-CN', rights: new Map(), posts, grants, today,
      }; // biome-ignore format: one person
      const viewer = viewerOf(actor);
      const allowed = (sight: Sight) =>
        things.filter((t) => decide(viewer, t, sight, today).allowed).map((t) => t.id);
      // What commands demand is what the rule says of changing and deciding.
      for (const [sight, capability] of [
        ['change', 'holdings.write'],
        ['decide', 'access.decide'],
      ] as const)
        expect(
          things.filter((t) => can(actor, capability, t.archiveId, t)).map((t) => t.id),
          sight,
        ).toEqual(allowed(sight));
      await house.db.as(scopeOf(actor), async (tx) => {
        const rows = (
          await sql<{ id: string; content: boolean }>`select id, holdings.content_in_reach(id) as content
          from holdings.unit order by id`.execute(tx)
        ).rows;
        expect(
          rows.map((r) => r.id),
          'rows that exist',
        ).toEqual(allowed('exists'));
        expect(
          rows.filter((r) => r.content).map((r) => r.id),
          'content',
        ).toEqual(allowed('content'));
        const found = await find(tx, { q: '件', limit: 200, facets: false });
        expect(found.hits.map((h) => h.id).toSorted(), 'search').toEqual(allowed('exists'));
        expect(found.total).toBe(found.hits.length);
      });
    }),
    { numRuns: WORLDS },
  );
}, 1_800_000);
