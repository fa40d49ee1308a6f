import { dayIn } from '#kernel/calendar';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import type { SenderSystem } from '../store/systems.ts';
import { countIn } from '../store/use.ts';

const QUARTER_MS = 15 * 60_000;

/** Seconds until the day is another, to a quarter of an hour. */
function secondsLeft(deps: Pick<IntakeDeps, 'clock' | 'timeZone'>): number {
  const now = deps.clock.now().getTime();
  const today = dayIn(new Date(now), deps.timeZone);
  const first = now - (now % QUARTER_MS) + QUARTER_MS;
  for (let n = 0; n < 100; n++) {
    const at = first + n * QUARTER_MS;
    if (dayIn(new Date(at), deps.timeZone) !== today) return Math.ceil((at - now) / 1_000);
  }
  return 86_400;
}

export function overQuota(
  deps: Pick<IntakeDeps, 'clock' | 'timeZone'>,
  quota: 'dayItems' | 'dayBytes' | 'totalItems' | 'totalBytes',
): Refusal {
  const ofDay = quota === 'dayItems' || quota === 'dayBytes';
  return new Refusal(
    ofDay ? 'intake.quota.tooMany' : 'intake.quota',
    ofDay
      ? 'The quota of the day is used up. Go on tomorrow.'
      : 'The quota of this system is used up. Its agency can ask for another.',
    ofDay ? { quota, seconds: secondsLeft(deps) } : { quota },
  );
}

/** Counts what is sent against the quotas; last in a transaction. @throws Refusal intake.quota, intake.quota.tooMany */
export async function demandRoom(
  deps: IntakeDeps,
  tx: Tx,
  { id, settings }: SenderSystem,
  what: { items: number; bytes: number },
): Promise<void> {
  const full = await countIn(tx, { systemId: id, day: deps.today(), settings, ...what });
  if (full) throw overQuota(deps, full);
}
