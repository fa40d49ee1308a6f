import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Outcome, outcomeOfReport, type VitestReport } from './outcome.ts';

export interface Workshop {
  home: string;
  environment: NodeJS.ProcessEnv;
  /** Children that run now, to be ended with us. */
  running: Set<ChildProcess>;
}

/** Runs one of the installed tools in sight. All it prints goes to stderr, so that stdout keeps the closing lines. */
function runTool(shop: Workshop, script: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(shop.home, 'node_modules', script), ...args], {
      cwd: shop.home,
      env: shop.environment,
      stdio: ['ignore', 2, 2],
    });
    shop.running.add(child);
    child.on('error', reject);
    child.on('close', (code) => {
      shop.running.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** A tool that is right or wrong as a whole counts as one. */
export async function checkWith(
  shop: Workshop,
  part: string,
  script: string,
  args: string[],
): Promise<Outcome> {
  const good = (await runTool(shop, script, args)) === 0;
  return { part, passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 };
}

/** Runs vitest and counts its tests. A run that leaves no report behind counts as one failure. */
export async function testWith(shop: Workshop, part: string, args: readonly string[]): Promise<Outcome> {
  const file = join(shop.home, '.build/test', `${part.replaceAll(' ', '-')}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runTool(shop, 'vitest/vitest.mjs', ['run', '--passWithNoTests', ...reporters, ...args]);
  let outcome: Outcome;
  try {
    outcome = outcomeOfReport(part, JSON.parse(readFileSync(file, 'utf8')) as VitestReport);
  } catch {
    outcome = { part, passed: 0, failed: 0, skipped: 0 };
  }
  // Errors outside any test (a set-up that failed, a promise nobody caught) show only in the exit code.
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}
