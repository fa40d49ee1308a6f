import { setTimeout as pause } from 'node:timers/promises';
import type { CliHouse } from '../../house.ts';

/** Waits until no job of these kinds waits or runs; ends at once when the command is told to. */
export async function jobsDone(
  house: Pick<CliHouse, 'jobs'>,
  kinds: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  while ((await house.jobs.pending(kinds)) > 0) await pause(300, undefined, { signal });
}
