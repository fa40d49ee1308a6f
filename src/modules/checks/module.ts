import type { Stage } from '#formats/metadata-schemes';
import { type Actor, can, scopeOf, systemActor } from '#kernel/actor';
import type { Sql, Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { Language } from '#kernel/wording';
import { type AnswerOrder, answerItems } from './commands/answer.ts';
import { type CheckCalendar, keepCalendar } from './commands/calendar.ts';
import { checkJob, type HeldOrder, startHeld } from './commands/held.ts';
import { noArchive } from './commands/reach.ts';
import { type PrepareOrder, performRun, prepareRun, type RunOptions } from './commands/run.ts';
import { decideOnScheme, proposeScheme, scansAll, schemeFor } from './commands/schemes.ts';
import { decideOnTrust, endTrust, proposeTrust, trustInForce, trustOf } from './commands/trust.ts';
import type { ChecksDeps, ChecksGround } from './deps.ts';
import { FOREIGN_PROFILES, shippedScheme } from './domain/defaults.ts';
import { STAGES } from './domain/scheme.ts';
import type { CheckSubject } from './domain/subject.ts';
import { shareLookers } from './looking/shared.ts';
import { type Outcome, outcomeOf } from './queries/outcome.ts';
import { findingsOf, reportOf, runsInReach } from './queries/report.ts';
import { jsonReport } from './report/json.ts';
import { type KeptReport, keptReport } from './report/kept.ts';
import { pdfReport } from './report/pdf.ts';
import { xmlReport } from './report/xml.ts';
import { lastAbout } from './store/results.ts';
import { closeRun, failRun, type RunRow, runById, runsById } from './store/runs.ts';
import { allSchemesOf } from './store/schemes.ts';
import { type PackageSubjectOrder, packageSubject } from './subjects/package.ts';

/** How a run stands, for who shows the thing it is of. */
export type RunStanding = Pick<RunRow, 'id' | 'state' | 'verdict' | 'done' | 'total'>;

export type Checks = ReturnType<typeof createChecks>;

/**
 * Four-nature checks. Other modules give a subject and say what it is of; the run, its report and what people answer are kept
 * here, with the scheme as it was.
 */
export function createChecks(ground: ChecksGround) {
  const deps: ChecksDeps = { ...ground, lookers: shareLookers() };
  const finished = async (actor: Actor, id: string) => {
    const report = await reportOf(deps, actor, id);
    if (report.run.state !== 'done')
      throw new Refusal('check.wrongState', 'This check is not over.', { state: report.run.state });
    return report;
  };
  return {
    jobs: [checkJob(deps)],
    /** Ends the threads that are kept between checks. */
    stop: () => deps.lookers.close(),
    /** Enters a run by the scheme in force. @returns its id, at once */
    prepare: (actor: Actor, order: PrepareOrder) => prepareRun(deps, actor, order),
    /** Judges a subject for a prepared run and keeps what came of it. @throws the signal's reason; Refusal check.wrongState */
    perform: (runId: string, subject: CheckSubject, o?: RunOptions) => performRun(deps, runId, subject, o),
    /** Both at once: judged and kept when it returns. For jobs of other modules, which give the id so that a second try is the same run. */
    async run(actor: Actor, order: PrepareOrder, subject: CheckSubject, o?: RunOptions): Promise<Outcome> {
      const id = await prepareRun(deps, actor, order);
      // Done before its caller could write down what it came to: told again.
      const before = await outcomeOf(deps.db.owner, id);
      if (before) return before;
      await performRun(deps, id, subject, o);
      const outcome = await outcomeOf(deps.db.owner, id);
      if (!outcome) throw new Error(`check ${id} was done and is not there`);
      return outcome;
    },
    /** Ends a run that can not be gone on with; nothing of it is kept but why. */
    abandon: (id: string, why: string) => failRun(deps.db.owner, id, why, deps.clock.now()),
    /** What a run came to, with people's answers so far; undefined where it is not over. On the caller's transaction. */
    outcome: (db: Sql, id: string) => outcomeOf(db, id),
    /** How runs stand, by their ids; those that are not there or beyond reach are left out. */
    async standings(actor: Actor, ids: readonly string[]): Promise<Map<string, RunStanding>> {
      const rows = await deps.db.as(scopeOf(actor), (tx) => runsById(tx, ids));
      return new Map(
        rows.map(({ id, state, verdict, done, total }) => [id, { id, state, verdict, done, total }]),
      );
    },
    /** How far a run is; undefined where it has not begun. For who shows the thing it is of. */
    async progress(id: string): Promise<Pick<RunRow, 'id' | 'done' | 'total'> | undefined> {
      const run = await runById(deps.db.owner, id);
      return run && { id, done: run.done, total: run.total };
    },
    /** The report of a run that is over, to be kept with what was checked. For the system. @throws Refusal check.notFound */
    async kept(id: string, language: Language): Promise<KeptReport> {
      return keptReport(deps.db.owner, await reportOf(deps, systemActor('lantai'), id), language);
    },
    /** What the newest check of these kinds found of one object of an agency, since a time; for who shows the object. */
    lastAbout: (
      actor: Actor,
      o: { agencyId: string; abouts: readonly string[]; object: string; since: Date },
    ) => deps.db.as(scopeOf(actor), (tx) => lastAbout(tx, o)),
    /** Somebody acts on what a run came to: nothing of it is answered any more, and both sides see it. In the caller's transaction. */
    close: (tx: Tx, id: string) => closeRun(tx, id),
    /** Whether every scheme in force at a stage has all files looked at by the scanner, and lets nothing infected pass. */
    scansAll: (archiveId: string, stage: Stage) => scansAll(deps, archiveId, stage),
    /** A package as a subject, of any kind, as it lies there. Close it when it was judged. */
    packageSubject: (order: PackageSubjectOrder) => packageSubject(deps.packages, order),
    /** Begins to check what is held; a job does it. */
    startHeld: (actor: Actor, order: HeldOrder) => startHeld(deps, actor, order),
    /** For the clock of the house: what is held is checked at the time that is set. */
    keepCalendar: (calendar: CheckCalendar, archives: Parameters<typeof keepCalendar>[2]) =>
      keepCalendar(deps, calendar, archives),
    answer: (actor: Actor, runId: string, answers: readonly AnswerOrder[]) =>
      answerItems(deps, actor, runId, answers),
    report: (actor: Actor, id: string) => reportOf(deps, actor, id),
    findings: (actor: Actor, o: Parameters<typeof findingsOf>[2]) => findingsOf(deps, actor, o),
    runs: (actor: Actor, o: Parameters<typeof runsInReach>[2]) => runsInReach(deps, actor, o),
    schemeFor: (fit: Parameters<typeof schemeFor>[1]) => schemeFor(deps, fit),
    /** What an archive has set, and what holds where it has set nothing. */
    async schemes(actor: Actor, archiveId: string) {
      const sees = can(actor, 'preservation.read', archiveId) || can(actor, 'filing.read', archiveId);
      if (!sees) throw noArchive();
      const own = await deps.db.as(scopeOf(actor), (tx) => allSchemesOf(tx, archiveId));
      const general = STAGES.map((stage: Stage) => shippedScheme(stage));
      return { own, shipped: [...general, ...FOREIGN_PROFILES.map((kind) => shippedScheme('YJ', kind))] };
    },
    proposeScheme: (actor: Actor, order: Parameters<typeof proposeScheme>[2]) =>
      proposeScheme(deps, actor, order),
    decideScheme: (actor: Actor, id: string, approve: boolean) => decideOnScheme(deps, actor, id, approve),
    /** Whose signatures an archive trusts. */
    trust: (actor: Actor, archiveId: string) => trustOf(deps, actor, archiveId),
    proposeTrust: (actor: Actor, order: Parameters<typeof proposeTrust>[2]) =>
      proposeTrust(deps, actor, order),
    decideTrust: (actor: Actor, id: string, approve: boolean) => decideOnTrust(deps, actor, id, approve),
    endTrust: (actor: Actor, id: string, reason: string) => endTrust(deps, actor, id, reason),
    /** Certificates that one of these archives trusts, as PEM texts: for whoever else judges signatures. */
    trustInForce: (archiveIds: readonly string[]) => trustInForce(deps, archiveIds),
    async json(actor: Actor, id: string, language: Language) {
      return jsonReport(deps.db.owner, await finished(actor, id), language);
    },
    async xml(actor: Actor, id: string, language: Language) {
      return xmlReport(deps.db.owner, await finished(actor, id), language);
    },
    async pdf(actor: Actor, id: string, language: Language) {
      return pdfReport(deps.db.owner, await finished(actor, id), { language, timeZone: deps.timeZone });
    },
  };
}
