import { type RawBuilder, sql } from '#kernel/db';
import { idsOfImport } from '../../catalogue-import/rows/row-ids.ts';
import { type Condition, stretchOf } from '../conditions.ts';
import type { UnitFilter } from '../filter.ts';
import { fieldValue, isCounted, isIndexed, typeOf } from './columns.ts';

/** The conditions of a filter on `holdings.unit u`, apart by what an index can find. */
export interface Where {
  /** The archive, and what narrows it to a place: always there. */
  scope: RawBuilder<unknown>[];
  /** Of the facets entries are counted by: every index a table is walked along has them, behind its order. */
  facets: RawBuilder<unknown>[];
  /** What an index finds beside them: columns compared by operators that can not leak. */
  found: RawBuilder<unknown>[];
  /** What is asked of each entry that was found. */
  asked: RawBuilder<unknown>[];
  /** What follows from what is asked, and is found by an index of another table: of use where all that fits is sought. */
  implied: RawBuilder<unknown>[];
  /** Whether `holdings.counted u` can be asked by the same conditions. */
  counted: boolean;
}

export const all = (parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  parts.length === 0 ? sql`true` : sql.join([...parts], sql` and `);

/** @param f what a table is narrowed to */
export function whereOf(f: UnitFilter): Where {
  const w: Where = {
    scope: [sql`u.archive_id = ${f.archiveId}`],
    facets: [],
    found: [],
    asked: [],
    implied: [],
    counted: true,
  };
  if (f.fonds) w.found.push(sql`u.fonds_id = ${f.fonds}`);
  if (f.level) w.facets.push(sql`u.level = ${f.level}`);
  if (f.category) w.facets.push(sql`u.category = ${f.category}`);
  if (f.year !== undefined) w.facets.push(sql`u.year = ${f.year}`);
  if (f.retention) w.facets.push(sql`u.retention = ${f.retention}`);
  if (f.access) w.facets.push(sql`u.access_status = ${f.access}`);
  if (f.parent || f.importId || f.held || f.incomplete || f.ids) w.counted = false;
  if (f.parent) w.found.push(sql`u.under_id = ${f.parent}`);
  if (f.importId) {
    const { first, last } = idsOfImport(f.importId);
    w.found.push(sql`u.id between ${first}::uuid and ${last}::uuid`);
    w.asked.push(sql`u.import_id = ${f.importId}`);
  }
  if (f.held === 'yes') w.asked.push(sql`u.page_count > 0`);
  if (f.held === 'no') w.asked.push(sql`u.page_count = 0 and u.level = 'item'`);
  if (f.incomplete) w.asked.push(sql`u.gaps > 0`);
  if (f.ids) w.found.push(sql`u.id = any(${f.ids}::uuid[])`);
  for (const c of f.where ?? []) {
    const { sql: condition, findable } = conditionOf(c);
    const sought = isCounted(c.field) ? w.facets : w.found;
    (findable && isIndexed(c.field) ? sought : w.asked).push(condition);
    if (findable && c.name === 'changed') w.implied.push(changedWithin(f.archiveId, c));
    w.counted &&= isCounted(c.field);
  }
  return w;
}

/** All that fits. */
export const allOf = (w: Where): RawBuilder<unknown> =>
  all([...w.scope, ...w.facets, ...w.found, ...w.implied, ...w.asked]);

/** Entries changed within a time, which no index of theirs tells: every change would have to write it. */
function changedWithin(archiveId: string, c: Condition): RawBuilder<unknown> {
  const within = stretchCondition(c, sql.raw('t.at')).sql;
  return sql`u.id in (select t.unit_id from holdings.unit_changed_at t where t.archive_id = ${archiveId} and ${within})`;
}

/** One condition, and whether an index may find it (were the field indexed). */
function conditionOf(c: Condition): { sql: RawBuilder<unknown>; findable: boolean } {
  if (c.operation === 'empty') return emptyOf(c, true);
  if (c.operation === 'filled') return emptyOf(c, false);
  if (c.field.kind === 'day' || c.field.kind === 'time') return stretchCondition(c);
  const value = fieldValue(c.field);
  const type = typeOf(c.field);
  const [one, two] = c.values;
  switch (c.operation) {
    case 'is':
      return { sql: sql`${value} = ${one}::${type}`, findable: true };
    case 'isNot':
      return { sql: sql`${value} is distinct from ${one}::${type}`, findable: false };
    case 'oneOf':
      return { sql: sql`${value} = any(${c.values}::${type}[])`, findable: true };
    case 'from':
      return { sql: sql`${value} >= ${one}::${type}`, findable: true };
    case 'to':
      return { sql: sql`${value} <= ${one}::${type}`, findable: true };
    case 'between':
      return { sql: sql`${value} between ${one}::${type} and ${two}::${type}`, findable: true };
    case 'contains':
      return { sql: sql`${value} ilike ${`%${escaped(one!)}%`}`, findable: false };
    case 'lacks':
      return { sql: sql`(${value} ilike ${`%${escaped(one!)}%`}) is not true`, findable: false };
    default:
      return beginning(c, one!);
  }
}

/** A pattern in which nothing stands for anything else. */
export const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** Texts behind all that begin so, byte by byte; undefined where there is none. */
function behind(beginning: string): string | undefined {
  const points = [...beginning].map((c) => c.codePointAt(0)!);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    if (next <= 0x10ffff) return String.fromCodePoint(...points, next);
  }
  return undefined;
}

function beginning(c: Condition, text: string): { sql: RawBuilder<unknown>; findable: boolean } {
  const value = fieldValue(c.field);
  const end = behind(text);
  if (!isIndexed(c.field) || end === undefined)
    return { sql: sql`${value} like ${`${escaped(text)}%`}`, findable: false };
  return { sql: sql`(${value} >= ${text} and ${value} < ${end})`, findable: true };
}

function emptyOf(c: Condition, empty: boolean): { sql: RawBuilder<unknown>; findable: boolean } {
  // What is not written is null in a column and absent in a description.
  const written = c.name === 'date' ? sql`u.date_text` : fieldValue(c.field);
  return empty
    ? { sql: sql`${written} is null`, findable: c.name !== 'date' }
    : { sql: sql`${written} is not null`, findable: false };
}

/** Years and months stand for all their days. */
function stretchCondition(
  c: Condition,
  value = fieldValue(c.field),
): { sql: RawBuilder<unknown>; findable: boolean } {
  const stretches = c.values.map((v) => stretchOf(v)!);
  const [one, two] = stretches;
  // Times count by the days of the archive's own time zone.
  const day = c.field.kind === 'time';
  const start = (d: string) =>
    day ? sql`(${d}::timestamp at time zone current_setting('lantai.timezone'))` : sql`${d}::date`;
  const end = (d: string) =>
    day
      ? sql`(${d}::date + 1)::timestamp at time zone current_setting('lantai.timezone')`
      : sql`${d}::date + 1`;
  const within = (s: { first: string; last: string }) =>
    sql`(${value} >= ${start(s.first)} and ${value} < ${end(s.last)})`;
  switch (c.operation) {
    case 'from':
      return { sql: sql`${value} >= ${start(one!.first)}`, findable: true };
    case 'to':
      return { sql: sql`${value} < ${end(one!.last)}`, findable: true };
    case 'between':
      return { sql: within({ first: one!.first, last: two!.last }), findable: true };
    case 'isNot':
      return { sql: sql`${within(one!)} is not true`, findable: false };
    default:
      return { sql: sql`(${sql.join(stretches.map(within), sql` or `)})`, findable: stretches.length === 1 };
  }
}
