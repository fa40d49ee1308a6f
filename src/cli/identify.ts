import type { Inside } from '#formats/inside';
import type { Identified } from '#formats/pronom';
import { Refusal } from '#kernel/errors';
import { type CliContext, defineCommand, EXIT, type ExitCode } from './command.ts';
import { demandThere, type Passed, walk } from './identify/walk.ts';

interface Options {
  updateSignatures?: boolean;
  inside?: boolean;
}

export const command = defineCommand<Options>({
  describe(c) {
    c.argument('[path...]', 'files, and folders with what is below them')
      .option('--update-signatures', 'fetch the present PRONOM release first; it is used from then on')
      .option(
        '--inside',
        'also look inside: pages, sizes, fonts, sound and film, macros, attachments, signatures, PDF/A',
      );
  },
  /**
   * Tells formats by content, and needs no database. JSON: `{files: [{path, matches: [{puid, name, version, mime,
   * basis}], inside?}]}`, in the order of the paths and, below a folder, of names; `path` as given, joined with the path below it. A
   * file that could not be read has no matches and `error` says why. Exit 0 when all could be read (whether or not
   * anything is known of them), 1 when one could not; 2 when one of the paths does not exist, and then nothing is done.
   */
  async run(ctx, args, { updateSignatures, inside = false }) {
    const paths = args.filter((a) => a !== undefined);
    if (paths.length === 0 && !updateSignatures)
      throw new Refusal('call.wrong', 'Name the files or folders. See: ./lantai identify --help');
    for (const path of paths) demandThere(path);
    if (updateSignatures) await update(ctx);
    if (paths.length === 0) {
      ctx.out.document({ files: [] });
      return EXIT.done;
    }
    return identify(ctx, paths, inside);
  },
});

async function update({ config, out }: CliContext): Promise<void> {
  const { fetchRelease } = await import('#formats/pronom');
  out.note(`Fetching the signature files linked at ${config.pronom.url}`);
  const { version, signatures } = await fetchRelease(config.dataDir, config.pronom.url);
  out.note(`PRONOM release ${version} is in use now: ${signatures}`);
  if (config.pronom.signatures)
    out.note(`LANTAI_PRONOM_SIGNATURES names ${config.pronom.signatures}, which goes before it.`);
}

async function identify(ctx: CliContext, paths: readonly string[], inside: boolean): Promise<ExitCode> {
  const { configuredIdentifier, identifyMany } = await import('#formats/pronom');
  const how = await configuredIdentifier(ctx.config.dataDir, ctx.config.pronom);
  const passed: Passed = { passed: 0, unread: [] };
  const files = ctx.out.list('files');
  let failed = false;
  const tell = async (path: string, { matches, error }: Identified) => {
    const found = inside && error === undefined ? await lookedInto(path, ctx) : undefined;
    files.item({
      path,
      matches,
      ...(found ? { inside: found.inside } : {}),
      ...(error === undefined ? {} : { error }),
    });
    ctx.out.line(path);
    if (error !== undefined) {
      failed = true;
      ctx.out.note(`${path} could not be read: ${error}`);
      ctx.out.line('  not read');
    } else if (matches.length === 0) ctx.out.line('  not known');
    for (const { puid, name, version, basis } of matches)
      ctx.out.line(`  ${puid}  ${name}${version ? ` ${version}` : ''}  (${basis})`);
    for (const line of found?.lines ?? []) ctx.out.line(`    ${line}`);
  };
  const all = (async function* () {
    for (const path of paths) yield* walk(path, passed);
  })();
  for await (const { path, matches, error } of identifyMany(all, how)) {
    if (ctx.signal.aborted) throw ctx.signal.reason;
    await tell(path, { matches, ...(error === undefined ? {} : { error }) });
  }
  for (const { path, error } of passed.unread) await tell(path, { matches: [], error });
  files.end();
  if (passed.passed > 0) ctx.out.note(`Links and devices passed over: ${passed.passed}`);
  return failed ? EXIT.rejected : EXIT.done;
}

/** A file that can not be looked into does not stop the others. */
async function lookedInto(
  path: string,
  { signal, config }: CliContext,
): Promise<{ inside: Inside; lines: string[] }> {
  const [{ lookInside }, { insideLines }] = await Promise.all([
    import('#formats/inside'),
    import('./identify/inside.ts'),
  ]);
  try {
    const inside = await lookInside(path, { signal, veraPdf: config.pronom.veraPdf });
    return { inside, lines: insideLines(inside) };
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    const inside: Inside = { kind: 'other', notPerformed: [e.message] };
    return { inside, lines: insideLines(inside) };
  }
}
