import { schemeFor } from '#formats/metadata-schemes';
import type { Severity } from '#kernel/errors';
import type { Registration } from '#modules/filing';
import type { Metadata } from './message.ts';

/** Something about what was sent, by the place in the message it is about. */
export interface SaidFinding {
  severity: Severity;
  /** `metadata.date`, `parts[0].files[1].name`. */
  field: string;
  code: string;
  /** In the caller's language. */
  message: string;
}

/** A finding before it is said in a language. */
export interface Found {
  field: string;
  code: string;
  message: string;
  detail: Readonly<Record<string, unknown>>;
}

const COLUMNS = [
  'title',
  'creator',
  'docNo',
  'date',
  'category',
  'year',
  'retention',
  'pages',
  'classification',
  'classCode',
  'className',
] as const;
const isColumn = (key: string): key is (typeof COLUMNS)[number] => COLUMNS.some((c) => c === key);

/** What the archive or the number gives. */
const GIVEN: ReadonlySet<string> = new Set(['archiveCode', 'fondsName', 'referenceCode', 'itemNo']);

export interface Read {
  input: Registration;
  /** Number of the fonds it belongs to, where it is said. */
  fondsNo: string | null;
  year: number;
  category: string;
  found: Found[];
  /** Keys that were said. */
  keys: string[];
}

/**
 * What was said of a document, as filing takes it.
 *
 * @param before keys that were said of it the time before: what is not said any more is emptied, what people entered stays
 * @param at place in the message, for findings
 */
export function readMetadata(
  metadata: Metadata,
  { before, at, thisYear }: { before: readonly string[]; at: string; thisYear: number },
): Read {
  const said = { ...metadata };
  if (said.dept !== undefined) {
    said.className ??= said.dept;
    delete said.dept;
  }
  const keys = Object.keys(said);
  for (const key of before) if (said[key] === undefined) said[key] = null;
  const found: Found[] = [];
  const input: Record<string, string | number | null> = {};
  const description: Record<string, string | null> = {};
  let fondsNo: string | null = null;
  for (const [key, value] of Object.entries(said)) {
    if (value === undefined) continue;
    const field = `${at}.${key}`;
    if (GIVEN.has(key))
      found.push({
        field,
        code: 'intake.given',
        message: 'It is given by the archive: leave it out.',
        detail: { field: key },
      });
    else if (key === 'fondsNo') fondsNo = value === null ? null : String(value);
    else if (isColumn(key)) input[key] = key === 'pages' || key === 'year' ? value : asText(value);
    else description[key] = asText(value);
  }
  const category = String(said.category ?? 'WS')
    .trim()
    .toUpperCase();
  const year = yearOf(said, thisYear);
  const registration: Registration = { ...input, category, year };
  if (Object.keys(description).length > 0) registration.description = knownFirst(category, description);
  return { input: registration, fondsNo, year, category, found, keys };
}

const asText = (value: string | number | null): string | null => (value === null ? null : String(value));

/** The year it is filed in: as said, else of its date, else this one. */
function yearOf(said: Metadata, thisYear: number): number {
  const { year, date } = said;
  if (year !== undefined && year !== null && year !== '') return Number(year);
  const ofDate = /^(\d{4})/.exec(String(date ?? ''))?.[1];
  return ofDate === undefined ? thisYear : Number(ofDate);
}

/** Emptying a field another category has is no fault where the category changed: the field is gone with it. */
function knownFirst(
  category: string,
  description: Record<string, string | null>,
): Record<string, string | null> {
  const known = new Set(schemeFor(category, 'item').fields.map((f) => f.key));
  return Object.fromEntries(Object.entries(description).filter(([key, v]) => v !== null || known.has(key)));
}
