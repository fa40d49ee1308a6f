import { type Actor, type AgencyOf, scopeOf, systemActor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { isRefusal, Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import { idFrom } from '#kernel/ids';
import type { JobKind } from '#kernel/jobs';
import type { Outcome } from '#modules/checks';
import { noAgency, noFiling, noRecord } from '../commands/refusals.ts';
import type { FilingDeps } from '../deps.ts';
import { demandInAgency } from '../domain/side.ts';
import { codesBuilt, itemPage } from '../store/records.ts';
import { type YearFiling, yearFilingById } from '../store/yearFilings.ts';
import { recordsSubject } from './subject.ts';

export const CHECK_FILING_JOB = 'check-filing';
/** What checks of this module are of. */
export const OF_FILING = 'filing';
export const OF_RECORDS = 'records';

/** A filing has one check, whatever is killed in it. */
export const runOf = (filingId: string): string => idFrom('filing', filingId);

/** A filing of so many items is judged at once where its confirmer does not find it judged. */
const AT_ONCE = 200;
/** Records chosen to be judged. */
const MOST_CHOSEN = 1_000;

type Ordered =
  | { filing: string }
  | { run: string; archiveId: string; agencyId: string; ids: string[]; title: string };

/** Judges the records of a filing, or a selection, at the stage of filing. Killed anywhere, it begins anew. */
export function checkFilingJob(deps: FilingDeps): JobKind<Ordered> {
  return {
    name: CHECK_FILING_JOB,
    concurrency: 1,
    async run(job) {
      const o = {
        signal: job.signal,
        progress: (done: number, total: number | null) =>
          job.progress({ step: 'checking', done, ...(total === null ? {} : { total }) }),
      };
      if ('filing' in job.data) {
        const { filing: id } = job.data;
        const filing = await deps.db.system((tx) => yearFilingById(tx, id));
        if (filing?.state === 'prepared') await checkFiling(deps, filing, o);
        return;
      }
      const { run, ids, archiveId, agencyId, title } = job.data;
      const subject = await recordsSubject(deps, { archiveId, agencyId, ids }, { title, declared: null });
      await deps.checks.run(
        system,
        { ...orderOf({ archiveId, agencyId }, title), id: run, about: OF_RECORDS, aboutId: run },
        subject,
        o,
      );
    },
  };
}

const system = systemActor('lantai');

const orderOf = ({ archiveId, agencyId }: AgencyOf, title: string) => {
  return { archiveId, agencyId, side: 'agency' as const, agencyOnly: true, title, stage: 'GD' as const };
};

/** In the transaction that prepares a filing. */
export function wantCheck(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  filing: Pick<YearFiling, 'id' | 'archiveId'>,
  name: string,
): Promise<string> {
  const about = { archiveId: filing.archiveId, title: name, createdBy: actor.id };
  return deps.jobs.enqueue(tx, CHECK_FILING_JOB, { filing: filing.id }, about);
}

async function checkFiling(
  deps: FilingDeps,
  filing: YearFiling,
  o: { signal?: AbortSignal; progress?(done: number, total: number | null): void } = {},
): Promise<Outcome> {
  const { id, archiveId, agencyId, year, number, items, bytes } = filing;
  const [name = ''] = (await deps.holdings.agenciesIn(archiveId))
    .filter((a) => a.id === agencyId)
    .map((a) => a.name);
  const title = `${name} ${year} (${number})`;
  const subject = await recordsSubject(
    deps,
    { archiveId, agencyId, filingId: id },
    { title, declared: { items, bytes, source: title, isRegister: true } },
  );
  const kinds = await deps.db.system((tx) => codesBuilt(tx, { archiveId, agencyId, filingId: id }));
  const categories = new Set(kinds.map((k) => k.category));
  const [category = null] = categories;
  const order = { ...orderOf(filing, title), id: runOf(id), about: OF_FILING, aboutId: id };
  return deps.checks.run(system, { ...order, category: categories.size === 1 ? category : null }, subject, o);
}

/**
 * What the check of a filing came to, for who confirms it.
 *
 * @throws Refusal filing.notFound, `filing.beingChecked` where its check is not over, `filing.unqualified`
 */
export async function demandChecked(deps: FilingDeps, actor: Actor, id: string): Promise<void> {
  const filing = await deps.db.as(scopeOf(actor), (tx) => yearFilingById(tx, id));
  if (!filing) throw noFiling();
  // Everything else of who may confirm what is asked where it is confirmed.
  if (filing.state !== 'prepared') return;
  demandInAgency(actor, 'filing.approve', filing, noFiling());
  demandOther(actor, filing.preparedBy, 'filing', filing.archiveId);
  const told = () => deps.checks.outcome(deps.db.owner, runOf(id));
  const outcome =
    (await told()) ??
    (filing.items <= AT_ONCE
      ? await checkFiling(deps, filing).catch((e: unknown) => {
          // Its job was at it too, and was quicker.
          if (isRefusal(e) && e.code === 'check.wrongState') return told();
          throw e;
        })
      : undefined);
  if (!outcome)
    throw new Refusal('filing.beingChecked', 'The records of this filing are still being checked.');
  if (outcome.verdict === 'unqualified')
    throw new Refusal(
      'filing.unqualified',
      'The check found records that can not be filed as they are: the report says which, and what has to be mended.',
      { check: outcome.id, items: outcome.failed },
    );
}

/**
 * Has a selection of an agency's records judged as at filing; a job does it.
 *
 * @returns id of the check
 * @throws Refusal agency.notFound, actor.forbidden, record.notFound
 */
export async function checkSelection(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf,
  o: { ids: readonly string[]; title: string },
): Promise<string> {
  demandInAgency(actor, 'filing.write', of, noAgency());
  const ids = [...new Set(o.ids)].slice(0, MOST_CHOSEN);
  const seen = await deps.db.as(scopeOf(actor), (tx) =>
    itemPage(tx, { ...of, ids }, { after: undefined, limit: MOST_CHOSEN }),
  );
  if (seen.length !== ids.length || ids.length === 0) throw noRecord();
  const run = deps.newId();
  const { archiveId, agencyId } = of;
  await deps.checks.prepare(actor, { ...orderOf(of, o.title), id: run, about: OF_RECORDS, aboutId: run });
  await deps.db.system((tx) =>
    deps.jobs.enqueue(
      tx,
      CHECK_FILING_JOB,
      { run, archiveId, agencyId, ids, title: o.title },
      { archiveId, title: o.title, createdBy: actor.id },
    ),
  );
  return run;
}
