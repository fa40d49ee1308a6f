import type { Stage } from '#formats/metadata-schemes';
import { type Actor, can, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { Language } from '#kernel/wording';
import { type AnswerOrder, answerItems } from './commands/answer.ts';
import { checkJob, type HeldOrder, startHeld } from './commands/held.ts';
import { noArchive } from './commands/reach.ts';
import { type PrepareOrder, performRun, prepareRun, type RunOptions } from './commands/run.ts';
import { decideOnScheme, proposeScheme, schemeFor } from './commands/schemes.ts';
import type { ChecksDeps } from './deps.ts';
import { shippedScheme } from './domain/defaults.ts';
import { STAGES } from './domain/scheme.ts';
import type { CheckSubject } from './domain/subject.ts';
import { findingsOf, reportOf, runsInReach } from './queries/report.ts';
import { jsonReport } from './report/json.ts';
import { pdfReport } from './report/pdf.ts';
import { xmlReport } from './report/xml.ts';
import { schemesOf } from './store/schemes.ts';
import { type PackageSubjectOrder, packageSubject } from './subjects/package.ts';

export type Checks = ReturnType<typeof createChecks>;

/**
 * Four-nature checks. Other modules give a subject and say what it is of; the run, its report and what people answer are kept
 * here, with the scheme as it was.
 */
export function createChecks(deps: ChecksDeps) {
  const finished = async (actor: Actor, id: string) => {
    const report = await reportOf(deps, actor, id);
    if (report.run.state !== 'done')
      throw new Refusal('check.wrongState', 'This check is not over.', { state: report.run.state });
    return report;
  };
  return {
    jobs: [checkJob(deps)],
    /** Enters a run by the scheme in force. @returns its id, at once */
    prepare: (actor: Actor, order: PrepareOrder) => prepareRun(deps, actor, order),
    /** Judges a subject for a prepared run and keeps what came of it. @throws the signal's reason; Refusal check.wrongState */
    perform: (runId: string, subject: CheckSubject, o?: RunOptions) => performRun(deps, runId, subject, o),
    /** Both at once: judged and kept when it returns. For jobs of other modules, which give the id so that a second try is the same run. */
    async run(actor: Actor, order: PrepareOrder, subject: CheckSubject, o?: RunOptions) {
      return performRun(deps, await prepareRun(deps, actor, order), subject, o);
    },
    /** A package as a subject, of any kind, as it lies there. Close it when it was judged. */
    packageSubject: (order: PackageSubjectOrder) => packageSubject(deps.packages, order),
    /** Begins to check what is held; a job does it. */
    startHeld: (actor: Actor, order: HeldOrder) => startHeld(deps, actor, order),
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
      const own = await deps.db.as(scopeOf(actor), (tx) => schemesOf(tx, archiveId));
      return { own, shipped: STAGES.map((stage: Stage) => shippedScheme(stage)) };
    },
    proposeScheme: (actor: Actor, order: Parameters<typeof proposeScheme>[2]) =>
      proposeScheme(deps, actor, order),
    decideScheme: (actor: Actor, id: string, approve: boolean) => decideOnScheme(deps, actor, id, approve),
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
