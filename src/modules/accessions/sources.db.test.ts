import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { type Collecting, code, collecting } from './testing/collecting.ts';

let kept: Collecting['kept'];
let accessions: Collecting['accessions'];
let clerk: Collecting['clerk'];
let gift: Collecting['gift'];

beforeAll(async () => {
  ({ kept, accessions, clerk, gift } = await collecting());
});
afterAll(() => kept.close());

describe('a source', () => {
  const person = {
    kind: 'person' as const,
    name: '沈伯安',
    data: { telephone: '139 1234 5678', address: '云江省青岚市石桥县白鹭街道17号' },
  };

  it('shows how it is reached masked, in full for a reason that stands in the trail', async () => {
    const id = await accessions.addSource(clerk, { ...person, archiveId: kept.archive, wishes: '不外借' });
    const s = await accessions.source(clerk, id);
    expect(s.data).toMatchObject({
      telephone: expect.stringMatching(/^\*+\d{3}$/),
      address: '云江省青岚***',
    });
    const stored = await sql<{
      row: string;
    }>`select s::text as row from accessions.source s where id = ${id}`.execute(kept.house.db.owner);
    expect(stored.rows[0]?.row).not.toContain('5678');
    await expect(accessions.showSource(clerk, id, { reason: 'other', words: ' ' })).rejects.toMatchObject(
      code('personal.reason'),
    );
    expect((await accessions.showSource(clerk, id, { reason: 'toReach', words: null })).telephone).toBe(
      '139 1234 5678',
    );
    const looker = kept.person('查看', ['holdings.read', 'accessions.read']);
    await expect(accessions.showSource(looker, id, { reason: 'toReach', words: null })).rejects.toMatchObject(
      code('actor.forbidden'),
    );
    const told = await sql<{
      detail: unknown;
    }>`select detail from audit.entry where target_id = ${id} and act = 'accessionSource.shown'`.execute(
      kept.house.db.owner,
    );
    expect(JSON.stringify(told.rows)).not.toMatch(/5678|伯安/);
    expect(told.rows).toHaveLength(1);
    expect(
      (
        await accessions.sources(clerk, {
          archiveId: kept.archive,
          q: '13912345678',
          cursor: undefined,
          limit: 5,
        })
      ).items.map((x) => x.id),
    ).toEqual([id]);
  });

  it('that wishes not to be named is named nowhere but where it is closed', async () => {
    const id = await accessions.addSource(clerk, {
      ...person, name: '顾怀远', anonymous: true, shownAs: '一位老校友', archiveId: kept.archive,
    }); // biome-ignore format: one row
    const given = await accessions.register(clerk, gift('老校旗', { sourceId: id, sourceName: null }));
    expect((await accessions.read(clerk, given)).accession.sourceName).toBe('一位老校友');
    await accessions.giveHonour(clerk, id, { kind: 'gift', accessionId: given, words: '承蒙惠赠' });
    const honour = (await accessions.source(clerk, id)).honours[0]!;
    expect((await accessions.honourPaper(clerk, honour.id, 'zh-TW')).name).toBe(`${honour.number}.pdf`);
    const rows = await sql<{
      all: string;
    }>`select concat((select string_agg(s::text, '') from accessions.source s),
      (select string_agg(detail::text, '') from audit.entry)) as all`.execute(kept.house.db.owner);
    expect(rows.rows[0]?.all).not.toContain('怀远');
    expect(
      (
        await accessions.sources(clerk, { archiveId: kept.archive, q: '顾怀远', cursor: undefined, limit: 5 })
      ).items.map((x) => x.id),
    ).toEqual([id]);
    await accessions.noteContact(clerk, id, { how: 'visit', words: '约定秋季再谈', day: '2026-03-02' });
    expect((await accessions.source(clerk, id)).contacts.map((c) => c.words)).toEqual(['约定秋季再谈']);
  });

  it('is closed anew under a new key', async () => {
    const id = await accessions.addSource(clerk, { ...person, name: '旧钥匙', archiveId: kept.archive });
    const { personal, jobs, db } = kept.house;
    await personal.rotate(jobs, { actor: { id: null, name: 'test' } });
    await kept.run('renew-personal-data', {});
    const old = await sql<{
      n: number;
    }>`select count(*)::int as n from accessions.source s join lantai.data_key k on k.id = s.closed_key
      where k.retired_at is not null`.execute(db.owner);
    expect(old.rows[0]?.n).toBe(0);
    expect((await accessions.showSource(clerk, id, { reason: 'correction', words: null })).telephone).toBe(
      '139 1234 5678',
    );
  });
});
