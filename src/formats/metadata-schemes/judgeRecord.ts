import {
  parseReferenceCode,
  type ReferenceTemplate,
  readCategory,
  readRetention,
} from '#formats/reference-codes';
import { parseArchivalDate } from '#kernel/dates';
import { isMessageKey } from '#kernel/wording';
import { judgeField } from './judgeField.ts';
import type { MetadataFault, MetadataField, MetadataRecord, MetadataScheme, Stage } from './types.ts';
import { hasElement, slotsOfCode, valueIn } from './values.ts';
import { termOf } from './vocabularies.ts';

export interface JudgeRecordOptions {
  /** Some elements are required only at some stages: none of these where it is left out. */
  readonly stage?: Stage | undefined;
  /** How reference codes are built here; the standard forms where it is left out. */
  readonly templates?: readonly ReferenceTemplate[] | undefined;
  /** `YYYY-MM-DD`: nothing is dated after it. Left out: not looked at. */
  readonly today?: string | undefined;
}

const demanded = (field: MetadataField, stage: Stage | undefined) =>
  field.stages === undefined || (stage !== undefined && field.stages.includes(stage));

/** Whether the condition of an element 有则必著 holds. One without a condition can not be judged by machine. */
function conditionHolds(field: MetadataField, record: MetadataRecord, scheme: MetadataScheme): boolean {
  const { when } = field;
  if (!when) return false;
  const other = scheme.fields.find((f) => f.key === when.field);
  const value = other ? valueIn(record, other) : '';
  const code = other?.vocabulary ? (termOf(other.vocabulary, value)?.code ?? value) : value;
  return when.is.includes(code);
}

/**
 * What a record lacks: elements that are not there (2-3), and required ones that are empty (2-4). What the reference code
 * says need not be said again.
 */
export function judgeCompleteness(
  scheme: MetadataScheme,
  record: MetadataRecord,
  options: JudgeRecordOptions = {},
): MetadataFault[] {
  const faults: MetadataFault[] = [];
  let slots: Readonly<Record<string, string>> | undefined;
  for (const field of scheme.fields) {
    if (field.obligation === 'optional' || !demanded(field, options.stage)) continue;
    if (field.obligation === 'conditional' && !conditionHolds(field, record, scheme)) continue;
    if (valueIn(record, field).trim() !== '') continue;
    if (field.or?.some((key) => valueIn(record, elementOf(scheme, key)).trim() !== '')) continue;
    slots ??= slotsOfCode(record, options.templates);
    if (field.slot !== undefined && slots[field.slot] !== undefined) continue;
    const isThere = hasElement(record, field);
    faults.push({
      rule: isThere ? 'required' : 'missing',
      field: field.key,
      message: isThere ? 'metadata.required' : 'metadata.missing',
      detail: {},
    });
  }
  return faults;
}

const elementOf = (scheme: MetadataScheme, key: string): Pick<MetadataField, 'key' | 'elements'> =>
  scheme.fields.find((f) => f.key === key) ?? { key, elements: [] };

/** What can not be (1-5): dates to come, a year its date is not of, pages none. */
export function judgeSanity(
  scheme: MetadataScheme,
  record: MetadataRecord,
  { today }: JudgeRecordOptions = {},
): MetadataFault[] {
  const faults: MetadataFault[] = [];
  const value = (key: string) => valueIn(record, elementOf(scheme, key)).trim();
  const say = (field: string, message: MetadataFault['message'], detail: Record<string, string | number>) =>
    faults.push({ rule: 'sanity', field, message, detail });
  const written = value('date');
  const date = written === '' ? null : parseArchivalDate(written).date;
  if (date && today !== undefined && date.from > today)
    say('date', 'metadata.future', { value: written, today });
  const year = Number(value('year') || Number.NaN);
  if (today !== undefined && year > Number(today.slice(0, 4)))
    say('year', 'metadata.future', { value: value('year'), today });
  // 年度 is the year a record is filed under; it may follow the document's date by one (an answer of the next year).
  if (date && Number.isInteger(year)) {
    const [from, to] = [Number(date.from.slice(0, 4)), Number(date.to.slice(0, 4))];
    if (year < from || year > to + 1)
      say('year', 'metadata.otherYear', { value: value('year'), date: written });
  }
  if (/^0+$/.test(value('pages'))) say('pages', 'metadata.noPages', { value: value('pages') });
  return faults;
}

/** A reference code by its rule, and what it says compared with the fields that say the same (1-7). */
export function judgeCode(
  scheme: MetadataScheme,
  record: MetadataRecord,
  { templates }: JudgeRecordOptions = {},
): MetadataFault[] {
  const code = valueIn(record, elementOf(scheme, 'referenceCode'));
  if (code === '') return [];
  const say = (
    message: MetadataFault['message'],
    detail: Record<string, string | number>,
  ): MetadataFault => ({
    rule: 'code',
    field: 'referenceCode',
    message,
    detail: { ...detail, value: code },
  });
  const { parsed, findings } = parseReferenceCode(code, templates);
  const faults = findings.map((f) => say(messageFor(f.code), {}));
  if (!parsed) return faults;
  for (const field of scheme.fields) {
    if (field.slot === undefined) continue;
    const inCode = parsed.slots[field.slot];
    const said = valueIn(record, field).trim();
    if (inCode === undefined || said === '' || sameElement(field, said, inCode)) continue;
    faults.push(say('metadata.codeDiffers', { part: inCode, said, other: field.key }));
  }
  return faults;
}

function messageFor(code: string): MetadataFault['message'] {
  const key = `metadata.code.${code.slice('referenceCode.'.length)}`;
  return isMessageKey(key) ? key : 'metadata.code.noTemplate';
}

function sameElement(field: MetadataField, said: string, inCode: string): boolean {
  if (said === inCode) return true;
  if (/^\d+$/.test(said) && /^\d+$/.test(inCode)) return Number(said) === Number(inCode);
  const read = judgedAs(field, said);
  // A department is written by its code in the one place and by its name in the other.
  return field.slot === 'department' || (read !== null && read === judgedAs(field, inCode));
}

/** The code of what a value says, for values that are written in more than one way. */
function judgedAs({ type }: MetadataField, value: string): string | null {
  if (type === 'category') return readCategory(value)?.code ?? null;
  if (type === 'retention') return readRetention(value)?.code ?? null;
  return null;
}

/** Everything wrong with a record by its scheme: each value, what it lacks, what can not be, its reference code. */
export function judgeRecord(
  scheme: MetadataScheme,
  record: MetadataRecord,
  options: JudgeRecordOptions = {},
): MetadataFault[] {
  return [
    ...scheme.fields.flatMap((field) => judgeField(field, valueIn(record, field))),
    ...judgeCompleteness(scheme, record, options),
    ...judgeSanity(scheme, record, options),
    ...judgeCode(scheme, record, options),
  ];
}
