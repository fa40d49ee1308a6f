import type { OwnScheme } from '../../domain/schemes.ts';
import type { Description } from '../../domain/unit.ts';
import type { EntryRow, Sheet } from '../types.ts';
import { sorted } from './digest.ts';
import { elementReader } from './elements.ts';
import { planSheet, type SheetPlan } from './plan.ts';
import type { HeldWords } from './says-held.ts';

/** What a row does to an entry that is held: `update` puts all columns of the sheet over it, `merge` fills only what is empty. */
export type PuttingRule = 'update' | 'merge';

/** An entry as it is held, whole. */
export interface HeldWhole extends HeldWords {
  referenceCode: string | null;
  sortKey: string;
}

/** A field that becomes another, in words; '' for nothing. */
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

export interface PutOver {
  /** The entry as it will be, by the fields of a row. */
  after: EntryRow;
  /** What becomes another; none where the row says nothing new. */
  changes: FieldChange[];
}

const PLAIN = ['creator', 'docNo', 'category', 'year', 'retention', 'pages'] as const;

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

/**
 * Makes the rule by which rows are put over entries. Columns that the sheet has not say nothing; an empty cell empties its field by
 * `update`. Names from other systems are gathered, place and access status stay as they are.
 */
export function putOver(sheets: readonly Sheet[], own: readonly OwnScheme[]) {
  const plans = new Map<number, SheetPlan>(sheets.map((s) => [s.index, planSheet(s)]));
  const elements = elementReader(own);
  return (row: EntryRow, held: HeldWhole, rule: PuttingRule): PutOver => {
    const plan = plans.get(row.sheet);
    const has = (field: Parameters<SheetPlan['column']>[0]) => (plan?.column(field) ?? -1) >= 0;
    const said: Description = JSON.parse(row.description);
    const after: EntryRow = {
      ...row, level: heldLevel(held), title: held.title, creator: held.creator, docNo: held.docNo, date: held.date,
      dateFrom: held.dateFrom, dateTo: held.dateTo, category: held.category, year: held.year, retention: held.retention,
      classification: held.classification === 'internal' ? 'internal' : 'public', pages: held.pages,
      code: held.referenceCode, sortKey: held.sortKey,
    }; // biome-ignore format: a table of fields
    const put = (now: unknown, was: unknown, present: boolean): boolean =>
      rule === 'update' ? present || text(was) === '' : text(was) === '' && text(now) !== '';
    if (rule === 'update') {
      if (has('title')) after.title = row.title;
      if (has('level')) after.level = row.level;
      if (has('classification')) after.classification = row.classification;
    }
    for (const field of PLAIN)
      if (put(row[field], held[field], has(field))) Object.assign(after, { [field]: row[field] });
    if (put(row.date, held.date, has('date') || has('dateFrom') || has('dateTo'))) {
      after.date = row.date;
      after.dateFrom = row.dateFrom;
      after.dateTo = row.dateTo;
    }
    // Known by another name, the row may bring another code; the one before stays known.
    if (row.code !== null && (rule === 'update' || held.referenceCode === null)) {
      after.code = row.code;
      after.sortKey = row.sortKey;
    }
    const description = described(said, held.description, rule, plan);
    after.description = JSON.stringify(description);
    elements.count(after, description);
    return { after, changes: changesOf(held, after, description) };
  };
}

const heldLevel = ({ level }: HeldWhole): EntryRow['level'] =>
  level === 'series' || level === 'file' ? level : 'item';

function described(
  said: Description,
  held: Description,
  rule: PuttingRule,
  plan: SheetPlan | undefined,
): Description {
  const { extra: saidExtra = {}, ...saidFields } = said;
  const { extra: heldExtra = {}, ...heldFields } = held;
  const fields: Record<string, string | undefined> = { ...heldFields };
  for (const [field, value] of Object.entries(saidFields))
    if (rule === 'update' || !fields[field]) fields[field] = value;
  const extra: Record<string, string> = { ...heldExtra };
  for (const [heading, value] of Object.entries(saidExtra))
    if (rule === 'update' || !extra[heading]) extra[heading] = value;
  if (rule === 'update' && plan) {
    for (const { field } of plan.described)
      if (saidFields[field] === undefined && field !== 'identifiers') delete fields[field];
    for (const { name } of plan.kept) if (saidExtra[name] === undefined) delete extra[name];
  }
  const names = [held.identifiers, said.identifiers]
    .flatMap((t) => t?.split('\n') ?? [])
    .filter((n) => n !== '');
  if (names.length > 0) fields.identifiers = [...new Set(names)].join('\n');
  const all = Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined && v !== ''));
  return Object.keys(extra).length > 0 ? { ...all, extra: sorted(extra) } : all;
}

function changesOf(held: HeldWhole, after: EntryRow, description: Description): FieldChange[] {
  const found: FieldChange[] = [];
  const note = (field: string, was: unknown, now: unknown) => {
    if (text(was) !== text(now)) found.push({ field, before: text(was), after: text(now) });
  };
  note('referenceCode', held.referenceCode, after.code);
  for (const field of ['title', 'level', 'date', 'classification'] as const)
    note(field, held[field], after[field]);
  if (held.date === after.date && (held.dateFrom !== after.dateFrom || held.dateTo !== after.dateTo))
    note(
      'date',
      `${text(held.dateFrom)}/${text(held.dateTo)}`,
      `${text(after.dateFrom)}/${text(after.dateTo)}`,
    );
  for (const field of PLAIN) note(field, held[field], after[field]);
  const { extra: wasExtra = {}, ...was } = held.description;
  const { extra: nowExtra = {}, ...now } = description;
  const fields: Record<string, unknown> = was;
  const nows: Record<string, unknown> = now;
  for (const field of new Set([...Object.keys(was), ...Object.keys(now)]))
    note(field, fields[field], nows[field]);
  for (const heading of new Set([...Object.keys(wasExtra), ...Object.keys(nowExtra)]))
    note(`extra:${heading}`, wasExtra[heading], nowExtra[heading]);
  return found;
}
