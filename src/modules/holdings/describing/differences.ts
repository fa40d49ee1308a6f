import { EMPTY_BODY, type SchemeBody } from '#formats/metadata-schemes';

/** What one version says otherwise than the one before. */
export interface SchemeDifference {
  what: 'element' | 'vocabulary' | 'change' | 'missing' | 'order';
  key: string;
  how: 'added' | 'removed' | 'changed';
  /** Parts that differ, such as `names` or `obligations`. */
  parts: string[];
}

/** One text for what says the same, whatever the order of its keys: the database has its own. */
const text = (value: unknown): string => JSON.stringify(inOrder(value)) ?? '';

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(parts.map(([key, part]) => [key, inOrder(part)]));
}

/** The parts of two things that differ; null stands for nothing there. */
function partsApart(one: object, other: object): string[] {
  const [a, b] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return [...new Set([...a.keys(), ...b.keys()])].filter((k) => text(a.get(k)) !== text(b.get(k))).sort();
}

function apart(
  what: SchemeDifference['what'],
  before: ReadonlyMap<string, object>,
  after: ReadonlyMap<string, object>,
): SchemeDifference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): SchemeDifference[] => {
    const [was, is] = [before.get(key), after.get(key)];
    if (!was) return [{ what, key, how: 'added', parts: [] }];
    if (!is) return [{ what, key, how: 'removed', parts: [] }];
    const parts = partsApart(was, is);
    return parts.length > 0 ? [{ what, key, how: 'changed', parts }] : [];
  });
}

const byKey = <T extends { key: string }>(list: readonly T[]) => new Map(list.map((one) => [one.key, one]));

/** @param before null: the standard alone */
export function differences(before: SchemeBody | null, after: SchemeBody): SchemeDifference[] {
  const was = before ?? EMPTY_BODY;
  const others: SchemeDifference[] = [];
  if (was.missing !== after.missing)
    others.push({ what: 'missing', key: after.missing, how: 'changed', parts: [] });
  if (text(was.order) !== text(after.order))
    others.push({ what: 'order', key: '', how: 'changed', parts: [] });
  return [
    ...apart('element', byKey(was.elements), byKey(after.elements)),
    ...apart('vocabulary', byKey(was.vocabularies), byKey(after.vocabularies)),
    ...apart('change', new Map(Object.entries(was.changes)), new Map(Object.entries(after.changes))),
    ...others,
  ];
}
