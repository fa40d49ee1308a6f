import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  filesToTryAgain,
  type Outcome,
  outcomeOfReport,
  type VitestReport,
  withFurtherRuns,
} from './outcome.ts';

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

/**
 * Runs vitest and counts its tests. Where few files failed, each test of them must hold twice more, alone and in a row:
 * a test of kills and of races that fails once in a thousand runs is told as unsteady, one that fails oftener as failed.
 */
export async function testWith(shop: Workshop, part: string, args: readonly string[]): Promise<Outcome> {
  const { outcome, toTryAgain } = await runOf(shop, part, args);
  if (toTryAgain.length === 0) return outcome;
  const again: Outcome[] = [];
  for (const turn of ['second', 'third']) {
    process.stderr.write(`── ${part}: a ${turn} run of ${toTryAgain.join(', ')}\n`);
    const next = await runOf(shop, `${part} ${turn} run`, [...configOf(args), ...toTryAgain]);
    again.push(next.outcome);
    if (next.outcome.failed > 0) break;
  }
  return withFurtherRuns(outcome, again);
}

/** Of the arguments of a run, those that say which configuration it has. */
function configOf(args: readonly string[]): string[] {
  const at = args.indexOf('--config');
  return at < 0 ? [] : args.slice(at, at + 2);
}

/** A run that leaves no report behind counts as one failure. */
async function runOf(
  shop: Workshop,
  part: string,
  args: readonly string[],
): Promise<{ outcome: Outcome; toTryAgain: string[] }> {
  const file = join(shop.home, '.build/test', `${part.replaceAll(' ', '-')}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runTool(shop, 'vitest/vitest.mjs', ['run', '--passWithNoTests', ...reporters, ...args]);
  let outcome: Outcome = { part, passed: 0, failed: 0, skipped: 0 };
  let toTryAgain: string[] = [];
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
    outcome = outcomeOfReport(part, report, shop.home);
    toTryAgain = filesToTryAgain(report, shop.home);
  } catch {}
  // Errors outside any test (a set-up that failed, a promise nobody caught) show only in the exit code.
  if (code !== 0 && outcome.failed === 0)
    outcome = { ...outcome, failed: 1, failures: [`${part}: an error outside any test (see above)`] };
  return { outcome, toTryAgain };
}
