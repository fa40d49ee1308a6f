/**
 * How long entries are kept. Logs of use are kept six months at least (Cybersecurity Law, art. 21 [S:CSL]); what is the
 * history of a record, a right or a decision is kept as long as the trail itself.
 */
export const SHORTEST_MONTHS = 6;

/** Acts whose entries may go when their time is over: being there, reading, trying. Everything else stays. */
export const USE_ACTS = [
  'session.opened',
  'session.ended',
  'session.othersEnded',
  'session.failed',
  'session.proved',
  'session.proofFailed',
  'act.refused',
  'unit.read',
  'unit.contentRead',
  'unit.masterRead',
  'certificate.read',
] as const;

/** The same day and time some calendar months earlier; the month's last day where there is no such day. */
export function monthsBefore(at: Date, months: number): Date {
  const earlier = new Date(at);
  earlier.setUTCDate(1);
  earlier.setUTCMonth(earlier.getUTCMonth() - months);
  const days = new Date(Date.UTC(earlier.getUTCFullYear(), earlier.getUTCMonth() + 1, 0)).getUTCDate();
  earlier.setUTCDate(Math.min(at.getUTCDate(), days));
  return earlier;
}
