import type { Language } from '#kernel/actor';
import { columnName } from './headings/describe.ts';
import type { ImportRecord } from './store/imports.ts';
import type { Profile } from './store/profiles.ts';
import type { NotedRow, RowFinding, Sheet } from './types.ts';
import { sentence } from './wording.ts';

function nameOf(sheet: Sheet | undefined, column: number | null): string | null {
  if (column === null) return null;
  const found = sheet?.columns.find((c) => c.index === column);
  return columnName(found ?? { heading: '', index: column });
}

const DIFFERS = '…';

function blank(params: RowFinding['params']): RowFinding['params'] {
  return params && Object.fromEntries(Object.keys(params).map((name) => [name, DIFFERS]));
}

export function presentImport(r: ImportRecord, language: Language) {
  const { bySheet: _, ...counts } = r.counts;
  const sheetAt = (index: number) => r.sheets.find((s) => s.index === index);
  return {
    id: r.id,
    archiveId: r.archiveId,
    fileName: r.fileName,
    format: r.format,
    encoding: r.encoding,
    state: r.state,
    sheets: r.sheets.map(({ index: _i, ...s }) => s),
    options: { ...r.options },
    profile: r.profileName,
    counts,
    problems: r.problems.map((p) => ({
      code: p.code,
      rejecting: p.rejecting,
      count: p.count,
      message: sentence(language, {
        code: p.code,
        // One sentence for several rows leaves open what differs between them.
        value: p.count === 1 ? (p.examples[0]?.value ?? '') : DIFFERS,
        params: p.count === 1 ? p.examples[0]?.params : blank(p.examples[0]?.params),
      }),
      examples: p.examples.map((e) => ({
        sheet: sheetAt(e.sheet)?.name ?? '',
        row: e.row,
        column: nameOf(sheetAt(e.sheet), e.column),
        value: e.value,
      })),
    })),
    preview: {
      ...r.preview,
      rows: r.preview.rows.map((p) => ({ ...p, sheet: sheetAt(p.sheet)?.name ?? '' })),
    },
    takenBack: r.takenBack,
    jobId: r.jobId,
    createdAt: r.createdAt.toISOString(),
    createdBy: { id: r.createdBy, name: r.createdByName },
    finishedAt: r.finishedAt?.toISOString() ?? null,
  };
}

export interface Problem {
  sheet: string;
  row: number;
  column: string | null;
  code: string;
  message: string;
  value: string;
  rejected: boolean;
}

/** The findings of a row, each as a line for people and machines. */
export function presentNoted(sheets: readonly Sheet[], r: NotedRow, language: Language): Problem[] {
  const sheet = sheets.find((s) => s.index === r.sheet);
  return r.findings.map((f) => ({
    sheet: sheet?.name ?? '',
    row: r.row,
    column: nameOf(sheet, f.column),
    code: f.code,
    message: sentence(language, f),
    value: f.value,
    rejected: r.rejected,
  }));
}

export function presentProfile(p: Profile) {
  return {
    id: p.id,
    name: p.name,
    columns: p.columns,
    options: { ...p.options },
    usedAt: p.usedAt.toISOString(),
  };
}
