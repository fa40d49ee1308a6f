import { dirname, join, parse } from 'node:path';
import type { Language } from '#kernel/actor';
import { messageOf } from '#kernel/errors';
import { type NotedRow, presentNoted, type Sheet, sentence } from '#modules/holdings';
import { type CliContext, EXIT, type ExitCode } from './command.ts';

export interface ReportedProblem {
  sheet: string;
  row: number;
  column: string | null;
  code: string;
  message: string;
}

/** What an import came to, for people and machines. */
export interface ImportReport {
  sheets: readonly Sheet[];
  accepted: number;
  rejected: number;
  unchanged?: number;
  updated?: number;
  problems: ReportedProblem[];
  importId?: string;
}

const MOST_KINDS = 30;

export async function collectProblems(
  sheets: readonly Sheet[],
  rows: AsyncIterable<NotedRow>,
  language: Language,
): Promise<ReportedProblem[]> {
  const found: ReportedProblem[] = [];
  for await (const row of rows) found.push(...problemsOf(sheets, row, language));
  return found;
}

export function problemsOf(sheets: readonly Sheet[], row: NotedRow, language: Language): ReportedProblem[] {
  return presentNoted(sheets, row, language).map(({ sheet, row, column, code, message }) => ({
    sheet,
    row,
    column,
    code,
    message,
  }));
}

/** Sheets that hold something and were not taken in: nothing is passed over in silence. */
export function leftOutSheets(sheets: readonly Sheet[], language: Language): ReportedProblem[] {
  return sheets
    .filter((s) => !s.use && s.rows > 0)
    .map((s) => {
      const code = s.hidden ? 'sheet.hidden' : 'sheet.leftOut';
      return { sheet: s.name, row: 0, column: null, code, message: sentence(language, { code, value: '' }) };
    });
}

/**
 * Writes the workbook of refused rows beside the file, or where the person said.
 *
 * @returns its path; undefined when there is nothing to write, or it could not be written (said on stderr)
 */
export async function saveRejects(
  ctx: CliContext,
  o: { file: string; to?: string; rejected: number },
  write: (path: string) => Promise<unknown>,
): Promise<string | undefined> {
  if (o.rejected === 0) return undefined;
  const { dir, name } = parse(o.file);
  const path = o.to ?? join(dir || dirname(o.file), `${name}.rejects.xlsx`);
  try {
    await write(path);
    return path;
  } catch (e) {
    ctx.out.note(
      `The workbook of refused rows could not be written to "${path}" (${messageOf(e)}). Name another place with --rejects.`,
    );
    return undefined;
  }
}

/** Prints the answer; exit 1 when rows were refused. */
export function answer(ctx: CliContext, r: ImportReport, rejects: string | undefined): ExitCode {
  ctx.out.document({
    sheets: r.sheets.map((s) => ({
      name: s.name,
      rows: s.rows,
      used: s.use,
      columns: s.columns.map((c) => ({ heading: c.heading, field: c.field })),
    })),
    accepted: r.accepted,
    rejected: r.rejected,
    ...(r.unchanged === undefined ? {} : { unchanged: r.unchanged, updated: r.updated ?? 0 }),
    problems: r.problems,
    ...(r.importId ? { importId: r.importId } : {}),
    ...(rejects ? { rejectsFile: rejects } : {}),
  });
  for (const s of r.sheets.filter((s) => s.use)) {
    ctx.out.line(`${s.name === '' ? 'Rows' : `Sheet "${s.name}"`}: ${s.rows} rows`);
    ctx.out.table(
      s.columns.map((c) => [
        '',
        c.heading === '' ? '(no heading)' : c.heading,
        c.field ?? 'kept under its heading',
      ]),
    );
  }
  const kinds = new Map<string, { count: number; first: ReportedProblem }>();
  for (const p of r.problems) {
    const kind = kinds.get(p.code);
    if (kind) kind.count++;
    else kinds.set(p.code, { count: 1, first: p });
  }
  const listed = [...kinds].sort(([, a], [, b]) => b.count - a.count).slice(0, MOST_KINDS);
  ctx.out.table(
    listed.map(([code, { count, first }]) => [
      String(count),
      code,
      `first in row ${first.row}: ${first.message}`,
    ]),
  );
  const more = r.unchanged ? `, ${r.unchanged} held already` : '';
  ctx.out.line(`${r.accepted} accepted, ${r.rejected} refused${more}.`);
  if (rejects) ctx.out.line(`The refused rows with their reasons: ${rejects}`);
  return r.rejected > 0 ? EXIT.rejected : EXIT.done;
}
