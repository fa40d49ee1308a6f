import fc from 'fast-check';
import type { Actor, Capability } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { GRANTABLE, type Grant, type Post, type Thing } from '#kernel/visibility';
import { indexPages, indexUnits } from '#modules/search';
import { type SmallHouse, smallHouse } from './house.ts';

/** Worlds looked at: ten thousand in the slow suite (LANTAI_WORLDS), fewer every day. */
export const WORLDS = Number(process.env.LANTAI_WORLDS ?? 300);
const UNITS = 48;
const DAYS = ['2025-12-31', '2026-03-01', '2026-03-02', '2027-01-01'];
const TODAY = '2026-03-01';
/** One for each entry, in its title and on its page: no two are one when folded. */
const SURNAMES = [
  ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎',
];

export interface Entry extends Thing {
  title: string;
  /** A word that stands in no other title, and one that stands on its page alone. */
  ownWord: string;
  pageWord: string;
  fondsNo: string;
  level: 'file' | 'item';
}

/** Three archives with entries of every kind of standing, in the catalogue and in the index, and people of every kind to ask for them. */
export async function manyStandings() {
  const house: SmallHouse = await smallHouse();
  const archives = [house.county, house.neighbour, house.province];
  const fonds = archives.flatMap((archiveId) =>
    ['J1', 'J2'].map((number) => ({ id: newId(), archiveId, number })),
  );
  for (const f of fonds)
    await sql`insert into holdings.fonds (id, archive_id, number, name) values (${f.id}, ${f.archiveId}, ${f.number}, ${f.number})`.execute(
      house.db.owner,
    );
  const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;
  const things: Entry[] = [];
  for (let n = 0; n < UNITS; n++) {
    const f = pick(fonds, n);
    const parent = n >= 12 ? things.find((t, i) => i < 6 && t.fondsId === f.id) : undefined;
    const name = SURNAMES[n]!;
    things.push({
      id: newId(), archiveId: f.archiveId, fondsId: f.id, parentId: parent?.id ?? null, category: pick(['WS', 'ZP', null], n >> 1),
      accessStatus: pick(['open', 'open', 'restricted', 'delayed', 'unreviewed'] as const, n),
      classification: n % 7 === 3 ? 'internal' : 'public',
      opensOn: pick([null, null, ...DAYS], n * 5), embargoUntil: pick([null, null, null, ...DAYS], n * 11 + 1),
      title: `${name}家第${n}件`, ownWord: `${name}家`, pageWord: `${name}宅`, fondsNo: f.number, level: n < 6 ? 'file' : 'item',
    }); // biome-ignore format: a row of columns
  }
  for (const [n, t] of things.entries())
    await sql`insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position, title, category, access_status,
        classification, opens_on, embargo_until)
      values (${t.id}, ${t.archiveId}, ${t.fondsId}, ${t.parentId}, ${t.level}, ${`a${n}`}, ${t.title}, ${t.category},
        ${t.accessStatus}, ${t.classification}, ${t.opensOn}, ${t.embargoUntil})`.execute(house.db.owner);
  await house.db.system(async (tx) => {
    await indexUnits(
      tx,
      things.map((t) => ({ ...t, unitId: t.id })),
    );
    for (const t of things) await indexPages(tx, t.id, [{ pageNo: 1, text: `页上有${t.pageWord}一座` }]);
  });
  return { house, things, worlds: () => worlds(house, things, fonds) };
}

const capabilities: Capability[] = [
  'holdings.read', 'content.read', 'master.read', 'content.export', 'holdings.write', 'access.decide', 'people.manage',
]; // biome-ignore format: a row of words

/** Somebody with posts and leave drawn at random, and a day. */
function worlds(
  house: SmallHouse,
  things: readonly Entry[],
  fonds: readonly { id: string; archiveId: string; number: string }[],
): fc.Arbitrary<{ actor: Actor; today: string }> {
  const postIn = (archiveId: string): fc.Arbitrary<Post> =>
    fc.record({
      archiveId: fc.constant(archiveId),
      role: fc.constantFrom('custody', 'reader'),
      capabilities: fc.subarray(capabilities).map((c) => new Set(c)),
      categories: fc.option(fc.subarray(['WS', 'ZP']).map((c) => new Set(c))),
      fonds: fc.option(fc.subarray([...fonds].filter((f) => f.archiveId === archiveId))),
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
  return fc
    .record({
      posts: fc.array(post, { maxLength: 3 }),
      grants: fc.array(grant, { maxLength: 3 }),
      today: fc.constantFrom(TODAY, ...DAYS),
    })
    .map(({ posts, grants, today }) => ({
      today,
      actor: {
        kind: 'person',
        id: newId(),
        name: '王某',
        language: 'zh-CN',
        rights: new Map(),
        posts,
        grants,
        today,
      },
    }));
}
