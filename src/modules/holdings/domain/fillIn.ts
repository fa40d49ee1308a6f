import {
  type DeriveFrom,
  derived,
  type MetadataField,
  type MetadataRecord,
  slotsOfCode,
} from '#formats/metadata-schemes';
import { isRefusal } from '#kernel/errors';
import { recordOf, type Schemes } from './schemes.ts';
import { isDescriptionKey, readElement } from './setDescription.ts';
import type { UnitFields, UnitInput } from './unitFields.ts';

/**
 * Fills in what the scheme derives, and in a new entry what is usual. What was derived follows what it was derived from; what a
 * person wrote, or emptied, stays.
 */
export function fillIn(before: UnitFields, input: UnitInput, after: UnitFields, schemes: Schemes): void {
  const scheme = schemes.of(after.category, after.level);
  const asked = scheme.fields.filter((f) => f.derive !== undefined || f.initial !== undefined);
  if (asked.length === 0) return;
  const isNew = before.title === '';
  for (const field of asked) {
    const { key } = field;
    if (isWritten(key, input) && !(isNew && saidOf(after, key) === '')) continue;
    const [was, is] = [saidOf(before, key), saidOf(after, key)];
    if (was !== is && !isNew) continue;
    const now = field.derive === undefined ? null : derived(field.derive, sources(after, schemes));
    const then = field.derive === undefined || isNew ? null : derived(field.derive, sources(before, schemes));
    const follows = isNew ? is === '' : was === (then ?? '') && now !== then;
    const value = follows && now !== null ? now : isNew && is === '' ? field.initial : undefined;
    if (value !== undefined) put(after, field, value, schemes);
  }
}

const isWritten = (key: string, input: UnitInput): boolean =>
  Object.hasOwn(input, key) || (input.description !== undefined && Object.hasOwn(input.description, key));

const saidOf = (u: UnitFields, key: string): string => String(recordOf(u)[key] ?? '');

function sources(u: UnitFields, schemes: Schemes): DeriveFrom {
  const above: MetadataRecord = schemes.above?.record ?? {};
  const slots = slotsOfCode({ referenceCode: u.referenceCode });
  return { record: recordOf(u), slots, from: u.dateFrom, to: u.dateTo, above };
}

/** A value that can not be one of the element is left out: nobody wrote it, so nobody is told. */
function put(u: UnitFields, field: MetadataField, value: string, schemes: Schemes): void {
  const scheme = schemes.of(u.category, u.level);
  try {
    const kept = readElement(field, value, scheme);
    if (isDescriptionKey(field.key)) u.description[field.key] = kept;
    else if (field.key === 'creator' || field.key === 'docNo' || field.key === 'retention')
      u[field.key] = kept;
  } catch (e) {
    if (!isRefusal(e)) throw e;
  }
}
