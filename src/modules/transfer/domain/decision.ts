import { Refusal } from '#kernel/errors';

/** An entry that is not taken in with the rest, by its reference code, with all that stands below it. */
export interface LeftOut {
  code: string;
  reason: string;
}

/** What the archive means to do with a batch: proposed by who received it, decided by another person. */
export interface Decision {
  accepts: 'all' | 'part' | 'none';
  reason: string;
  leftOut: readonly LeftOut[];
}

const MOST_LEFT_OUT = 10_000;

/**
 * @throws Refusal `transfer.reason` (a return and an acceptance in part say why), `transfer.leftOut` (what is accepted in part
 *   names what is left out; what is accepted whole or returned names nothing)
 */
export function readDecision(d: Decision): Decision {
  const reason = d.reason.trim();
  if (d.accepts !== 'all' && reason === '')
    throw new Refusal('transfer.reason', 'Say why, so that the agency knows what to mend.', {
      field: 'reason',
    });
  const leftOut = d.leftOut.map((l) => ({ code: l.code.trim(), reason: l.reason.trim() }));
  const isWrong = d.accepts === 'part' ? leftOut.length === 0 : leftOut.length > 0;
  if (isWrong || leftOut.length > MOST_LEFT_OUT || leftOut.some((l) => l.code === '' || l.reason === ''))
    throw new Refusal(
      'transfer.leftOut',
      'Where a batch is accepted in part, each entry that is left out is named by its reference code with a reason.',
      { field: 'leftOut', most: MOST_LEFT_OUT },
    );
  return { accepts: d.accepts, reason, leftOut };
}
