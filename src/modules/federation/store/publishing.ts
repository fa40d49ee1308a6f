import { type Sql, sql, type Tx } from '#kernel/db';

export interface Waiting {
  id: string;
  /** Something of it was changed; else only a day has come. */
  changed: boolean;
}

/** What an entry is published as, in its sets. */
export interface Open {
  id: string;
  archiveId: string;
  fondsId: string;
}

/** Entries the asker sees; asked with the reach of the public, these are the open ones. */
export async function seenAmong(tx: Tx, ids: readonly string[]): Promise<Open[]> {
  return (
    await sql<Open>`select id, archive_id as "archiveId", fonds_id as "fondsId" from holdings.unit
      where id = any(${[...ids]}::uuid[])`.execute(tx)
  ).rows;
}

/** Some of what became due up to today waits from now on. @param day in place of the database's own @returns how many */
export async function takeDue(tx: Tx, day: string | undefined, limit: number): Promise<number> {
  const r = await sql<{ n: number }>`with taken as (
      delete from federation.due d using (
        select day, unit_id from federation.due where day <= coalesce(${day ?? null}::date, lantai.today())
        order by day, unit_id limit ${limit}) x
      where d.day = x.day and d.unit_id = x.unit_id returning d.unit_id),
    noted as (
      insert into federation.waiting (unit_id, changed) select distinct unit_id, false from taken order by unit_id
      on conflict do nothing)
    select count(*)::int as n from taken`.execute(tx);
  return r.rows[0]?.n ?? 0;
}

export async function anyWaiting(on: Sql): Promise<boolean> {
  const r = await sql<{ any: boolean }>`select exists (select 1 from federation.waiting) as any`.execute(on);
  return r.rows[0]?.any === true;
}

/** From this second on records are being written. Committed before they are. */
export async function beginWriting(on: Sql): Promise<void> {
  await sql`update federation.progress set writing_from = date_trunc('second', clock_timestamp())`.execute(
    on,
  );
}

export async function endWriting(on: Sql): Promise<void> {
  await sql`update federation.progress set writing_from = null where writing_from is not null`.execute(on);
}

/** Some of what waits, taken for good with the transaction; who changes one of them meanwhile waits, and notes it again. */
export async function takeWaiting(tx: Tx, limit: number): Promise<Waiting[]> {
  const r = await sql<Waiting>`delete from federation.waiting w using (
      select unit_id from federation.waiting order by unit_id limit ${limit} for update skip locked) x
    where w.unit_id = x.unit_id returning w.unit_id as id, w.changed`.execute(tx);
  return r.rows;
}

/**
 * Publishes entries that are open. Those that are published already get a new date where something of them was changed, or where
 * they were withdrawn.
 *
 * @param size most entries of a part of the list of addresses
 */
export async function publish(
  tx: Tx,
  open: readonly (Open & { changed: boolean })[],
  size: number,
): Promise<number> {
  const rows = JSON.stringify(open);
  const r = await sql`with given as (
      select * from jsonb_to_recordset(${rows}::jsonb) as g (id uuid, "archiveId" uuid, "fondsId" uuid, changed boolean)),
    fresh as (
      select g.id, row_number() over (order by g.id) as n from given g
      where not exists (select 1 from federation.published p where p.unit_id = g.id)),
    moved as (
      update federation.progress o set in_part = (o.in_part + c.n) % ${size}::int, part = o.part + (o.in_part + c.n) / ${size}::int
      from (select count(*)::int as n from fresh) c where c.n > 0),
    noted as (
      insert into federation.record_set (archive_id, fonds_id) select distinct "archiveId", "fondsId" from given
      on conflict do nothing)
    insert into federation.published (unit_id, archive_id, fonds_id, datestamp, opened_at, part)
      select g.id, g."archiveId", g."fondsId", s.at, s.at, o.part + coalesce((o.in_part + f.n - 1) / ${size}::int, 0)
      from given g left join fresh f using (id) cross join federation.progress o
        cross join (select date_trunc('second', clock_timestamp()) as at) s
      where g.changed or f.id is not null or exists (select 1 from federation.published p where p.unit_id = g.id and p.deleted)
    on conflict (unit_id) do update set archive_id = excluded.archive_id, fonds_id = excluded.fonds_id,
      datestamp = excluded.datestamp, deleted = false,
      opened_at = case when federation.published.deleted then excluded.opened_at else federation.published.opened_at end`.execute(
    tx,
  );
  return Number(r.numAffectedRows ?? 0);
}

/** Withdraws what was published and is no longer open. */
export async function withdraw(tx: Tx, ids: readonly string[]): Promise<number> {
  const r =
    await sql`update federation.published set deleted = true, datestamp = date_trunc('second', clock_timestamp())
    where unit_id = any(${[...ids]}::uuid[]) and not deleted`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}
