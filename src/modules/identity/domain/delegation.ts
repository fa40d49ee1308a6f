import { Refusal } from '#kernel/errors';

/** Longest time somebody stands in for another, in days. A longer absence is a change of rights. */
export const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

/** What somebody wants to leave to a colleague. */
export interface WantedDelegation {
  fromPerson: string;
  toPerson: string;
  roles: readonly string[];
  from: Date;
  until: Date;
}

/** A role held by oneself. What was delegated to one is not among these, so that nothing is handed on further. */
export interface OwnRole {
  role: string;
  from: Date;
  until: Date | null;
}

/**
 * Judges a delegation: never more than one has oneself, for all of the time, and never what one was given by another.
 *
 * @param own roles the delegator holds in the archive
 * @throws Refusal delegation.self, delegation.span, delegation.notYours
 */
export function checkDelegation(d: WantedDelegation, own: readonly OwnRole[], now: Date): void {
  if (d.fromPerson === d.toPerson)
    throw new Refusal('delegation.self', 'Choose somebody else to stand in for you.');
  const [from, until] = [d.from.getTime(), d.until.getTime()];
  if (!(until > from) || until <= now.getTime() || until - from > LONGEST_DAYS * DAY_MS) {
    throw new Refusal(
      'delegation.span',
      `The time has to end after it begins, lie ahead, and last no longer than ${LONGEST_DAYS} days.`,
      { days: LONGEST_DAYS },
    );
  }
  const lacking = d.roles.filter((role) => !own.some((o) => o.role === role && covers(o, from, until)));
  if (d.roles.length === 0 || lacking.length > 0) {
    throw new Refusal(
      'delegation.notYours',
      'Only roles you hold yourself, for the whole time, can be left to another.',
      { roles: lacking.join(', ') },
    );
  }
}

function covers(o: OwnRole, from: number, until: number): boolean {
  return o.from.getTime() <= from && (o.until === null || o.until.getTime() >= until);
}
