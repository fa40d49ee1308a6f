import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Option } from 'commander';
import { filesystemReader, recognise, validateInventory, validateObject, validateRoot } from '#formats/ocfl';
import { createDigestPool, type DigestPool } from '#kernel/checksums';
import { type Finding, messageOf, Refusal } from '#kernel/errors';
import { type CliContext, defineCommand, EXIT } from './command.ts';

/** What `--json` says of one path. */
interface CheckResult {
  /** As it was given. */
  readonly path: string;
  readonly kind: 'ocfl';
  readonly valid: boolean;
  readonly findings: readonly Finding[];
}

interface Checked extends CheckResult {
  /** For people. */
  readonly what: string;
}

/** Findings of one code shown to people; the rest is counted (`--json` gives all that were kept). */
const SHOWN = 5;

export const command = defineCommand<{ kind: 'ocfl' }>({
  describe(c) {
    c.argument('<path...>', 'folders to check: OCFL objects or whole storage roots').addOption(
      new Option('--kind <kind>', 'what they should be').choices(['ocfl']).makeOptionMandatory(),
    );
  },
  /**
   * Judges without taking in, and needs no database. JSON: `{results: [{path, kind, valid, findings: [{code, severity,
   * path, message}]}]}`, one result a path, in order; paths of findings are below the path given. Exit 0 when all are
   * valid, 1 when one is not; 2 when one of the paths does not exist at all, and then nothing is checked.
   */
  async run(ctx, args) {
    const paths = args.filter((a) => a !== undefined);
    for (const path of paths) await demandThere(path);
    const pool = createDigestPool();
    try {
      const results: CheckResult[] = [];
      for (const path of paths) {
        const { what, ...result } = await check(path, pool);
        results.push(result);
        print(ctx, result, what);
      }
      ctx.out.document({ results });
      return results.every((r) => r.valid) ? EXIT.done : EXIT.rejected;
    } finally {
      await pool.close();
    }
  },
});

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

/** Of a folder that nothing makes an object or a root; what it lacks as an object is said beside this. */
const neither: Finding = {
  code: 'E069',
  severity: 'error',
  path: '',
  message: 'Nothing here makes the folder an OCFL storage root.',
};

/** A folder or file that the system does not let us read makes the package unproved, not the call wrong. */
const isOfTheSystem = (e: unknown) => e instanceof Error && 'syscall' in e;

async function check(path: string, pool: DigestPool): Promise<Checked> {
  const judged = (findings: readonly Finding[], what: string): Checked => ({
    path,
    kind: 'ocfl',
    valid: !findings.some((f) => f.severity === 'error'),
    findings,
    what,
  });
  const failed = (code: string, message: string, what: string) =>
    judged([{ code, severity: 'error', path: '', message }], what);
  try {
    if (!(await stat(path)).isDirectory()) return judged(await ofFile(path, pool), 'no folder');
    const reader = filesystemReader(path, pool);
    const found = await recognise(reader);
    if (found === 'object') return judged((await validateObject(reader)).findings, 'OCFL object');
    if (found === null)
      return judged([neither, ...(await validateObject(reader)).findings], 'neither OCFL object nor root');
    const { findings, objects } = await validateRoot(reader);
    return judged(findings, `OCFL storage root, ${objects} ${objects === 1 ? 'object' : 'objects'}`);
  } catch (e) {
    if (!isOfTheSystem(e)) throw e;
    return failed('unreadable', `It could not be read to the end: ${messageOf(e)}`, 'not read');
  }
}

/** A file is no package. One that is named as an inventory is judged as one besides, for whoever is mending it. */
async function ofFile(path: string, pool: DigestPool): Promise<Finding[]> {
  const message = 'This is no folder; an OCFL object or storage root is one.';
  const name = basename(path);
  const said = /inventory.*\.json$/i.test(name)
    ? await validateInventory(filesystemReader(dirname(path), pool), name)
    : [];
  return [{ code: 'E003', severity: 'error', path: '', message }, ...said];
}

function print({ out }: CliContext, { path, valid, findings }: CheckResult, what: string): void {
  out.line(`${valid ? 'VALID' : 'INVALID'}  ${path}  (${what})`);
  const shown = new Map<string, number>();
  for (const f of findings) {
    const n = (shown.get(f.code) ?? 0) + 1;
    shown.set(f.code, n);
    if (n <= SHOWN) out.line(`  ${f.severity} ${f.code}${f.path === '' ? '' : ` ${f.path}`}: ${f.message}`);
  }
  for (const [code, n] of shown) if (n > SHOWN) out.line(`  … and ${n - SHOWN} more ${code}`);
}
