import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { can, scopeOf, viewerOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { decide, type Sight } from '#kernel/visibility';
import { find } from '#modules/search';
import { manyStandings, WORLDS } from '../../../test/support/worlds.ts';

let standings: Awaited<ReturnType<typeof manyStandings>>;
beforeAll(async () => {
  standings = await manyStandings();
});
afterAll(() => standings.house.close());

it('is one rule in code, behind row-level security and in search, whatever the world', async () => {
  await fc.assert(
    fc.asyncProperty(standings.worlds(), async ({ actor, today }) => {
      const { house, things } = standings;
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
