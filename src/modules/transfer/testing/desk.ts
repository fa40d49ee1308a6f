import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor';
import { newId } from '#kernel/ids';
import type { KeptHouse } from '../../../../test/support/keptHouse.ts';
import type { HandAct } from '../commands/act.ts';
import { answerAll, handoverZip, people, type SentItem, uploaded } from './handover.ts';

/** The proposal of who weighed a batch: all of it is taken in. */
export const ALL = { decision: { accepts: 'all' as const, reason: '', leftOut: [] } };

/** An agency of a kept house with its people and the archive's, what they do with batches, and a folder to lay things in. */
export async function deskOf(kept: KeptHouse) {
  const { house, archive } = kept;
  const { transfers, staging } = house;
  const agencyId = await house.holdings.addAgency(kept.keeper, {
    archiveId: archive,
    code: 'A01',
    name: '县民政局',
  });
  const who = people(archive, agencyId);
  const out = join(kept.folder, 'out');
  await mkdir(out, { recursive: true });
  await mkdir(staging.folder, { recursive: true });

  async function act(by: Actor, id: string, what: HandAct, more: object = {}): Promise<void> {
    const { version } = await transfers.one(by, id);
    await transfers.act(by, id, { act: what, version, ...more });
  }
  /** The system goes on, as the queue would have it. */
  const goOn = (id: string) => kept.run('transfer', { id });

  const begin = (fonds: string | null = null, title = '县民政局2023年度文书档案移交') =>
    transfers.begin(who.clerk, {
      archiveId: archive,
      agencyId,
      planId: null,
      title,
      content: '文书档案',
      fonds,
    });
  /** Gives a batch a handover folder in a ZIP. */
  async function give(id: string, items: readonly SentItem[], options?: { spoil?: boolean }): Promise<void> {
    const path = join(out, `${newId()}.zip`);
    await handoverZip(path, items, options);
    await transfers.give(who.clerk, id, [await uploaded(staging.folder, who.clerk, path, '2023年移交.zip')]);
  }
  async function begun(
    items: readonly SentItem[],
    options: { spoil?: boolean; fonds?: string } = {},
  ): Promise<string> {
    const id = await begin(options.fonds);
    await give(id, items, options);
    return id;
  }
  async function checkedBySender(id: string): Promise<void> {
    await act(who.clerk, id, 'precheck');
    await goOn(id);
  }
  /** From the agency up to where the archive weighs what it got. */
  async function arrived(id: string): Promise<void> {
    await checkedBySender(id);
    await act(who.officer, id, 'send');
    await goOn(id);
    await act(who.receiving, id, 'register');
    await goOn(id);
  }
  /** Says yes to everything of the archive's check that waits for a person. */
  async function answered(id: string): Promise<void> {
    const { arrivalCheck } = await transfers.one(who.decider, id);
    await answerAll(house.checks, who.decider, arrivalCheck?.runId ?? '');
  }
  async function weighed(id: string): Promise<void> {
    await arrived(id);
    await answered(id);
  }
  return { agencyId, who, out, act, goOn, begin, give, begun, checkedBySender, arrived, answered, weighed };
}
export type Desk = Awaited<ReturnType<typeof deskOf>>;
