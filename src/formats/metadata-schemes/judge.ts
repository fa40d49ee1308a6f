import type { ReferenceTemplate } from '#formats/reference-codes';
import { isSecret } from '#kernel/classification';
import type { MessageKey } from '#kernel/wording';
import { judgeField } from './judgeField.ts';
import { judgeCode, judgeSanity } from './judgeRecord.ts';
import type { FaultRule, MetadataFault, MetadataField, MetadataRecord, MetadataScheme } from './types.ts';
import { slotsOfCode } from './values.ts';
import { termOf } from './vocabularies.ts';

/**
 * What a finding does. `error`: the value is not taken. `gap`: something required is lacking; whether that keeps an entry out is a
 * setting of the scheme. `warning`: it is taken, and somebody should look.
 */
export type FindingWeight = 'error' | 'gap' | 'warning';

/** Something found of one element of a description. */
export interface DescriptionFinding extends Omit<MetadataFault, 'rule'> {
  readonly rule: FaultRule | 'unused' | 'secret';
  readonly weight: FindingWeight;
  /** The rule it comes from, for people; '' for an archive's own. */
  readonly source: string;
}

export interface JudgeAbout {
  /** It stands under another entry, not directly under its fonds: what is inherited need not be said again. */
  readonly under?: boolean | undefined;
  /** `YYYY-MM-DD`: nothing is dated after it. Left out: not looked at. */
  readonly today?: string | undefined;
  readonly templates?: readonly ReferenceTemplate[] | undefined;
}

/** What a title may have before it is refused; what is above the scheme's own length is only noted [D]. */
const LONG_TITLE = 2_000;
/** What the place in the tree says, or the review of access: a description is not asked for it. */
const GIVEN = new Set(['archiveCode', 'fondsNo', 'fondsName', 'accessStatus', 'openReason', 'openBasis']);
/** Numbers that every reference code has, whatever its form. */
const NUMBERS = new Set(['volumeNo', 'itemNo']);
/** Forms that old catalogues write otherwise, and which are read all the same. */
const READ_ALL_THE_SAME = new Set<MessageKey>(['metadata.dateForm', 'metadata.category']);

/**
 * What an entry's description is found to be by its scheme: values that can not be, what is required and lacking, what is odd.
 * The one rule of form, import, API and bulk edit.
 *
 * @param record its values by key
 */
export function judge(
  record: MetadataRecord,
  scheme: MetadataScheme,
  about: JudgeAbout = {},
): DescriptionFinding[] {
  const found: DescriptionFinding[] = scheme.fields.flatMap((field) =>
    judgeElement(field, String(record[field.key] ?? '').trim()),
  );
  const source = (key: string) => fieldsOf(scheme).get(key)?.source ?? '';
  const today = about.today;
  for (const fault of judgeSanity(scheme, record, { today }))
    found.push({ ...fault, weight: 'warning', source: source(fault.field) });
  for (const fault of judgeCode(scheme, record, { templates: about.templates }))
    found.push({ ...fault, weight: 'warning', source: source(fault.field) });
  const slots = slotsOfCode(record, about.templates);
  for (const field of lacking(record, scheme, slots, about.under ?? false))
    found.push({
      rule: 'required',
      field: field.key,
      message: 'metadata.required',
      detail: {},
      weight: 'gap',
      source: field.source,
    });
  return found;
}

/** What one value is found to be. An empty one is nothing. */
export function judgeElement(field: MetadataField, value: string): DescriptionFinding[] {
  if (field.key === 'classification' && isSecret(value))
    return [
      {
        rule: 'secret',
        field: field.key,
        message: 'metadata.secret',
        detail: { value },
        weight: 'error',
        source: field.source,
      },
    ];
  return judgeField(field, value).map((fault) => ({
    ...fault,
    weight: weightOf(fault, field, value),
    source: field.vocabulary?.source || field.source,
  }));
}

function weightOf(fault: MetadataFault, field: MetadataField, value: string): FindingWeight {
  if (fault.rule === 'unusual' || fault.rule === 'characters') return 'warning';
  if (READ_ALL_THE_SAME.has(fault.message)) return 'warning';
  if (fault.rule === 'length' && field.key === 'title' && [...value].length <= LONG_TITLE) return 'warning';
  return 'error';
}

interface Demands {
  /** Required of the entry itself. */
  readonly always: readonly MetadataField[];
  /** Required where no entry above can say it. */
  readonly atTop: readonly MetadataField[];
}

const demands = new WeakMap<MetadataScheme, Demands>();
const byKey = new WeakMap<MetadataScheme, ReadonlyMap<string, MetadataField>>();

/** A scheme's fields by key. */
export function fieldsOf(scheme: MetadataScheme): ReadonlyMap<string, MetadataField> {
  let known = byKey.get(scheme);
  if (!known) {
    known = new Map(scheme.fields.map((f) => [f.key, f]));
    byKey.set(scheme, known);
  }
  return known;
}

function demandsOf(scheme: MetadataScheme): Demands {
  let known = demands.get(scheme);
  if (!known) {
    const asked = scheme.fields.filter(
      (f) => !GIVEN.has(f.key) && (f.obligation === 'required' || (f.obligation === 'conditional' && f.when)),
    );
    known = {
      always: asked.filter((f) => f.inherits !== 'counts'),
      atTop: asked.filter((f) => f.inherits === 'counts'),
    };
    demands.set(scheme, known);
  }
  return known;
}

function isLacking(
  field: MetadataField,
  record: MetadataRecord,
  scheme: MetadataScheme,
  slots: Readonly<Record<string, string>>,
): boolean {
  if (hasValue(record[field.key])) return false;
  if (field.slot !== undefined && slots[field.slot] !== undefined) return false;
  if (NUMBERS.has(field.key) && hasValue(record.referenceCode)) return false;
  if (field.or?.some((key) => hasValue(record[key]))) return false;
  if (field.obligation === 'required' || !field.when) return true;
  const { when } = field;
  const other = fieldsOf(scheme).get(when.field);
  const value = String(record[when.field] ?? '');
  return when.is.includes(other?.vocabulary ? (termOf(other.vocabulary, value)?.code ?? value) : value);
}

const hasValue = (value: MetadataRecord[string]) =>
  value !== undefined && value !== null && value !== '' && (typeof value === 'number' || value.trim() !== '');

/** The required elements an entry lacks. @param under whether an entry stands above it that can say some of them */
export function lacking(
  record: MetadataRecord,
  scheme: MetadataScheme,
  slots: Readonly<Record<string, string>>,
  under: boolean,
): MetadataField[] {
  const { always, atTop } = demandsOf(scheme);
  const of = under ? always : [...always, ...atTop];
  return of.filter((field) => isLacking(field, record, scheme, slots));
}

/** How many required elements an entry lacks, and how many more where nothing stands above it that could say them. */
export interface Gaps {
  readonly own: number;
  readonly top: number;
}

/** Counts what `judge` finds lacking, for whole catalogues. @param slots what its reference code says */
export function gapsOf(
  record: MetadataRecord,
  scheme: MetadataScheme,
  slots: Readonly<Record<string, string>> = slotsOfCode(record),
): Gaps {
  const { always, atTop } = demandsOf(scheme);
  let [own, top] = [0, 0];
  for (const field of always) if (isLacking(field, record, scheme, slots)) own++;
  for (const field of atTop) if (isLacking(field, record, scheme, slots)) top++;
  return { own, top };
}
