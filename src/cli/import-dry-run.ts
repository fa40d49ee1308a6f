import { basename } from 'node:path';
import type { Language } from '#kernel/actor';
import {
  applyMapping,
  inspectCatalogue,
  type MappingInput,
  mergeOptions,
  type NotedRow,
  type Sheet,
  validateInThread,
  writeRejects,
} from '#modules/holdings';
import type { CliContext, ExitCode } from './command.ts';
import { answer, leftOutSheets, problemsOf, type ReportedProblem, saveRejects } from './import-report.ts';

export interface DryRun {
  path: string;
  mapping: MappingInput;
  language: Language;
  rejects?: string;
}

/**
 * Judges every row of a file without a database: what would be accepted, what refused and why. What the archive holds
 * already is not looked at.
 */
export async function checkWithoutDatabase(ctx: CliContext, o: DryRun): Promise<ExitCode> {
  const first = await inspectCatalogue(o.path, basename(o.path));
  const moved = new Map(
    first.sheets.flatMap((s) => {
      const row = o.mapping.sheets?.find((m) => m.name === s.name)?.headerRow;
      return row === undefined || row === s.headerRow ? [] : [[s.index, row] as const];
    }),
  );
  const inspected = moved.size === 0 ? first : await inspectCatalogue(o.path, basename(o.path), moved);
  const sheets = applyMapping(inspected.sheets, o.mapping);
  const options = mergeOptions(inspected.options, o.mapping.options);
  const problems: ReportedProblem[] = leftOutSheets(sheets, o.language);
  const refused: NotedRow[] = [];
  const rows = new Map<number, number>();
  let accepted = 0;
  let rejected = 0;
  for await (const chunk of validateInThread(o.path, { sheets, options }, { signal: ctx.signal })) {
    accepted += chunk.accepted.length;
    for (const [sheet, n] of Object.entries(chunk.rowsBySheet))
      rows.set(Number(sheet), (rows.get(Number(sheet)) ?? 0) + n);
    for (const noted of chunk.noted) {
      problems.push(...problemsOf(sheets, noted, o.language));
      if (!noted.rejected) continue;
      rejected++;
      if (o.rejects) refused.push(noted);
    }
  }
  const exact: Sheet[] = sheets.map((s) =>
    s.use ? { ...s, rows: rows.get(s.index) ?? 0, rowsIsExact: true } : s,
  );
  const written = o.rejects
    ? await saveRejects(ctx, { file: o.path, to: o.rejects, rejected }, (to) =>
        writeRejects(to, exact, eachOf(refused), o.language),
      )
    : undefined;
  return answer(ctx, { sheets: exact, accepted, rejected, problems }, written);
}

async function* eachOf(rows: readonly NotedRow[]): AsyncGenerator<NotedRow> {
  yield* rows;
}
