import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Actor, LANGUAGES, type Language } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { CatalogueImport, MappingInput } from '#modules/holdings';
import { type CliContext, defineCommand } from './command.ts';
import { checkWithoutDatabase } from './import-dry-run.ts';
import { answer, collectProblems, type ImportReport, leftOutSheets, saveRejects } from './import-report.ts';

export interface ImportOptions {
  archive?: string;
  mapping?: string;
  dryRun?: boolean;
  rejects?: string;
  language?: string;
}

export const command = defineCommand<ImportOptions>({
  describe(c) {
    c.argument('<file>', 'the catalogue: .xlsx, .xls, .csv, ISAD (AtoM) .csv, EAD .xml')
      .option('--archive <code>', 'the archive whose catalogue it is')
      .option('--mapping <file>', 'JSON that says which column is which field, as --json prints it')
      .option('--dry-run', 'judge every row and change nothing; needs no database')
      .option('--rejects <file>', 'where the workbook of refused rows goes (default: beside the file)')
      .option('--language <language>', 'language of the reasons: zh-CN, zh-TW or en', 'en');
  },
  /** JSON: `{sheets:[{name, rows, columns:[{heading, field}]}], accepted, rejected, problems:[{sheet, row, column, code, message}]}`. */
  async run(ctx, [file], o) {
    const path = file ?? '';
    const language = languageOf(o.language);
    const mapping = o.mapping === undefined ? {} : await readMapping(o.mapping);
    if (o.dryRun)
      return checkWithoutDatabase(ctx, {
        path,
        mapping,
        language,
        ...(o.rejects ? { rejects: o.rejects } : {}),
      });
    if (o.archive === undefined) {
      throw new Refusal(
        'call.wrong',
        'Say which archive the catalogue belongs to: --archive CODE. Or look first, with --dry-run.',
      );
    }
    const code = o.archive;
    return ctx.withHouse(async ({ holdings, imports, actor }) => {
      const archive = await holdings.archiveByCode(code);
      const id = await bringIn(ctx, imports, actor, { archiveId: archive.id, path, mapping });
      const imp = await imports.read(actor, id);
      const problems = await collectProblems(imp.sheets, imports.everyNoted(id), language);
      const report: ImportReport = {
        sheets: imp.sheets,
        accepted: imp.counts.accepted,
        rejected: imp.counts.rejected,
        unchanged: imp.counts.unchanged,
        updated: imp.counts.updated,
        problems: [...leftOutSheets(imp.sheets, language), ...problems],
        importId: id,
      };
      const rejects = await saveRejects(
        ctx,
        { file: path, ...(o.rejects ? { to: o.rejects } : {}), rejected: imp.counts.rejected },
        (to) => imports.rejects(actor, id, to, language),
      );
      return answer(ctx, report, rejects);
    });
  },
});

/** Takes the file in, or goes on with an import of the same file that was killed. */
async function bringIn(
  ctx: CliContext,
  imports: CatalogueImport,
  actor: Actor,
  o: { archiveId: string; path: string; mapping: MappingInput },
): Promise<string> {
  const unfinished = await imports.unfinished(actor, { archiveId: o.archiveId, path: o.path });
  const progress = progressLines(ctx);
  if (unfinished) {
    ctx.out.note(
      `Going on with the import of this file that was interrupted at row ${unfinished.place.row}.`,
    );
    await imports.goOn(actor, unfinished.id, { signal: ctx.signal, progress });
    return unfinished.id;
  }
  const id = await imports.createFromFile(actor, {
    archiveId: o.archiveId,
    path: o.path,
    fileName: basename(o.path),
  });
  await imports.setMapping(actor, id, o.mapping);
  await imports.workNow(actor, id, 'run', { signal: ctx.signal, progress });
  return id;
}

const PROGRESS_MS = 2_000;

function progressLines(
  ctx: CliContext,
): (p: { done: number; total?: number; rejected?: number; rate?: number }) => void {
  let last = Date.now();
  return (p) => {
    if (Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    const of = p.total ? ` of ${p.total}` : '';
    ctx.out.note(`${p.done}${of} rows, ${p.rejected ?? 0} refused, ${p.rate ?? 0} rows/s`);
  };
}

function languageOf(word: string | undefined): Language {
  const found = LANGUAGES.find((l) => l === (word ?? 'en'));
  if (!found)
    throw new Refusal('call.wrong', `There is no language "${word}". Choose one of ${LANGUAGES.join(', ')}.`);
  return found;
}

/** @throws Refusal import.mapping */
async function readMapping(path: string): Promise<MappingInput> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new Refusal('import.mapping', `The mapping file "${path}" can not be read.`, { path }, { cause });
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (isMapping(value)) return value;
  } catch (cause) {
    throw new Refusal('import.mapping', `The mapping file "${path}" is no JSON.`, { path }, { cause });
  }
  throw new Refusal(
    'import.mapping',
    `The mapping file "${path}" has another shape than {"sheets":[{"name","columns":[{"heading","field"}]}],"options":{}}.`,
    { path },
  );
}

function isMapping(value: unknown): value is MappingInput {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { sheets = [], options = {} } = value as { sheets?: unknown; options?: unknown };
  if (typeof options !== 'object' || options === null || !Array.isArray(sheets)) return false;
  return sheets.every((s: unknown) => {
    if (typeof s !== 'object' || s === null) return false;
    const { name, columns = [] } = s as { name?: unknown; columns?: unknown };
    return (
      typeof name === 'string' &&
      Array.isArray(columns) &&
      columns.every((c: unknown) => typeof c === 'object' && c !== null && 'field' in c)
    );
  });
}
