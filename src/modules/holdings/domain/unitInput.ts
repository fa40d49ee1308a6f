import { gapsOf, lacking, namesOf, slotsOfCode } from '#formats/metadata-schemes';
import { parseReferenceCode, readRetention, sortKey } from '#formats/reference-codes';
import { isSecret } from '#kernel/classification';
import { parseArchivalDate } from '#kernel/dates';
import { Refusal } from '#kernel/errors';
import { fillIn } from './fillIn.ts';
import { recordOf, type Schemes, STANDARD_SCHEMES } from './schemes.ts';
import { setDescription } from './setDescription.ts';
import { CLASSIFICATIONS, type Classification, LEVELS, TITLE_LIMIT } from './unit.ts';
import type { UnitFields, UnitInput } from './unitFields.ts';

/**
 * Applies what was written to an entry (an empty one for a new unit): the one road by which values enter, from form, API and bulk
 * edit. What is derived or usual is filled in, and what is lacking is counted.
 *
 * @param schemes the archive's, `below` what stands above the entry; those of the standards where it is left out
 * @throws Refusal `unit.*` naming the first field that can not be used; `unit.incomplete` where its scheme keeps incomplete
 * entries out and the change makes it lack something
 */
export function applyInput(
  before: UnitFields,
  input: UnitInput,
  schemes: Schemes = STANDARD_SCHEMES,
): UnitFields {
  const after = written(before, input, schemes);
  fillIn(before, input, after, schemes);
  if (after.title === '') throw refusal('title', 'An entry needs a title.');
  const scheme = schemes.of(after.category, after.level);
  const [record, slots] = [recordOf(after), slotsOfCode({ referenceCode: after.referenceCode })];
  const { own, top } = gapsOf(record, scheme, slots);
  after.gapsOwn = own;
  after.gapsTop = top;
  if (own + top > 0 && schemes.refuses(after.category)) demandWhole(before, after, schemes);
  return after;
}

/** What an old entry lacks already does not keep it from being corrected. */
function demandWhole(before: UnitFields, after: UnitFields, schemes: Schemes): void {
  const under = schemes.above?.isEntry ?? false;
  const lacks = (u: UnitFields) =>
    lacking(
      recordOf(u),
      schemes.of(u.category, u.level),
      slotsOfCode({ referenceCode: u.referenceCode }),
      under,
    );
  const known = new Set(before.title === '' ? [] : lacks(before).map((f) => f.key));
  const fresh = lacks(after).filter((f) => !known.has(f.key));
  if (fresh.length === 0) return;
  throw new Refusal('unit.incomplete', 'Required elements are lacking, and the scheme asks for them.', {
    field: fresh[0]!.key,
    fields: fresh.map((f) => f.key),
    names: fresh.map((f) => namesOf(f)),
  });
}

function written(before: UnitFields, input: UnitInput, schemes: Schemes): UnitFields {
  const after: UnitFields = { ...before, description: { ...before.description } };
  if (input.level !== undefined) after.level = oneOf('level', LEVELS, input.level);
  if (input.title !== undefined) after.title = readTitle(input.title);
  if (input.referenceCode !== undefined) setCode(after, input.referenceCode);
  if (input.creator !== undefined) after.creator = text('creator', input.creator, 1_000);
  if (input.docNo !== undefined) after.docNo = text('docNo', input.docNo, 200);
  if (input.category !== undefined)
    after.category = text('category', input.category, 50)?.toUpperCase() ?? null;
  if (input.year !== undefined) after.year = integer('year', input.year, 1, 2_999);
  if (input.pages !== undefined) after.pages = integer('pages', input.pages, 1, 1_000_000);
  if (input.retention !== undefined) after.retention = readTerm(input.retention);
  if (input.classification !== undefined) after.classification = readClassification(input.classification);
  if (input.date !== undefined) setDate(after, input.date);
  if (after.year === null && after.dateFrom) after.year = Number(after.dateFrom.slice(0, 4));
  if (input.description)
    setDescription(after.description, input.description, schemes.of(after.category, after.level));
  return after;
}

function refusal(field: string, message: string): Refusal {
  return new Refusal(`unit.${field}`, message, { field });
}

function text(field: string, value: string | null, limit: number): string | null {
  const t = value?.trim() ?? '';
  if ([...t].length > limit) throw refusal(field, `${field} has more than ${limit} characters.`);
  return t === '' ? null : t;
}

function readTitle(value: string): string {
  const t = text('title', value, TITLE_LIMIT);
  if (t === null) throw refusal('title', 'An entry needs a title.');
  return t;
}

function oneOf<T extends string>(field: string, allowed: readonly T[], value: string): T {
  const found = allowed.find((a) => a === value);
  if (!found) throw refusal(field, `${field} is one of ${allowed.join(', ')}.`);
  return found;
}

function integer(field: string, value: number | null, min: number, max: number): number | null {
  if (value === null) return null;
  if (!Number.isInteger(value) || value < min || value > max)
    throw refusal(field, `${field} is a whole number from ${min} to ${max}.`);
  return value;
}

/** The stored code is the one given: separators are brought to the standard's only for reading it (standards 1.1). */
function setCode(unit: UnitFields, value: string | null): void {
  const code = text('referenceCode', value, 200);
  unit.referenceCode = code;
  unit.sortKey = code === null ? '' : sortKey(code);
  if (code === null) return;
  const slots = parseReferenceCode(code).parsed?.slots;
  if (!slots) return;
  unit.category ??= slots.category ?? null;
  unit.retention ??= slots.retention ?? null;
  if (slots.year) unit.year ??= Number(slots.year);
}

function setDate(unit: UnitFields, value: string | null): void {
  const given = text('date', value, 120);
  unit.date = given;
  unit.dateFrom = null;
  unit.dateTo = null;
  if (given === null) return;
  const reading = parseArchivalDate(given);
  if (!reading.date) throw refusal('date', reading.finding.message);
  unit.date = reading.date.lossless ? reading.date.text : given;
  unit.dateFrom = reading.date.from;
  unit.dateTo = reading.date.to;
}

function readTerm(value: string | null): string | null {
  const t = text('retention', value, 50);
  if (t === null) return null;
  const term = readRetention(t);
  if (!term)
    throw refusal('retention', `"${t}" is no retention period. Use Y, D30, D10 or a term such as D15.`);
  return term.code;
}

function readClassification(value: string): Classification {
  if (isSecret(value)) {
    throw new Refusal(
      'unit.secret',
      'Classified material may not be described or kept on a networked install (Law on Guarding State Secrets, art. 31).',
      { field: 'classification' },
    );
  }
  return oneOf('classification', CLASSIFICATIONS, value);
}

export { EMPTY_FIELDS, type UnitFields, type UnitInput } from './unitFields.ts';
