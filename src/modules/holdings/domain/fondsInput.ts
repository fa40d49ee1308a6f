import {
  gapsOf,
  isOwnKey,
  lacking,
  type MetadataRecord,
  namesOf,
  schemeFor,
} from '#formats/metadata-schemes';
import { Refusal } from '#kernel/errors';
import type { Schemes } from './schemes.ts';
import { readElements } from './setDescription.ts';

/** Elements of a fonds that have no column of their own, by the keys of the schemes. */
export type FondsDescription = Readonly<Record<string, string>>;

/** The described part of a fonds. */
export interface FondsFields {
  number: string;
  name: string;
  dates: string | null;
  history: string | null;
  custody: string | null;
  scope: string | null;
  description: FondsDescription;
  gaps: number;
}

/** What was written of a fonds; absent ones stay as they are, null or '' empties one. */
export interface FondsWriting {
  name?: string;
  dates?: string | null;
  history?: string | null;
  custody?: string | null;
  scope?: string | null;
  description?: Readonly<Record<string, string | null>> | undefined;
}

/** What its columns and its archive say. */
const OTHERWISE = new Set([
  'archiveCode',
  'fondsNo',
  'referenceCode',
  'title',
  'date',
  'history',
  'custody',
  'scope',
]);
const STANDARD = new Set(schemeFor(null, 'fonds').fields.map((f) => f.key));
const isFondsKey = (key: string): key is string =>
  isOwnKey(key) || (STANDARD.has(key) && !OTHERWISE.has(key));

/**
 * Applies what was written to the description of a fonds, by the scheme of its level.
 *
 * @throws Refusal `unit.<element>`, `unit.element`; `unit.incomplete` where the scheme keeps incomplete ones out
 */
export function applyFonds<F extends FondsFields>(
  before: F,
  input: FondsWriting,
  schemes: Schemes,
  isNew: boolean,
): F {
  const scheme = schemes.of(null, 'fonds');
  const after: F = { ...before, name: input.name?.trim() ?? before.name };
  for (const key of ['dates', 'history', 'custody', 'scope'] as const)
    if (input[key] !== undefined) after[key] = input[key]?.trim() || null;
  if (input.description) {
    const description = new Map(Object.entries(before.description));
    for (const [key, value] of readElements(input.description, scheme, isFondsKey)) {
      if (value === null) description.delete(key);
      else description.set(key, value);
    }
    after.description = Object.fromEntries(description);
  }
  const lacks = (f: FondsFields) => lacking(recordOfFonds(f), scheme, {}, false);
  after.gaps = gapsOf(recordOfFonds(after), scheme, {}).own;
  if (schemes.refuses(null)) {
    const known = new Set(isNew ? [] : lacks(before).map((f) => f.key));
    const fresh = lacks(after).filter((f) => !known.has(f.key));
    if (fresh.length > 0)
      throw new Refusal('unit.incomplete', 'Required elements are lacking, and the scheme asks for them.', {
        field: fresh[0]!.key,
        fields: fresh.map((f) => f.key),
        names: fresh.map((f) => namesOf(f)),
      });
  }
  return after;
}

/** A fonds' values by the keys of a scheme. */
export const recordOfFonds = (f: Omit<FondsFields, 'gaps'>): MetadataRecord => ({
  ...f.description,
  referenceCode: f.number,
  fondsNo: f.number,
  fondsName: f.name,
  title: f.name,
  date: f.dates,
  history: f.history,
  custody: f.custody,
  scope: f.scope,
});
