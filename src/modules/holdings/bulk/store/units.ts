import { type RawBuilder, type Sql, sql, type Tx } from '#kernel/db';
import type { UnitFields } from '../../domain/unitInput.ts';
import { type UnitRecord, unitsByIds } from '../../store/units.ts';
import { tableField } from '../../table/fields.ts';
import { fieldValue } from '../../table/store/columns.ts';
import { type Act, type Matched, replacementOf } from '../acts.ts';

/** Longer than this no pattern may take for some thousand entries. */
const PATIENCE = '20s';

/** Locks entries until the transaction ends, in the order of ids, so that nobody waits for one who waits for him. */
export async function lockThese(tx: Tx, ids: readonly string[]): Promise<Map<string, UnitRecord>> {
  await sql`select from holdings.unit where id = any(${ids}::uuid[]) order by id for no key update`.execute(
    tx,
  );
  return new Map((await unitsByIds(tx, ids)).map((u) => [u.id, u]));
}

/** What regular expressions make of fields of entries. PostgreSQL applies them, and is stopped where it takes too long. */
export async function matchedIn(
  tx: Sql,
  ids: readonly string[],
  acts: readonly Act[],
): Promise<Map<string, Matched>> {
  const matching = acts.flatMap((a) => (a.do === 'match' ? [a] : []));
  if (matching.length === 0) return new Map();
  const made = matching.map((a): RawBuilder<unknown> => {
    const field = tableField(a.field);
    if (!field) throw new Error(`no field ${a.field}`);
    const flags = a.matchCase ? 'g' : 'gi';
    const value = a.field === 'date' ? sql`u.date_text` : sql`(${fieldValue(field)})::text`;
    return sql`${a.field}::text, regexp_replace(${value}, ${a.find}, ${replacementOf(a.with)}, ${flags})`;
  });
  await sql`select set_config('statement_timeout', ${PATIENCE}, true)`.execute(tx);
  const r = await sql<{
    id: string;
    made: Matched;
  }>`select u.id, jsonb_build_object(${sql.join(made)}) as made
    from holdings.unit u where u.id = any(${ids}::uuid[])`.execute(tx);
  await sql`select set_config('statement_timeout', '0', true)`.execute(tx);
  return new Map(r.rows.map((x) => [x.id, x.made]));
}

/** Columns of the fields a change may touch. */
const COLUMNS: Readonly<Record<keyof UnitFields, readonly [column: string, type: string]>> = {
  level: ['level', 'text'],
  referenceCode: ['reference_code', 'text'],
  sortKey: ['sort_key', 'text'],
  title: ['title', 'text'],
  creator: ['creator', 'text'],
  docNo: ['doc_no', 'text'],
  date: ['date_text', 'text'],
  dateFrom: ['date_from', 'date'],
  dateTo: ['date_to', 'date'],
  category: ['category', 'text'],
  year: ['year', 'int'],
  retention: ['retention', 'text'],
  classification: ['classification', 'text'],
  pages: ['pages', 'int'],
  description: ['description', 'jsonb'],
  gapsOwn: ['gaps_own', 'smallint'],
  gapsTop: ['gaps_top', 'smallint'],
};

export interface Rewritten {
  id: string;
  fields: UnitFields;
}

/** Writes entries anew, by one statement; only the named fields. The entries are locked. */
export async function rewrite(
  tx: Tx,
  rows: readonly Rewritten[],
  names: ReadonlySet<keyof UnitFields>,
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const list = [...names].map((name) => ({ name, column: COLUMNS[name][0], type: COLUMNS[name][1] }));
  const set = list.map(({ column }) => sql`${sql.ref(column)} = n.${sql.ref(column)}`);
  const given = list.map(({ name, type }) => {
    const values = rows.map(({ fields }) =>
      name === 'description' ? JSON.stringify(fields.description) : fields[name],
    );
    return sql`${values}::${sql.raw(type)}[]`;
  });
  const columns = sql.join([sql.ref('id'), ...list.map(({ column }) => sql.ref(column))]);
  await sql`update holdings.unit u set ${sql.join(set)}, version = u.version + 1, updated_at = ${at}
    from unnest(${rows.map((r) => r.id)}::uuid[], ${sql.join(given)}) as n (${columns}) where u.id = n.id`.execute(
    tx,
  );
}

/** Applies patterns to nothing. @throws pg.DatabaseError where one can not be read */
export async function tryPatterns(tx: Sql, acts: readonly Act[]): Promise<void> {
  for (const a of acts)
    if (a.do === 'match')
      await sql`select regexp_replace('', ${a.find}, ${replacementOf(a.with)}, 'g')`.execute(tx);
}

/** Does work of which nothing stays where it fails; the transaction goes on. */
export async function savepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await sql`savepoint sheet_row`.execute(tx);
  try {
    const result = await work();
    await sql`release savepoint sheet_row`.execute(tx);
    return result;
  } catch (e) {
    await sql`rollback to savepoint sheet_row`.execute(tx);
    throw e;
  }
}
