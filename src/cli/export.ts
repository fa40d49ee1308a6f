import { Option } from 'commander';
import { CATALOGUE_FORMATS, type CatalogueFormat } from '#modules/holdings';
import {
  type Beside,
  type HandoverLayout,
  PACKAGE_KIND_NAMES,
  type PackageKindName,
} from '#modules/packages';
import { type CliContext, defineCommand, EXIT, type ExitCode } from './command.ts';

interface Options {
  format: PackageKindName | CatalogueFormat;
  output: string;
  archive?: string;
  layout?: HandoverLayout;
}

const OWN = 'The standard has no place for it; Lantai takes it in again from what lies beside';
/** What other products do not find in a package, in words for people. */
const BESIDE: Readonly<Record<Beside, string>> = {
  descriptions: `${OWN}. Descriptions of entries`,
  entries: `${OWN}. Entries without content of their own`,
  levels: `${OWN}. Entries whose level is another`,
  rights: `${OWN}. Entries with access status or terms`,
  formerCodes: `${OWN}. Entries with former codes`,
  names: `${OWN}. Files whose names are written otherwise`,
  codes: 'The standard asks for a reference code, and another identifier stands in its place. Entries',
  retention: 'The standard asks for a retention period, and 未定 stands in its place. Entries',
  dates: 'The standard asks for a date or year, and another stands in its place. Entries',
};

export const command = defineCommand<Options>({
  describe(c) {
    c.argument('<id>', 'code of an archive, or a fonds or entry by id, number or reference code')
      .addOption(
        new Option('--format <kind>', 'the kind of package, or what the catalogue is written as')
          .choices([...PACKAGE_KIND_NAMES, ...CATALOGUE_FORMATS])
          .makeOptionMandatory(),
      )
      .requiredOption(
        '-o, --output <path>',
        'folder to be made, or a file ending in .zip, .tar or .tar.gz; of a catalogue the file',
      )
      .option('--archive <code>', 'archive of the fonds or entry')
      .addOption(
        new Option(
          '--layout <year>',
          'of handover folders: 2022 (DA/T 93-2022), or 2012 (annex of the rules of handover)',
        ).choices(['2012', '2022']),
      );
  },
  /**
   * JSON: `{kind, path, title, entries, files, bytes, leftOut, withoutContent, onlyBeside: [{what, count}]}`; `leftOut` counts
   * entries that the actor may not take out, each with all below it; `onlyBeside` what the kind's standard has no place for. Exit 0 when all of it left, 1 when something was left out, 2 when nothing was
   * written.
   * Of a catalogue: `{format, path, title, fonds, entries, leftOut, bytes}`.
   */
  async run(ctx, [id = ''], { format: wanted, output, archive, layout }) {
    const catalogue = CATALOGUE_FORMATS.find((f) => f === wanted);
    if (catalogue) return exportList(ctx, { id, archive, format: catalogue, target: output });
    const format = PACKAGE_KIND_NAMES.find((k) => k === wanted) ?? 'bag';
    const done = await ctx.withHouse((house) =>
      house.packages.export(house.actor, { id, archive, kind: format, target: output, layout }),
    );
    ctx.out.document(done);
    ctx.out.line(`${done.path}: ${done.entries} entries, ${done.files} files, ${done.bytes} bytes.`);
    if (done.leftOut > 0) ctx.out.line(`${done.leftOut} entries were left out: they may not be taken out.`);
    if (done.withoutContent > 0)
      ctx.out.line(`${done.withoutContent} entries left without their content, which may not be taken out.`);
    for (const { what, count } of done.onlyBeside) ctx.out.line(`${BESIDE[what]}: ${count}.`);
    return done.leftOut + done.withoutContent > 0 ? EXIT.rejected : EXIT.done;
  },
});

async function exportList(
  ctx: CliContext,
  order: { id: string; archive: string | undefined; format: CatalogueFormat; target: string },
): Promise<ExitCode> {
  const done = await ctx.withHouse((house) =>
    house.catalogue.export(house.actor, { ...order, signal: ctx.signal }),
  );
  ctx.out.document(done);
  ctx.out.line(`${done.path}: ${done.entries} entries, ${done.bytes} bytes.`);
  if (done.leftOut > 0) ctx.out.line(`${done.leftOut} entries were left out: they may not be taken out.`);
  return done.leftOut > 0 ? EXIT.rejected : EXIT.done;
}
