import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { ChecksDeps } from '../deps.ts';
import type { Answer, Verdict } from '../domain/result.ts';
import { mayAnswer, verdictOf } from '../domain/verdict.ts';
import type { Slug } from '../rules/slugs.ts';
import { answersOf, insertAnswer, resultsOf } from '../store/results.ts';
import { holdRun, runById, setVerdict } from '../store/runs.ts';
import { demandCheck, mayConfirm, maySee, mayWrite, noRun } from './reach.ts';

export interface AnswerOrder extends Answer {
  slug: Slug;
}

/**
 * Writes what a person says of items: what only a person can answer, what could not be performed, and faults that only warn, which
 * somebody accountable confirms. Each with a reason; each stays, and the last counts.
 *
 * @returns the result of the whole
 * @throws Refusal `check.notFound`, `check.wrongState`, `check.noReason`, `check.noAnswer` (the item is no person's to answer),
 *   `check.closed` (somebody has acted on the result)
 */
export async function answerItems(
  deps: ChecksDeps,
  actor: Actor,
  runId: string,
  given: readonly AnswerOrder[],
): Promise<Verdict> {
  const run = await deps.db.as(scopeOf(actor), (tx) => runById(tx, runId));
  if (!run || !maySee(actor, run)) throw noRun();
  demandCheck(mayWrite(actor, run) || mayConfirm(actor, run));
  if (run.state !== 'done')
    throw new Refusal('check.wrongState', 'This check is not over.', { state: run.state });
  return deps.db.system(async (tx) => {
    await holdRun(tx, runId);
    if ((await runById(tx, runId))?.closed)
      throw new Refusal(
        'check.closed',
        'What this check came to was acted on: nothing of it is answered any more.',
      );
    const results = await resultsOf(tx, runId);
    for (const { slug, verdict, reason } of given) {
      const item = run.items.find((i) => i.slug === slug);
      const result = results.get(slug);
      if (!item || !result || !mayAnswer(item, result))
        throw new Refusal('check.noAnswer', 'This item is not for a person to answer.', { slug });
      // To let a fault stand is more than to say what one saw.
      demandCheck(result.state === 'failed' && verdict === 'yes' ? mayConfirm(actor, run) : true);
      if (reason.trim() === '') throw new Refusal('check.noReason', 'Say why.', { slug });
      const by = { byId: actor.id, byName: actor.name, at: deps.clock.now() };
      await insertAnswer(tx, {
        id: deps.newId(),
        runId,
        slug,
        verdict,
        reason: reason.trim().slice(0, 2_000),
        ...by,
      });
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId: run.archiveId,
        act: 'check.answered',
        target: { type: 'check', id: runId },
        detail: { item: slug, verdict, reason: reason.trim().slice(0, 300) },
      });
    }
    const verdict = verdictOf(run.items, results, await answersOf(tx, runId));
    await setVerdict(tx, runId, verdict);
    return verdict;
  });
}
