import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { type Collecting, collecting } from './testing/collecting.ts';

let kept: Collecting['kept'];
let accessions: Collecting['accessions'];
let clerk: Collecting['clerk'];

beforeAll(async () => {
  ({ kept, accessions, clerk } = await collecting());
});
afterAll(() => kept.close());

describe('a countersigned handover', () => {
  it('takes its line by itself, once, and says what it is in its own words', async () => {
    const agency = await kept.house.holdings.addAgency(kept.keeper, {
      archiveId: kept.archive,
      code: 'A01',
      name: '县民政局',
    });
    await sql`insert into transfer.batch (id, archive_id, agency_id, agency_code, agency_name, number, title, state, entries, bytes, prepared_by,
        prepared_by_name, prepared_at, created_at, moved_at)
      select gen_random_uuid(), ${kept.archive}, ${agency}, 'A01', '县民政局', 'YJ-' || s, s, s, 7, 2147483648, gen_random_uuid(), '某人', now(), now(),
        '2023-12-31T20:00:00Z' from unnest(array['accepted', 'returned']) as s`.execute(kept.house.db.owner);
    expect(await accessions.tidy()).toBe(1);
    expect(await accessions.tidy()).toBe(0);
    const { items } = await accessions.list(clerk, { archiveId: kept.archive, ways: ['transfer'], limit: 5 });
    expect(items).toMatchObject([
      {
        number: '990111-ZJ-2024-0001', title: 'accepted', sourceName: '县民政局', state: 'arranged', registeredOn: '2024-01-01',
        came: { items: 7, gigabytes: 2 },
      },
    ]); // biome-ignore format: one row
    expect(items).toHaveLength(1);
    const one = await accessions.read(clerk, items[0]!.id);
    expect([one.entries, one.acts]).toEqual([7, ['close']]);
    await accessions.correct(
      clerk,
      { id: items[0]!.id, version: 1 },
      { location: '二库三列', title: '不能改' },
    );
    expect((await accessions.read(clerk, items[0]!.id)).accession).toMatchObject({
      location: '二库三列',
      title: 'accepted',
    });
    expect((await accessions.statistics(clerk, { archiveId: kept.archive, from: 2024, to: 2024 })).find((s) => s.way === 'transfer')).toMatchObject({
      accessions: 1, extent: { items: 7 },
    }); // biome-ignore format: one row
  });
});
