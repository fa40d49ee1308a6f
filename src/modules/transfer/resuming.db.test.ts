import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { type Handovers, handovers, someBytes } from '../../../test/support/handovers.ts';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { batchById, noteFailure } from './store/batches.ts';

let kept: KeptHouse;
let over: Handovers;
beforeAll(async () => {
  kept = await keptHouse();
  over = await handovers(kept);
});
afterAll(() => kept.close());

const record = (n: number) => ({
  code: `J019-WS·2023·D30-${String(n).padStart(4, '0')}`,
  files: [{ name: '正文.txt', bytes: someBytes(40) }],
});
const goOn = (id: string) => kept.run('transfer', { id });
const uploads = () => readdir(kept.house.staging.folder);

describe('a batch', () => {
  it('whose job the queue has given up, killed too often, gets another', async () => {
    const id = await over.begin([record(1)]);
    await over.nextByHand(id);
    const { jobId } = await kept.house.transfers.one(over.who.clerk, id);
    // As five processes in turn left it that were killed at their work.
    await sql`update lantai.job set state = 'running' where id = ${jobId}`.execute(kept.db.owner);
    await sql`update pgboss.job set state = 'failed' where data ->> 'jobId' = ${jobId}`.execute(
      kept.db.owner,
    );
    expect(await kept.house.transfers.resume()).toBe(1);
    expect((await kept.house.transfers.one(over.who.clerk, id)).jobId).not.toBe(jobId);
    expect(await kept.house.transfers.resume()).toBe(0);
  });

  it('laid out leaves no uploads behind, though its process was killed before it took them away', async () => {
    const id = await over.begin([record(2)], 'folder');
    const { uploads: given } = (await batchById(kept.db.owner, id))!;
    expect(given.length).toBeGreaterThan(3);
    await over.nextByHand(id);
    await sql`update transfer.batch set state = 'checked', laid = true where id = ${id}`.execute(
      kept.db.owner,
    );
    const others = (await uploads()).length - 2 * given.length;
    await kept.house.transfers.resume();
    expect(await uploads()).toHaveLength(others);
    expect((await batchById(kept.db.owner, id))!.uploads).toEqual([]);
  });

  it('bears no failure of a step that another process has taken on meanwhile', async () => {
    const id = await over.begin([record(3)]);
    await over.nextByHand(id);
    const before = (await batchById(kept.db.owner, id))!;
    await goOn(id);
    await noteFailure(kept.db.owner, before, 'fault', kept.house.clock.now());
    expect(await kept.house.transfers.one(over.who.clerk, id)).toMatchObject({
      state: 'checked',
      failure: null,
    });
  });

  it('that stays with the system too long is shown as stuck, until it goes on', async () => {
    const id = await over.begin([record(4)]);
    await over.nextByHand(id);
    const isStuck = async () => (await kept.house.transfers.read(over.who.clerk, id)).stuck;
    const since = (what: 'moved_at' | 'failing_since', time: string) =>
      sql`update transfer.batch set ${sql.ref(what)} = now() - ${time}::interval where id = ${id}`.execute(
        kept.db.owner,
      );
    await since('moved_at', '5 hours');
    expect(await isStuck()).toBe(false);
    await since('failing_since', '20 minutes');
    expect(await isStuck()).toBe(false);
    await since('failing_since', '40 minutes');
    expect(await isStuck()).toBe(true);
    await sql`update transfer.batch set failing_since = null where id = ${id}`.execute(kept.db.owner);
    await since('moved_at', '7 hours');
    expect(await isStuck()).toBe(true);
    const { transfers } = kept.house;
    expect((await transfers.stuck(over.who.clerk, 10)).map((b) => b.id)).toEqual([id]);
    // The archive does not see what is still with the agency.
    expect(await transfers.stuck(over.who.receiving, 10)).toEqual([]);
    await sql`update transfer.batch set state = 'checking' where id = ${id}`.execute(kept.db.owner);
    expect((await transfers.stuck(over.who.receiving, 10)).map((b) => b.id)).toEqual([id]);
    await sql`update transfer.batch set state = 'prechecking' where id = ${id}`.execute(kept.db.owner);
    await goOn(id);
    expect(await isStuck()).toBe(false);
    expect(await transfers.stuck(over.who.clerk, 10)).toEqual([]);
  });
});
