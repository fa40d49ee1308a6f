import { parseReferenceCode } from '#formats/reference-codes';
import { columnLetters, type SheetRow } from '#formats/sheets';
import { bearsSecretMark } from '#kernel/classification';
import { parseArchivalDate } from '#kernel/dates';
import type { Level } from '../../domain/unit.ts';
import { storable } from '../rows/digest.ts';
import { readClassification } from '../rows/values.ts';
import type { Column, ImportOptions, Sheet } from '../types.ts';
import type { ImportField } from './fields.ts';
import { findHeading, type Heading } from './headerRow.ts';
import { adjustToKind } from './kinds.ts';
import { normaliseHeading, REJECT_MARK } from './normalise.ts';
import { assignFields, type Guess } from './recognise.ts';

const SAMPLES = 5;
const SAMPLE_ROWS = 12;

/** A column's name: its heading, or its letters where it has none. */
export function columnName(c: { heading: string; index: number }): string {
  return c.heading === '' ? columnLetters(c.index) : c.heading;
}

/**
 * Understands a sheet by its first rows.
 *
 * @param rows the first rows (60 or so), as they are
 * @param heading where the heading stands, if a person has said so
 */
export function describeSheet(
  about: { index: number; name: string; hidden: boolean },
  rows: readonly SheetRow[],
  heading: Heading = findHeading(rows),
): Sheet {
  const data = rows.filter((r) => r.number > heading.headerRow);
  // Samples are kept with the import: rows with a secret mark may not be among them.
  const shown = data.filter((r) => !r.cells.some(isSecretMark));
  const guesses = assignFields(heading.headings);
  // A depth in the hierarchy is a small number; other columns of that name measure something else.
  guesses.forEach((g, i) => {
    if (g?.field === 'depth' && !data.every((r) => /^\d{0,2}$/.test((r.cells[i] ?? '').trim())))
      guesses[i] = null;
  });
  adjustToKind(guesses, heading.headings);
  completeByContent(guesses, heading.headings, data);
  const columns: Column[] = heading.headings.map((text, index) => ({
    index,
    heading: storable(text),
    field: guesses[index]?.field ?? null,
    confidence: guesses[index]?.confidence ?? 0,
    reason: guesses[index]?.reason ?? 'none',
    samples: samplesOf(shown, index),
  }));
  return {
    ...about,
    use: data.length > 0 && !about.hidden,
    rows: data.length,
    rowsIsExact: false,
    headerRow: heading.headerRow,
    level: usualLevel(columns, about.name),
    columns: columns
      .filter((c) => !c.heading.endsWith(REJECT_MARK))
      .filter((c) => c.heading !== '' || c.samples.length > 0),
    sample: rows
      .filter((r) => r.number <= heading.headerRow || shown.includes(r))
      .slice(0, SAMPLE_ROWS)
      .map((r) => r.cells.map((c) => storable(c.slice(0, 200)))),
  };
}

function samplesOf(rows: readonly SheetRow[], column: number): string[] {
  const found = new Set<string>();
  for (const r of rows) {
    const v = (r.cells[column] ?? '').trim();
    // What is cut, or no text to begin with, can not be kept with the import as it is.
    if (v !== '') found.add(storable(v.slice(0, 120)));
    if (found.size === SAMPLES) break;
  }
  return [...found];
}

/** A catalogue of volumes has volume numbers or volume titles and no item numbers. */
function usualLevel(columns: readonly Column[], name: string): Level {
  const fields = new Set(columns.map((c) => c.field));
  if (fields.has('itemNo')) return 'item';
  // 案卷目录, volumes; but 卷内目录, 件.
  if (/^案卷|^卷册|volume|^files?$/i.test(name.trim())) return 'file';
  if (fields.has('volumeNo')) return 'file';
  return columns.some((c) => c.field === 'title' && /^案卷|^卷名/.test(normaliseHeading(c.heading)))
    ? 'file'
    : 'item';
}

interface Look {
  filled: number;
  average: number;
  letters: number;
  distinct: number;
  codes: number;
  dates: number;
}

function lookAt(rows: readonly SheetRow[], column: number): Look {
  const values = rows.map((r) => (r.cells[column] ?? '').trim()).filter((v) => v !== '');
  const share = (test: (v: string) => boolean) =>
    values.length === 0 ? 0 : values.filter(test).length / values.length;
  return {
    filled: rows.length === 0 ? 0 : values.length / rows.length,
    average: values.length === 0 ? 0 : values.reduce((sum, v) => sum + v.length, 0) / values.length,
    letters: share((v) => /\p{L}{2}/u.test(v) && !/^(?:https?:|[\w/-]+\.\w{2,4}$)/.test(v)),
    distinct: new Set(values).size / Math.max(1, values.length),
    codes: share((v) => v.includes('-') && parseReferenceCode(v).parsed !== null),
    dates: share((v) => /\d{4}/.test(v) && v.length < 40 && parseArchivalDate(v).date !== null),
  };
}

/** Columns whose heading says nothing: what is in them may. Only for what an entry can not do without. */
function completeByContent(
  guesses: (Guess | null)[],
  headings: readonly string[],
  rows: readonly SheetRow[],
): void {
  const has = (f: ImportField) => guesses.some((g) => g?.field === f);
  const free = headings.map((_, i) => i).filter((i) => guesses[i] === null && !/[?？]$/.test(headings[i]!));
  const looks = new Map(free.map((i) => [i, lookAt(rows, i)]));
  const give = (field: ImportField, worth: (l: Look) => number, confidence: number) => {
    if (has(field)) return;
    let best = -1;
    let bestWorth = 0;
    for (const [i, look] of looks) {
      const w = guesses[i] === null ? worth(look) : 0;
      if (w > bestWorth) [best, bestWorth] = [i, w];
    }
    if (best >= 0) guesses[best] = { field, confidence, reason: 'content' };
  };
  give('referenceCode', (l) => (l.codes > 0.6 && l.distinct > 0.9 ? l.codes * l.filled : 0), 0.7);
  if (!has('dateFrom')) give('date', (l) => (l.dates > 0.8 && l.average >= 6 ? l.dates * l.filled : 0), 0.5);
  // A sheet of fonds says their numbers and names, and nothing of entries.
  if (has('fondsNo') && has('fondsName') && !has('referenceCode')) return;
  give(
    'title',
    (l) =>
      l.letters > 0.3 && l.filled > 0.3
        ? Math.min(l.average, 60) * l.letters * l.filled * (0.2 + l.distinct)
        : 0,
    0.4,
  );
}

/** Options the file itself suggests. */
export function suggestOptions(fileName: string, sheets: readonly Sheet[]): ImportOptions {
  const stem = fileName.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '');
  // A fonds number has letters and digits; a name without any gives none.
  const token = /[A-Za-z0-9]+/.exec(stem)?.[0] ?? 'IMPORT';
  const only = onlyFonds(sheets);
  const options: ImportOptions = {
    // The one fonds the file names is also that of rows that name none; what it is called, a person may say.
    ...(only !== undefined
      ? { defaultFonds: only }
      : { defaultFonds: token.slice(0, 20).toUpperCase(), defaultFondsName: stem.slice(0, 200) }),
    codes: 'whole',
    existing: 'keep',
    // Opening takes two people: what the file calls open is noted, and proposed after the import. To take it over is a choice.
    accessStatus: 'unreviewed',
  };
  for (const s of sheets) {
    const code = s.columns.find((c) => c.field === 'referenceCode');
    const fonds = s.columns.find((c) => c.field === 'fondsNo');
    if (!s.use || !code || !fonds || code.samples.length === 0 || fonds.samples.length === 0) continue;
    if (!code.samples.some((v) => fonds.samples.some((f) => v.startsWith(f)))) options.codes = 'withinFonds';
  }
  return options;
}

/** The fonds number of a file in which, as far as it was looked at, all rows bear the same. */
function onlyFonds(sheets: readonly Sheet[]): string | undefined {
  const found = new Set<string>();
  for (const s of sheets) {
    if (!s.use) continue;
    const column = s.columns.find((c) => c.field === 'fondsNo');
    if (!column) return undefined;
    for (const number of column.samples) found.add(number);
  }
  const [only] = found;
  return found.size === 1 && only !== undefined && only.length <= LONGEST_FONDS ? only : undefined;
}

const LONGEST_FONDS = 50;
const LONGEST_MARK = 24;

function isSecretMark(cell: string): boolean {
  return (cell.length <= LONGEST_MARK && readClassification(cell) === 'secret') || bearsSecretMark(cell);
}
