import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, publicActor, scopeOf, viewerOf } from '#kernel/actor';
import { sql, type Tx } from '#kernel/db';
import { decide, type Sight } from '#kernel/visibility';
import { completionsOf, type Facets, find, type SearchRequest } from '#modules/search';
import { type Entry, manyStandings, WORLDS } from '../../../test/support/worlds.ts';

/** A world is asked a dozen ways. */
const EVERY_DAY = process.env.LANTAI_WORLDS === undefined;
let standings: Awaited<ReturnType<typeof manyStandings>>;
beforeAll(async () => {
  standings = await manyStandings();
});
afterAll(() => standings.house.close());

const counted = (things: readonly Entry[], value: (t: Entry) => string | null): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const t of things) {
    const v = value(t);
    if (v !== null) counts.set(v, (counts.get(v) ?? 0) + 1);
  }
  return counts;
};
const told = (facet: Facets[keyof Facets]) => new Map(facet.map((f) => [f.value, f.count]));

/** What search tells on each of its roads, held against the one rule. */
async function holdAgainstTheRule(
  tx: Tx,
  actor: Actor,
  today: string,
  n: number,
  size: number,
): Promise<void> {
  const { things } = standings;
  const viewer = viewerOf(actor);
  const allowed = (sight: Sight) => things.filter((t) => decide(viewer, t, sight, today).allowed);
  const exists = allowed('exists');
  const content = allowed('content').filter((t) => exists.includes(t));
  const ids = (of: readonly { id: string }[]) => of.map((t) => t.id).toSorted();
  const ask = (request: SearchRequest) => find(tx, { limit: 200, ...request });

  const all = await ask({ q: '件' });
  expect(ids(all.hits), 'by a word of titles').toEqual(ids(exists));
  expect(all.total).toBe(exists.length);
  expect(told(all.facets.archive)).toEqual(counted(exists, (t) => t.archiveId));
  expect(told(all.facets.fonds)).toEqual(counted(exists, (t) => `${t.archiveId}/${t.fondsNo}`));
  expect(told(all.facets.category)).toEqual(counted(exists, (t) => t.category));
  expect(told(all.facets.access)).toEqual(counted(exists, (t) => t.accessStatus));
  expect(told(all.facets.level)).toEqual(counted(exists, (t) => t.level));

  const paged = await ask({ q: '一座' });
  expect(ids(paged.hits), 'by a word of pages').toEqual(ids(content));
  expect(told(paged.facets.access)).toEqual(counted(content, (t) => t.accessStatus));

  const seen: string[] = [];
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const page = await ask({
      q: '件 OR 一座',
      limit: size,
      sort: 'dateDesc',
      facets: false,
      ...(cursor ? { cursor } : {}),
    });
    seen.push(...page.hits.map((h) => h.id));
    cursor = page.next;
  }
  expect(seen.toSorted(), 'page by page').toEqual(ids(exists));

  const one = things[n]!;
  const isThere = exists.includes(one);
  const isRead = content.includes(one);
  const byWord = await ask({ q: `题名:${one.ownWord}` });
  expect(ids(byWord.hits), 'its own word').toEqual(isThere ? [one.id] : []);
  expect(byWord.hits.every((h) => h.snippets.length === 0)).toBe(true);
  const byPage = await ask({ q: one.pageWord });
  expect(ids(byPage.hits), 'its page').toEqual(isRead ? [one.id] : []);
  expect(byPage.hits.flatMap((h) => h.snippets)).toHaveLength(isRead ? 1 : 0);
  // What is not to be read is excluded by nothing that stands on it.
  const without = await ask({ q: `件 NOT ${one.pageWord}`, facets: false });
  expect(ids(without.hits), 'without its page').toEqual(ids(exists.filter((t) => t !== one || !isRead)));
  // A word of the description with one of the page.
  const both = await ask({ q: `${one.ownWord} ${one.pageWord}`, facets: false });
  expect(ids(both.hits), 'both').toEqual(isRead ? [one.id] : []);

  const completions = await completionsOf(tx, one.ownWord);
  expect(
    completions.map((c) => c.unitId).filter((id) => id !== null),
    'completions',
  ).toEqual(isThere ? [one.id] : []);
  expect(completions.length > 0).toBe(isThere);
  const misspelt = await ask({ q: `${one.ownWord.slice(0, 1)}佳第` });
  expect(misspelt.hits).toEqual([]);
  expect(
    misspelt.suggestions.some((s) => s.q === `${one.ownWord}第`),
    'spelling',
  ).toBe(isThere);
  const fewer = await ask({ q: `${one.pageWord} 无此词` });
  expect(
    fewer.suggestions.some((s) => s.q === one.pageWord),
    'fewer words',
  ).toBe(isRead);
}

it('tells nobody, on any road, of what they may not see: hits, totals, facets, pages, snippets, completions, spelling', async () => {
  const size = fc.integer({ min: 1, max: 50 });
  await fc.assert(
    fc.asyncProperty(
      standings.worlds(),
      fc.nat(standings.things.length - 1),
      size,
      async ({ actor, today }, n, size) => {
        await standings.house.db.as(scopeOf(actor), (tx) => holdAgainstTheRule(tx, actor, today, n, size));
      },
    ),
    { numRuns: EVERY_DAY ? Math.ceil(WORLDS / 3) : WORLDS },
  );
}, 3_600_000);

it('tells the public of what is open alone', async () => {
  const actor = publicActor();
  const today = await standings.house.db.as(
    scopeOf(actor),
    async (tx) => (await sql<{ day: string }>`select lantai.today()::text as day`.execute(tx)).rows[0]!.day,
  );
  for (const [n] of standings.things.entries())
    await standings.house.db.as(scopeOf(actor), (tx) => holdAgainstTheRule(tx, actor, today, n, 7));
}, 600_000);
