import type { Stage } from '#formats/metadata-schemes';
import { defaultTemplates } from '#formats/reference-codes';
import { type Actor, auditActor } from '#kernel/actor';
import { isRefusal, Refusal } from '#kernel/errors';
import type { ChecksDeps } from '../deps.ts';
import type { ItemResult, Verdict } from '../domain/result.ts';
import type { CheckSubject } from '../domain/subject.ts';
import { verdictOf } from '../domain/verdict.ts';
import { type RunTotals, runScheme } from '../running/run.ts';
import { insertResults } from '../store/results.ts';
import {
  beginRun,
  endRun,
  failRun,
  insertRun,
  noteProgress,
  type RunRow,
  reopenRun,
  runById,
} from '../store/runs.ts';
import { schemeFor } from './schemes.ts';
import { trustInForce } from './trust.ts';

/** What is to be checked, for whom, and at which stage. */
export interface PrepareOrder {
  /** Chosen by the caller: the same again is the same run, which begins anew where it was broken off. */
  id?: string | undefined;
  archiveId: string;
  agencyId?: string | null | undefined;
  /** Whose people answer what a machine can not; default: the agency's where it is of an agency, else the archive's. */
  side?: RunRow['side'] | undefined;
  /** The archive does not see it before `close`. */
  agencyOnly?: boolean | undefined;
  /** What it is of, in the caller's words and by its id there: `batch`, `package`, `filingYear`. */
  about: string;
  aboutId: string;
  title: string;
  stage: Stage;
  category?: string | null | undefined;
  /** All records, whatever share of them the scheme sets. */
  whole?: boolean | undefined;
  /** Kind of package. */
  profile?: string | null | undefined;
}

export interface RunOptions {
  signal?: AbortSignal | undefined;
  progress?(done: number, total: number | null): void;
}

export interface RunDone {
  id: string;
  verdict: Verdict;
  results: readonly ItemResult[];
  totals: RunTotals;
}

const PROGRESS_MS = 1_000;

/** Enters a run by the scheme in force now; nothing is judged yet. @returns its id */
export async function prepareRun(deps: ChecksDeps, actor: Actor, o: PrepareOrder): Promise<string> {
  const id = o.id ?? deps.newId();
  if (await runById(deps.db.owner, id)) {
    // What kept it from being done may be gone.
    await reopenRun(deps.db.owner, id);
    return id;
  }
  const { category = null, profile = null, archiveId, stage } = o;
  const scheme = await schemeFor(deps, { archiveId, stage, category, profile });
  await deps.db.system(async (tx) => {
    const isNew = await insertRun(tx, {
      id,
      archiveId,
      agencyId: o.agencyId ?? null,
      side: o.side ?? (o.agencyId ? 'agency' : 'archive'),
      agencyOnly: o.agencyOnly ?? false,
      about: o.about,
      aboutId: o.aboutId,
      title: o.title.slice(0, 500),
      stage,
      category,
      profile,
      schemeId: scheme.id,
      schemeVersion: scheme.version,
      items: o.whole ? scheme.items.map((i) => ({ ...i, sample: 100 })) : [...scheme.items],
      // Nobody who prepares a batch can tell which of it will be looked at.
      seed: deps.newId(),
      startedBy: actor.id,
      startedByName: actor.name,
      createdAt: deps.clock.now(),
    });
    if (!isNew) return;
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'check.begun',
      target: { type: 'check', id },
      detail: { about: o.about, of: o.title.slice(0, 200), stage, scheme: scheme.version },
    });
  });
  return id;
}

/**
 * Judges a subject for a run that was prepared, and keeps what came of it in one transaction: a run that was killed has nothing,
 * and is judged anew. One that is done is told again and not judged twice.
 */
export async function performRun(
  deps: ChecksDeps,
  runId: string,
  subject: CheckSubject,
  o: RunOptions = {},
): Promise<RunDone> {
  const run = await runById(deps.db.owner, runId);
  if (!run || run.state === 'done' || run.state === 'failed')
    throw new Refusal('check.wrongState', 'This check is over.', { state: run?.state ?? null });
  // Over since it was read: what came of it stays.
  if (!(await deps.db.system((tx) => beginRun(tx, runId, deps.clock.now()))))
    throw new Refusal('check.wrongState', 'This check is over.', { state: 'done' });
  const lookers = deps.lookers.take(await deps.formats());
  let told = 0;
  try {
    const { results, totals } = await runScheme({
      subject: await withCodes(deps, run.archiveId, subject),
      lookers,
      scheme: run,
      today: deps.today(),
      seed: run.seed,
      services: { ...deps.services, trust: await trustInForce(deps, [run.archiveId]) },
      scratch: deps.scratch,
      signal: o.signal,
      progress(done, total) {
        o.progress?.(done, total);
        const now = Date.now();
        if (now - told < PROGRESS_MS) return;
        told = now;
        // Only told: the run does not wait for it, and one that is lost is followed by another.
        noteProgress(deps.db.owner, runId, done, total).catch((err) => deps.log.warn({ err }, 'progress'));
      },
    });
    return await keep(deps, run, results, totals);
  } catch (e) {
    if (isRefusal(e)) await failRun(deps.db.owner, runId, e.code, deps.clock.now());
    throw e;
  } finally {
    await deps.lookers.giveBack(lookers);
  }
}

/** What the archive alone knows of codes, where the subject does not say it itself. */
async function withCodes(
  { codes }: ChecksDeps,
  archiveId: string,
  subject: CheckSubject,
): Promise<CheckSubject> {
  const own = subject.templates ?? (await codes.templates(archiveId));
  return {
    isVoid: (code) => codes.isVoid(archiveId, code),
    ...subject,
    // What was numbered before an archive had rules of its own follows the standards'.
    ...(own.length > 0 && { templates: subject.templates ?? [...own, ...defaultTemplates] }),
  };
}

async function keep(
  deps: ChecksDeps,
  run: RunRow,
  results: readonly ItemResult[],
  totals: RunTotals,
): Promise<RunDone> {
  const { id, archiveId, stage, startedBy, startedByName } = run;
  const verdict = verdictOf(run.items, new Map(results.map((r) => [r.slug, r])), new Map());
  await deps.db.system(async (tx) => {
    // Another process may have done the same meanwhile, after this one was thought dead.
    if (!(await endRun(tx, id, totals, verdict, deps.clock.now())))
      throw new Refusal('check.wrongState', 'This check is over.', { state: 'done' });
    await insertResults(tx, id, results);
    await deps.audit.append(tx, {
      actor: { id: startedBy, name: startedByName },
      archiveId,
      act: 'check.done',
      target: { type: 'check', id },
      detail: { of: run.title.slice(0, 200), stage, verdict, records: totals.units, files: totals.files },
    });
  });
  return { id, verdict, results, totals };
}
