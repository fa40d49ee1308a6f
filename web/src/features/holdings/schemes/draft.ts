import type {
  ElementChange,
  FormField,
  Obligation,
  OwnElement,
  SchemeBody,
  SchemeLevel,
} from '../../../api/shapes.ts';

export const LEVELS: readonly SchemeLevel[] = ['fonds', 'series', 'file', 'item'];
export const OBLIGATIONS: readonly Obligation[] = ['required', 'conditional', 'optional', 'unused'];

export const EMPTY: SchemeBody = {
  missing: 'incomplete',
  elements: [],
  vocabularies: [],
  changes: {},
  order: [],
};

export const ownKey = (key: string): string => `own:${key}`;
const NO_NAMES = { 'zh-CN': '', 'zh-TW': '', en: '' };

/** A key nobody has yet. */
export function freeKey(stem: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) if (!taken.includes(`${stem}${n}`)) return `${stem}${n}`;
}

export function addElement(body: SchemeBody, name: string): { body: SchemeBody; key: string } {
  const key = freeKey(
    'element',
    body.elements.map((e) => e.key),
  );
  const element: OwnElement = {
    key,
    names: { ...NO_NAMES, 'zh-CN': name, 'zh-TW': name, en: name },
    type: 'text',
    obligations: { fonds: 'unused', series: 'optional', file: 'optional', item: 'optional' },
    area: 'content',
  };
  return { body: { ...body, elements: [...body.elements, element] }, key };
}

export function putElement(body: SchemeBody, key: string, change: Partial<OwnElement>): SchemeBody {
  const renamed = change.key !== undefined && change.key !== key;
  return {
    ...body,
    elements: body.elements.map((e) => (e.key === key ? { ...e, ...change } : e)),
    order: renamed
      ? body.order.map((one) => (one === ownKey(key) ? ownKey(change.key ?? key) : one))
      : body.order,
  };
}

/** An element that is no longer there leaves its place too. */
export const removeElement = (body: SchemeBody, key: string): SchemeBody => ({
  ...body,
  elements: body.elements.filter((e) => e.key !== key),
  order: body.order.filter((one) => one !== ownKey(key)),
});

/** What an archive says otherwise of a standard's element; nothing left to say takes it away. */
export function putChange(body: SchemeBody, key: string, change: Partial<ElementChange>): SchemeBody {
  const merged = Object.fromEntries(
    Object.entries({ ...body.changes[key], ...change }).filter(
      ([, value]) => value !== undefined && value !== '' && JSON.stringify(value) !== '{}',
    ),
  ) as ElementChange;
  const changes = { ...body.changes };
  if (Object.keys(merged).length === 0) delete changes[key];
  else changes[key] = merged;
  return { ...body, changes };
}

/** The keys of an area, one of them put before another (or behind all). */
export function reorder(keys: readonly string[], moved: string, before: string | null): string[] {
  const rest = keys.filter((key) => key !== moved);
  const at = before === null ? rest.length : rest.indexOf(before);
  return at < 0 ? [...keys] : [...rest.slice(0, at), moved, ...rest.slice(at)];
}

/** An order of all fields after those of one area were moved. */
export const withArea = (fields: readonly FormField[], area: string, keys: readonly string[]): string[] =>
  [...new Set(fields.map((f) => f.area))].flatMap((one) =>
    one === area ? keys : fields.filter((f) => f.area === one).map((f) => f.key),
  );

const isBlank = (names: OwnElement['names']): boolean =>
  Object.values(names).every((name) => name.trim() === '');

/** Whether something begun is not said to its end yet: no form can be made of it, and nobody need be told. */
export const isHalfWritten = (body: SchemeBody): boolean =>
  body.vocabularies.some(
    (v) =>
      v.terms.length === 0 ||
      isBlank(v.names) ||
      v.terms.some((t) => t.code.trim() === '' || isBlank(t.names)),
  ) ||
  body.elements.some(
    (e) =>
      e.key === '' ||
      isBlank(e.names) ||
      ((e.type === 'one' || e.type === 'many') && !e.vocabulary) ||
      (e.type === 'authority' && !e.authority),
  );
