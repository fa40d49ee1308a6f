import { type Sql, sql, type Tx } from '#kernel/db';
import type { FactorDemand } from '../domain/factor-demand.ts';

export interface DemandRow extends FactorDemand {
  id: string;
  madeAt: Date;
}

export async function factorDemands(db: Sql): Promise<DemandRow[]> {
  const r = await sql<DemandRow>`select id, archive_id as "archiveId", role, made_at as "madeAt"
    from identity.factor_demand order by made_at, id limit 1000`.execute(db);
  return r.rows;
}

/** False when there is the same demand already. */
export async function insertDemand(tx: Tx, d: DemandRow & { madeBy: string | null }): Promise<boolean> {
  const r = await sql`insert into identity.factor_demand (id, archive_id, role, made_at, made_by)
    values (${d.id}, ${d.archiveId}, ${d.role}, ${d.madeAt}, ${d.madeBy}) on conflict do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function deleteDemand(tx: Tx, id: string): Promise<FactorDemand | undefined> {
  const r = await sql<FactorDemand>`delete from identity.factor_demand where id = ${id}
    returning archive_id as "archiveId", role`.execute(tx);
  return r.rows[0];
}

export async function demandById(db: Sql, id: string): Promise<FactorDemand | undefined> {
  const r = await sql<FactorDemand>`select archive_id as "archiveId", role from identity.factor_demand
    where id = ${id}`.execute(db);
  return r.rows[0];
}
