import { type Actor, auditActor, demand } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { forgetFailures } from '../store/conversions.ts';
import { type FormatDecision, insertDecision } from '../store/formatDecisions.ts';
import type { FormatsDeps } from './deps.ts';
import { rowOf } from './domain/register.ts';
import { categoryOf, isPuid } from './domain/standing.ts';
import type { Policy, Risk } from './domain/types.ts';
import { NORMALISE_JOB } from './normalise.ts';

export interface DecisionInput {
  archiveId: string;
  /** A format's identifier, or `category:<category>`. */
  subject: string;
  /** null: as the register has it. Both null: the decision before is taken back. */
  risk: Risk | null;
  policy: Policy | null;
  reason: string;
}

const noArchive = () => new Refusal('archive.notFound', 'There is no such archive.');

/**
 * Decides on risk and policy of a format, or of a category of formats, for one archive. What was decided before stays as
 * history.
 *
 * @throws Refusal archive.notFound, format.subject, format.reason, format.archival
 */
export async function decideFormat(
  deps: FormatsDeps,
  actor: Actor,
  input: DecisionInput,
): Promise<FormatDecision> {
  const { archiveId, subject, risk, policy } = input;
  demand(actor, 'preservation.manage', archiveId, noArchive(), 'whole');
  const reason = input.reason.trim();
  if (!reason) throw new Refusal('format.reason', 'Say why it is decided so.');
  if (!isPuid(subject) && !categoryOf(subject))
    throw new Refusal('format.subject', 'Name a format by its identifier, or a category.', { subject });
  if (policy !== null && policy !== 'keep' && rowOf(subject)?.archival)
    throw new Refusal(
      'format.archival',
      'This is a form for keeping itself: there is nothing to convert it to.',
    );
  // Whoever keeps the formats need not see a single record.
  return deps.db.system(async (tx) => {
    const { id, name } = auditActor(actor);
    const decision: FormatDecision = {
      id: deps.newId(),
      archiveId,
      subject,
      risk,
      policy,
      reason,
      decidedBy: id,
      decidedByName: name,
      decidedAt: deps.clock.now(),
    };
    await insertDecision(tx, decision);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: risk === null && policy === null ? 'format.decisionTakenBack' : 'format.decided',
      target: { type: 'archive', id: archiveId },
      detail: { decision: decision.id, format: subject, risk, policy, reason },
    });
    return decision;
  });
}

/**
 * Has what waits in an archive converted.
 *
 * @param again what failed before is tried again
 * @returns the job
 * @throws Refusal archive.notFound
 */
export async function askConversion(
  deps: FormatsDeps,
  actor: Actor,
  { archiveId, again }: { archiveId: string; again: boolean },
): Promise<string> {
  demand(actor, 'preservation.manage', archiveId, noArchive(), 'whole');
  // Rows of conversions are the job's own: the application's role does not touch them.
  return deps.db.system(async (tx) => {
    const retried = again ? await forgetFailures(tx, archiveId) : 0;
    const jobId = await deps.jobs.enqueue(
      tx,
      NORMALISE_JOB,
      { archiveId },
      { archiveId, createdBy: actor.id },
    );
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'format.conversionAsked',
      target: { type: 'archive', id: archiveId },
      detail: { job: jobId, retried },
    });
    return jobId;
  });
}
