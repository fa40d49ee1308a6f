import {
  canonical,
  type DescriptionFinding,
  elementBy,
  fieldsOf,
  isOwnKey,
  judgeElement,
  type MetadataField,
  type MetadataScheme,
  namesOf,
  sayFault,
} from '#formats/metadata-schemes';
import { Refusal } from '#kernel/errors';
import { DESCRIPTION_FIELDS, type Description, type DescriptionField, type OwnKey } from './unit.ts';

/** A key that may stand in a description. */
export type DescriptionKey = DescriptionField | OwnKey;

/** Whether a description has such an element at all, by a standard or by some archive. */
export const isDescriptionKey = (key: string): key is DescriptionKey =>
  Object.hasOwn(DESCRIPTION_FIELDS, key) || isOwnKey(key);

/**
 * Puts values into a description, each in its one form.
 *
 * @throws Refusal `unit.<key>`, `unit.element`
 */
export function setDescription(
  description: Description,
  values: Readonly<Record<string, unknown>>,
  scheme: MetadataScheme,
): void {
  for (const [key, value] of readElements(values, scheme, isDescriptionKey)) {
    if (value === null) delete description[key];
    else description[key] = value;
  }
}

/**
 * Values as they are kept, null for what is emptied. A standard's element is taken also where the scheme of the category does not use
 * it: what an entry has is not lost because it is of another category now.
 *
 * @param isKey which elements there can be at all
 * @throws Refusal `unit.<key>` where there is no such element; `unit.element` where the value can not be one of it
 */
export function readElements<K extends string>(
  values: Readonly<Record<string, unknown>>,
  scheme: MetadataScheme,
  isKey: (key: string) => key is K,
): [key: K, value: string | null][] {
  return Object.entries(values).map(([key, given]) => {
    const known = isKey(key) ? key : undefined;
    const field = known && (fieldsOf(scheme).get(key) ?? elementBy(key));
    const value = given === null || given === undefined ? '' : String(given).trim();
    // An element the archive gave up can still be emptied.
    if (known === undefined || (!field && value !== ''))
      throw new Refusal(`unit.${key}`, `There is no field "${key}" in an entry.`, { field: key });
    return [known, field && value !== '' ? readElement(field, value, scheme) : null];
  });
}

/** A value of an element as it is kept. @throws Refusal `unit.element` */
export function readElement(field: MetadataField, value: string, scheme: MetadataScheme): string {
  const kept = canonical(field, value);
  const wrong = judgeElement(field, kept).find((f) => f.weight === 'error');
  if (wrong) throw wrongElement(field, wrong, scheme);
  return kept;
}

function wrongElement(field: MetadataField, wrong: DescriptionFinding, scheme: MetadataScheme): Refusal {
  const { rule, message, detail, source } = wrong;
  const said = { ...scheme, fields: [field] };
  return new Refusal(
    'unit.element',
    sayFault(
      {
        rule: rule === 'unused' || rule === 'secret' ? 'vocabulary' : rule,
        field: field.key,
        message,
        detail,
      },
      said,
      'en',
    ),
    { field: field.key, rule, message, values: detail, names: namesOf(field), source },
  );
}
