import { type RawBuilder, type Sql, sql } from '#kernel/db';

/** How many entries PostgreSQL believes to fit, from what it knows of the table: a millisecond, whatever the size. */
export async function estimates(tx: Sql, conditions: readonly RawBuilder<unknown>[]): Promise<number[]> {
  const asked = conditions.map((c) => sql`select 1 from holdings.unit u where ${c}`);
  const r = await sql<{ 'QUERY PLAN': Explained }>`explain (format json, costs)
    ${sql.join(asked, sql` union all `)}`.execute(tx);
  const plan = r.rows[0]?.['QUERY PLAN'][0]?.Plan;
  if (!plan) throw new Error('PostgreSQL explained nothing');
  if (conditions.length === 1) return [plan['Plan Rows']];
  // What plans share is worked out first.
  const parts = (plan.Plans ?? []).filter((p) => p['Parent Relationship'] !== 'InitPlan');
  return parts.map((p) => p['Plan Rows']);
}

interface Plan {
  'Plan Rows': number;
  'Parent Relationship'?: string;
  Plans?: Plan[];
}
type Explained = { Plan: Plan }[];
