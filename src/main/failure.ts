import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal, messageOf } from '#kernel/errors';
import { EXIT } from '../cli/command.ts';
import { Interrupted } from './ending.ts';

export interface Failure {
  exitCode: number;
  /** One line for the person. */
  line: string;
}

/**
 * What a person is told of anything thrown. A Refusal is told in its own words; a Fault gets a reference number, and its
 * stack goes to `log/faults.log` of the data folder.
 */
export function describeFailure(e: unknown, dataDir: string | undefined): Failure {
  if (isRefusal(e)) return { exitCode: EXIT.unusable, line: oneLine(e.message) };
  if (e instanceof Interrupted) return { exitCode: e.exitCode, line: e.message };
  if (e instanceof Error && e.name === 'AbortError') {
    return e.cause instanceof Interrupted
      ? describeFailure(e.cause, dataDir)
      : { exitCode: EXIT.unusable, line: oneLine(e.message) };
  }
  const reference = randomBytes(4).toString('hex');
  const kept = dataDir === undefined ? undefined : keep(e, reference, dataDir);
  const where = kept ? `; details in ${kept}` : '';
  return {
    exitCode: EXIT.unusable,
    line: `Something went wrong inside Lantai: ${oneLine(messageOf(e))} (reference ${reference}${where})`,
  };
}

const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ').trim();

function keep(e: unknown, reference: string, dataDir: string): string | undefined {
  const file = join(dataDir, 'log', 'faults.log');
  try {
    mkdirSync(join(dataDir, 'log'), { mode: 0o700 });
  } catch {
    // There already; or there is no data folder, and then the next lines say so.
  }
  try {
    appendFileSync(file, `${new Date().toISOString()} ${reference}\n${withCauses(e)}\n\n`, { mode: 0o600 });
    return file;
  } catch {
    return undefined;
  }
}

function withCauses(e: unknown): string {
  if (!(e instanceof Error)) return String(e);
  const own = e.stack ?? e.message;
  return e.cause === undefined ? own : `${own}\ncaused by: ${withCauses(e.cause)}`;
}
