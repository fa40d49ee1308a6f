import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '#kernel/errors';

export interface CheckDocument {
  readonly results: readonly {
    readonly path: string;
    readonly kind: string;
    readonly valid: boolean;
    readonly findings: readonly Finding[];
  }[];
}

/** Runs a command of the platform in a process of its own, as a person would, with a data folder that is not there. */
export const runLantai = (...words: readonly string[]): Promise<Ran> => runLantaiWith({}, ...words);

interface Ran {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The same under settings. */
export function runLantaiWith(settings: Record<string, string>, ...words: readonly string[]): Promise<Ran> {
  const cli = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));
  // What the tests are told by the environment is no setting, and a person has none of it.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('LANTAI_'));
  const env = {
    ...Object.fromEntries(own),
    LANTAI_DATA: join(tmpdir(), 'lantai-there-is-no-such-folder'),
    ...settings,
  };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [cli, ...words],
      { env, maxBuffer: 64 * 1024 * 1024 },
      (_, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** `check … --json` with a kind or none, its document read. */
export async function runCheckAs(
  kind: string | undefined,
  ...paths: readonly string[]
): Promise<{ status: number; json: CheckDocument }> {
  const { status, stdout } = await runLantai('check', ...paths, ...(kind ? ['--kind', kind] : []), '--json');
  return { status, json: JSON.parse(stdout) as CheckDocument };
}

/** `check … --kind ocfl --json`, its document read. */
export function runCheck(...paths: readonly string[]): Promise<{ status: number; json: CheckDocument }> {
  return runCheckAs('ocfl', ...paths);
}
