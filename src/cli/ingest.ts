import { stat } from 'node:fs/promises';
import { Option } from 'commander';
import { Refusal } from '#kernel/errors';
import { type Ingested, PACKAGE_KIND_NAMES, type PackageKindName } from '#modules/packages';
import { type CliContext, defineCommand, EXIT } from './command.ts';
import { FETCH_FROM, FETCH_INNER, leaveToFetch } from './fetching.ts';

/** Findings shown to people; `--json` gives all that were kept. */
const SHOWN = 50;

interface Options {
  archive: string;
  kind?: PackageKindName;
  fonds?: string;
  fetchFrom?: string[];
  fetchInner?: boolean;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.argument('<path...>', 'packages: folders, ZIP or TAR files (.tar.gz too)')
      .requiredOption('--archive <code>', 'archive they are taken into')
      .addOption(
        new Option('--kind <kind>', 'what they are; without it they are recognised').choices(
          PACKAGE_KIND_NAMES,
        ),
      )
      .option('--fonds <number>', 'fonds of records whose package names none; made where it is missing')
      .option(...FETCH_FROM)
      .option(...FETCH_INNER);
  },
  /**
   * JSON: `{results: [{path, kind, accepted, entries, files, newEntries, newFiles, fetched, findings: [{code, severity, path,
   * message}]}]}`, one a path, in order. Exit 0 when all were accepted, 1 when one was refused, 2 when there is nothing at
   * one of the paths (then nothing is taken in) or one was broken off; the same call goes on.
   */
  async run(ctx, args, { archive, kind, fonds, fetchFrom, fetchInner = false }) {
    const paths = args.filter((a) => a !== undefined);
    for (const path of paths)
      if (!(await stat(path).catch(() => undefined)))
        throw new Refusal('ingest.nothingThere', `There is nothing at ${path}.`, { path });
    const limits = ctx.config.packageLimits;
    const outbound = fetchFrom && (await leaveToFetch(fetchFrom, fetchInner));
    const results = await ctx.withHouse(async (house) => {
      const all: Ingested[] = [];
      for (const path of paths) {
        const order = { path, archive, kind, fonds, limits, outbound, signal: ctx.signal };
        const one = await house.packages.ingest(house.actor, order);
        print(ctx, one);
        all.push(one);
      }
      return all;
    });
    ctx.out.document({ results });
    return results.every((r) => r.accepted) ? EXIT.done : EXIT.rejected;
  },
});

/** Names come from strangers and go to a terminal: what would steer it is shown as its number. */
const shown = (text: string) =>
  text.replace(/\p{Cc}/gu, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);

function print({ out }: CliContext, r: Ingested): void {
  const fetched = r.fetched > 0 ? `, ${r.fetched} fetched` : '';
  const what = `${r.kind}, ${r.entries} entries, ${r.files} files${fetched}`;
  out.line(
    r.accepted
      ? `ACCEPTED  ${r.path}  (${what}; new: ${r.newEntries} entries, ${r.newFiles} files)`
      : `REFUSED   ${r.path}  (${what}; nothing was entered)`,
  );
  for (const f of r.findings.slice(0, SHOWN))
    out.line(shown(`  ${f.severity} ${f.code}${f.path === '' ? '' : ` ${f.path}`}: ${f.message}`));
  if (r.findings.length > SHOWN) out.line(`  … and ${r.findings.length - SHOWN} more`);
}
