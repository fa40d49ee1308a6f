import { type Actor, can } from '#kernel/actor';
import { isRefusal } from '#kernel/errors';
import type { Schemes } from '../domain/schemes.ts';
import { applyInput, type UnitFields, type UnitInput } from '../domain/unitInput.ts';
import type { UnitRecord } from '../store/units.ts';

/** Why an entry is left out, in the code of the rule; with the field it is about and the rule's own sentence. */
export interface Finding {
  code: string;
  field: string | null;
  message: string;
  values: Readonly<Record<string, unknown>>;
}

export type Judged =
  | { is: 'changed'; fields: UnitFields; names: (keyof UnitFields)[] }
  | { is: 'same' }
  | { is: 'wrong'; finding: Finding };

const FOLLOWS: ReadonlySet<string> = new Set(['gapsOwn', 'gapsTop']);

/** What a change comes to, by the rules every change goes by. */
export function judge(actor: Actor, unit: UnitRecord, input: UnitInput, schemes: Schemes): Judged {
  if (Object.keys(input).length === 0) return { is: 'same' };
  if (!can(actor, 'holdings.write', unit.archiveId, unit)) return forbidden;
  try {
    const fields = applyInput(unit, input, schemes);
    const names = differing(unit, fields);
    if (!names.some((n) => !FOLLOWS.has(n))) return { is: 'same' };
    if (!can(actor, 'holdings.write', unit.archiveId, { category: fields.category, fondsId: unit.fondsId }))
      return forbidden;
    return { is: 'changed', fields, names };
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return { is: 'wrong', finding: findingOf(e) };
  }
}

const forbidden: Judged = {
  is: 'wrong',
  finding: {
    code: 'actor.forbidden',
    field: null,
    message: 'Your roles do not include this entry.',
    values: {},
  },
};

export function findingOf(e: {
  code: string;
  message: string;
  detail: Readonly<Record<string, unknown>>;
}): Finding {
  const { field } = e.detail;
  return {
    code: e.code,
    field: typeof field === 'string' ? field : null,
    message: e.message,
    values: e.detail,
  };
}

const COMPARED = [
  'level', 'referenceCode', 'sortKey', 'title', 'creator', 'docNo', 'date', 'dateFrom', 'dateTo', 'category', 'year',
  'retention', 'classification', 'pages', 'gapsOwn', 'gapsTop',
] as const satisfies readonly (keyof UnitFields)[]; // biome-ignore format: a row of fields

function differing(before: UnitFields, after: UnitFields): (keyof UnitFields)[] {
  const names: (keyof UnitFields)[] = COMPARED.filter((name) => before[name] !== after[name]);
  if (JSON.stringify(before.description) !== JSON.stringify(after.description)) names.push('description');
  return names;
}
