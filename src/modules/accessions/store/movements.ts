import type { ArrangedKind } from '#kernel/accessionWords';
import { type Sql, sql, type Tx } from '#kernel/db';
import type { Extent } from '../domain/extent.ts';
import type { Money } from '../domain/money.ts';

/** A part that came, or was given back. */
export interface Movement {
  id: string;
  no: number;
  kind: 'in' | 'back';
  day: string;
  extent: Extent;
  note: string | null;
  byName: string;
  at: Date;
}

export async function movementsOf(on: Sql, accessionId: string): Promise<Movement[]> {
  const r =
    await sql<Movement>`select id, no, kind, day, json_build_object('volumes', volumes, 'items', items, 'pages', pages, 'boxes', boxes,
      'metres', metres::float8, 'gigabytes', gigabytes::float8) as extent, note, by_name as "byName", at
    from accessions.movement where accession_id = ${accessionId} order by no`.execute(on);
  return r.rows;
}

/** Adds one behind the others of a locked accession. @returns its number there */
export async function insertMovement(
  tx: Tx,
  m: Omit<Movement, 'no' | 'byName'> & {
    accessionId: string;
    archiveId: string;
    by: { id: string | null; name: string };
  },
): Promise<number> {
  const e = m.extent;
  const r = await sql<{
    no: number;
  }>`insert into accessions.movement (id, accession_id, archive_id, no, kind, day, volumes, items, pages,
      boxes, metres, gigabytes, note, by_id, by_name, at)
    select ${m.id}, ${m.accessionId}, ${m.archiveId}, coalesce(max(no), 0) + 1, ${m.kind}, ${m.day}::date, ${e.volumes}::int, ${e.items}::int,
      ${e.pages}::int, ${e.boxes}::int, ${e.metres}::numeric, ${e.gigabytes}::numeric, ${m.note}, ${m.by.id}::uuid, ${m.by.name},
      ${m.at}::timestamptz
    from accessions.movement where accession_id = ${m.accessionId} returning no`.execute(tx);
  return r.rows[0]?.no ?? 1;
}

/** What an expert says something is worth. */
export interface Opinion {
  id: string;
  day: string;
  expert: string;
  words: string;
  value: Money | null;
  byName: string;
}

export async function opinionsOf(on: Sql, accessionId: string): Promise<Opinion[]> {
  const r = await sql<Opinion>`select id, day, expert, words, by_name as "byName",
      case when value is not null then json_build_object('amount', value::text, 'currency', currency) end as value
    from accessions.opinion where accession_id = ${accessionId} order by day, id`.execute(on);
  return r.rows;
}

export async function insertOpinion(
  tx: Tx,
  o: Opinion & { accessionId: string; archiveId: string; at: Date },
): Promise<void> {
  await sql`insert into accessions.opinion (id, accession_id, archive_id, day, expert, words, value, currency, by_name, at)
    values (${o.id}, ${o.accessionId}, ${o.archiveId}, ${o.day}, ${o.expert}, ${o.words}, ${o.value?.amount ?? null},
      ${o.value?.currency ?? null}, ${o.byName}, ${o.at})`.execute(tx);
}

/** Where a part of it went. */
export interface Arranged {
  id: string;
  kind: ArrangedKind;
  targetId: string;
  byName: string;
  at: Date;
}

export async function arrangedOf(on: Sql, accessionId: string): Promise<Arranged[]> {
  const r =
    await sql<Arranged>`select id, kind, target_id as "targetId", by_name as "byName", at from accessions.arranged
    where accession_id = ${accessionId} order by at, id`.execute(on);
  return r.rows;
}

/** @returns false where it is named already */
export async function insertArranged(
  tx: Tx,
  a: Arranged & { accessionId: string; archiveId: string },
): Promise<boolean> {
  const r =
    await sql`insert into accessions.arranged (id, accession_id, archive_id, kind, target_id, by_name, at)
    values (${a.id}, ${a.accessionId}, ${a.archiveId}, ${a.kind}, ${a.targetId}, ${a.byName}, ${a.at})
    on conflict (accession_id, kind, target_id) do nothing`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

export async function removeArranged(tx: Tx, accessionId: string, id: string): Promise<Arranged | undefined> {
  const r =
    await sql<Arranged>`delete from accessions.arranged where id = ${id} and accession_id = ${accessionId}
    returning id, kind, target_id as "targetId", by_name as "byName", at`.execute(tx);
  return r.rows[0];
}

/** Accessions that were arranged into one of these: a fonds, an import, an entry. */
export async function accessionsOfTarget(on: Sql, targetId: string, limit: number): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`select accession_id as id from accessions.arranged where target_id = ${targetId}
    order by at desc limit ${limit}`.execute(on);
  return r.rows.map((row) => row.id);
}
