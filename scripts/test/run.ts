/**
 * Everything that must pass. Called by `./lantai test`; words for people go to stderr, the closing lines to stdout.
 *
 *     node scripts/test/run.ts [--slow] [--external] [--only static|unit|db|corpus|journeys] [--json]
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkWith, testWith, type Workshop } from './commands.ts';
import { closingOf, type Outcome } from './outcome.ts';
import { installS3Server } from './s3Server.ts';
import { installMissing } from './systemPackages.ts';

const { values: wanted } = parseArgs({
  options: {
    slow: { type: 'boolean', default: false },
    external: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const home = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
const say = (line: string) => process.stderr.write(`${line}\n`);
const does = (part: string) => wanted.only === undefined || wanted.only === part;

const environment = { ...process.env };
if (wanted.external && !environment.LANTAI_TEST_DATABASE_URL) {
  say(
    '--external needs LANTAI_TEST_DATABASE_URL: an owner who may create databases and roles, PostgreSQL 15 or newer.',
  );
  process.exit(2);
}
if (!wanted.external) delete environment.LANTAI_TEST_DATABASE_URL;

const shop: Workshop = { home, environment, running: new Set() };
const stop = () => {
  for (const child of shop.running) child.kill('SIGTERM');
  setTimeout(() => process.exit(143), 10_000).unref();
};
process.on('SIGTERM', stop);
// The process that asked for this run is gone.
process.on('disconnect', stop);

const outcomes = [...(await statics()), ...(await everyday()), ...(await slow()), ...(await journeys())];
const closing = closingOf(outcomes);
say('');
if (wanted.json) process.stdout.write(`${JSON.stringify({ outcomes, verdict: closing.lines })}\n`);
else for (const line of closing.lines) process.stdout.write(`${line}\n`);
process.exit(closing.exitCode);

async function statics(): Promise<Outcome[]> {
  if (!does('static')) return [];
  say('── Types and style');
  const found = [await checkWith(shop, 'types', 'typescript/bin/tsc', ['-p', 'tsconfig.json'])];
  if (existsSync(join(home, 'web/tsconfig.json'))) {
    found.push(
      await checkWith(shop, 'types of the console', 'typescript/bin/tsc', [
        '-p',
        'web/tsconfig.json',
        '--noEmit',
      ]),
    );
  }
  found.push(await checkWith(shop, 'style', '@biomejs/biome/bin/biome', ['check', '.']));
  return found;
}

async function everyday(): Promise<Outcome[]> {
  const filters: Record<string, string[]> = {
    unit: ['--exclude', '**/*.db.test.ts', '--exclude', 'test/corpus/**', '--exclude', 'test/faults/**'],
    db: ['.db.test.ts'],
    corpus: ['test/corpus'],
  };
  const filter = wanted.only === undefined ? [] : filters[wanted.only];
  if (filter === undefined) return [];
  say('── Tests');
  const noS3 = wanted.only === 'corpus' ? undefined : installS3Server(say);
  const outcomes = [await testWith(shop, 'tests', filter)];
  const notPerformed = (part: string, why: string) =>
    outcomes.push({ part, passed: 0, failed: 0, skipped: 0, notPerformed: why });
  if (noS3) notPerformed('tests on S3', noS3);
  if (!environment.LANTAI_CORPORA && (does('corpus') || wanted.only === undefined))
    notPerformed(
      'tests on real material',
      'LANTAI_CORPORA does not name a folder with the corpora, so their tests were skipped',
    );
  return outcomes;
}

async function slow(): Promise<Outcome[]> {
  if (!wanted.slow || wanted.only !== undefined) return [];
  say('── Slow tests');
  return [await testWith(shop, 'slow tests', ['--config', 'vitest.slow.config.ts'])];
}

async function journeys(): Promise<Outcome[]> {
  if (!does('journeys') || !existsSync(join(home, 'test/journeys'))) return [];
  say('── Journeys in the browser');
  const missing = installMissing(say);
  const needed =
    missing.find((p) => p.name === 'chromium') ?? missing.find((p) => p.name === 'fonts-noto-cjk');
  if (needed) {
    const notPerformed = `${needed.name} is missing`;
    return [{ part: 'journeys in the browser', passed: 0, failed: 0, skipped: 0, notPerformed }];
  }
  return [await testWith(shop, 'journeys', ['--config', 'vitest.journeys.config.ts'])];
}
