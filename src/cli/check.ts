import { readFile, stat } from 'node:fs/promises';
import { Option } from 'commander';
import { type CheckResult, type Judged, judge, KIND_NAMES, type KindName } from '#formats/judging';
import { createDigestPool } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { type CliContext, defineCommand, EXIT } from './command.ts';
import { FETCH_FROM, FETCH_INNER, leaveToFetch } from './fetching.ts';

/** Findings of one code shown to people; the rest is counted (`--json` gives all that were kept). */
const SHOWN = 5;

interface Options {
  kind?: KindName;
  trust?: string[];
  fetchFrom?: string[];
  fetchInner?: boolean;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.argument(
      '<path...>',
      'packages to check: folders, ZIP or TAR files (.tar.gz too), storage roots',
    ).addOption(
      new Option('--kind <kind>', 'what they should be; without it they are recognised').choices(KIND_NAMES),
    );
    c.option('--trust <file...>', 'PEM files of certificates you trust, for packages that carry signatures')
      .option(...FETCH_FROM)
      .option(...FETCH_INNER);
  },
  /**
   * Judges without taking in, and needs no database. JSON: `{results: [{path, kind, valid, findings: [{code, severity,
   * path, message}]}]}`, one result a path, in order; paths of findings are below the path given, or below the top folder
   * of what is wrapped. Exit 0 when all are valid, 1 when one is not; 2 when one of the paths does not exist at all, and
   * then nothing is checked. What is fetched is judged with the rest and then taken away: the package stays as it is.
   */
  async run(ctx, args, { kind, trust: trustFiles, fetchFrom, fetchInner = false }) {
    const paths = args.filter((a) => a !== undefined);
    for (const path of paths) await demandThere(path);
    const trust = trustFiles && (await trusted(trustFiles));
    const outbound = fetchFrom && (await leaveToFetch(fetchFrom, fetchInner));
    const pool = createDigestPool();
    try {
      const results: CheckResult[] = [];
      for (const path of paths) {
        const judged = await judge(path, pool, {
          kind,
          trust,
          outbound,
          limits: ctx.config.packageLimits,
        });
        const { what: _, ...result } = judged;
        results.push(result);
        print(ctx, judged, kind === undefined);
      }
      ctx.out.document({ results });
      return results.every((r) => r.valid) ? EXIT.done : EXIT.rejected;
    } finally {
      await pool.close();
    }
  },
});

/** @throws Refusal `check.nothingThere`, `trust.unreadable` */
async function trusted(files: readonly string[]): Promise<string[]> {
  for (const file of files) await demandThere(file);
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const { readTrusted } = await import('#formats/eep');
  readTrusted(texts);
  return texts;
}

async function demandThere(path: string): Promise<void> {
  try {
    await stat(path);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (why === 'ENOENT' || why === 'ENOTDIR')
      throw new Refusal('check.nothingThere', `There is nothing at ${path}.`, { path }, { cause });
    if (typeof why !== 'string' || why === '') throw cause;
    // It is there and can not be looked at: the check says so.
  }
}

/** Names come from strangers and go to a terminal: what would steer it is shown as its number. */
const shown = (text: string) =>
  text.replace(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);

function print(
  { out }: CliContext,
  { path, kind, valid, findings, what }: Judged,
  recognised: boolean,
): void {
  const taken = recognised && kind !== 'unknown' ? `taken for ${kind}: ${what}` : what;
  out.line(`${valid ? 'VALID' : 'INVALID'}  ${path}  (${taken})`);
  const counts = new Map<string, number>();
  for (const f of findings) {
    const n = (counts.get(f.code) ?? 0) + 1;
    counts.set(f.code, n);
    if (n <= SHOWN)
      out.line(shown(`  ${f.severity} ${f.code}${f.path === '' ? '' : ` ${f.path}`}: ${f.message}`));
  }
  for (const [code, n] of counts) if (n > SHOWN) out.line(`  … and ${n - SHOWN} more ${code}`);
}
