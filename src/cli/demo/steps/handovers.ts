import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '#kernel/actor';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';
import { AGENCY, LAST } from './filedYear.ts';

/** How often the system is asked whether it has done its part, and for how long. */
const ASKED_EVERY = 400;
const PATIENCE = 15 * 60_000;

type Hands = Record<'clerk' | 'officer' | 'receiving' | 'director', Actor>;

/** What the agency has filed is handed over: one batch is accepted, another waits to be weighed. A second call goes on. */
export async function handOver(house: CliHouse, archive: SampleArchive, signal: AbortSignal): Promise<void> {
  const { holdings, identity } = house;
  const { id: archiveId } = await holdings.archiveByCode(archive.code);
  const agency = (await holdings.agenciesIn(archiveId)).find((a) => a.code === AGENCY);
  if (!agency) return;
  const hands: Hands = {
    clerk: await identity.actorNamed('agency-clerk'),
    officer: await identity.actorNamed('agency-officer'),
    receiving: await identity.actorNamed('receiving'),
    director: await identity.actorNamed('director'),
  };
  const of = { archiveId, agency };
  await batchOf(house, hands, of, { year: LAST - 1, until: 'accepted', signal });
  await batchOf(house, hands, of, { year: LAST, until: 'reviewing', signal });
}

async function batchOf(
  house: CliHouse,
  hands: Hands,
  { archiveId, agency }: { archiveId: string; agency: { id: string; name: string } },
  { year, until, signal }: { year: number; until: 'accepted' | 'reviewing'; signal: AbortSignal },
): Promise<void> {
  const { transfers } = house;
  const title = `${agency.name}${year}年度电子档案移交`;
  const known = await transfers.list(hands.clerk, {
    archiveId,
    agencyId: agency.id,
    state: undefined,
    cursor: undefined,
    limit: 50,
  });
  const there = known.items.find((b) => b.title === title)?.id;
  if (!there) {
    // A sample made before has no year to hand over.
    const ready = await house.filing.readyToHandOver(hands.clerk, { archiveId, agencyId: agency.id });
    if (!ready.some((g) => g.year === year && g.longTerm)) return;
  }
  const id =
    there ??
    (await transfers.begin(hands.clerk, {
      archiveId,
      agencyId: agency.id,
      planId: null,
      title,
      content: `${year}年度文书档案，永久及三十年`,
      fonds: null,
    }));
  const wanted = { year, retentions: null, categories: null, classCodes: null, from: null, to: null };
  const since = Date.now();
  for (;;) {
    signal.throwIfAborted();
    const batch = await transfers.one(hands.clerk, id);
    const { state, version } = batch;
    if (state === until || state === 'accepted' || Date.now() - since > PATIENCE) return;
    if (state === 'preparing' && batch.source !== 'records') await transfers.draw(hands.clerk, id, wanted);
    else if (state === 'preparing' && batch.precheck) return;
    else if (state === 'preparing') await transfers.act(hands.clerk, id, { act: 'precheck', version });
    else if (state === 'checked') await transfers.act(hands.officer, id, { act: 'send', version });
    else if (state === 'received') await transfers.act(hands.receiving, id, { act: 'register', version });
    else if (state === 'reviewing') {
      const runId = batch.arrivalCheck?.runId;
      if (runId) for (const by of [hands.receiving, hands.director]) await answer(house, by, runId);
      const decision = { accepts: 'all' as const, reason: '', leftOut: [] };
      await transfers.act(hands.receiving, id, { act: 'propose', version, decision });
    } else if (state === 'proposed') await transfers.act(hands.director, id, { act: 'accept', version });
    else await pause(ASKED_EVERY, undefined, { signal });
  }
}

/** Says yes to what no machine can tell. */
async function answer({ checks }: CliHouse, by: Actor, runId: string): Promise<void> {
  const { items } = await checks.report(by, runId);
  const awaited = items.filter((i) => i.standing === 'awaited' && i.mayAnswer);
  const answers = awaited.map(({ item }) => ({
    slug: item.slug,
    verdict: 'yes' as const,
    reason: '已核对',
  }));
  if (answers.length > 0) await checks.answer(by, runId, answers);
}
