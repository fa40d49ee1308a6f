import { sql, type Tx } from '#kernel/db';

/** A published entry as harvesters are told of it. */
export interface Published {
  id: string;
  datestamp: Date;
  archiveCode: string;
  /** Null where the fonds is no longer there. */
  fondsNumber: string | null;
  /** Withdrawn; or no longer open at this moment, whether or not that was published yet. */
  deleted: boolean;
}

export interface ListOf {
  archive?: string;
  fonds?: string;
  /** Both inclusive, as the protocol writes moments. */
  from?: string;
  until?: string;
  after?: { datestamp: string; id: string };
  limit: number;
}

/** What may be asked for at this moment. */
export interface Horizon {
  /** No record is older. */
  earliest: Date;
  /** Lists end before this second. */
  end: Date;
}

/** The second in which something may still be written, and no record lies behind it. */
export async function horizon(tx: Tx): Promise<Horizon> {
  const r = await sql<Horizon>`select since as earliest,
    least(coalesce(writing_from, 'infinity'), date_trunc('second', clock_timestamp())) as end
    from federation.progress`.execute(tx);
  return r.rows[0]!;
}

// Whether the entry exists for the asker is asked of the entry itself, by row-level security and at this moment.
const SHOWN = sql`p.unit_id as id, p.datestamp, a.code as "archiveCode", f.number as "fondsNumber",
  p.deleted or not exists (select 1 from holdings.unit u where u.id = p.unit_id) as deleted`;
const SETS = sql`left join holdings.archive a on a.id = p.archive_id left join holdings.fonds f on f.id = p.fonds_id`;

/** A page of a list, oldest first. What was published after `end` is not in it: more may come of that second. */
export async function pageOfList(tx: Tx, o: ListOf, end: Date): Promise<Published[]> {
  const conditions = [
    sql`x.datestamp < ${end}`,
    ...(o.archive ? [sql`x.archive_id = ${o.archive}::uuid`] : []),
    ...(o.fonds ? [sql`x.fonds_id = ${o.fonds}::uuid`] : []),
    ...(o.from ? [sql`x.datestamp >= ${o.from}::timestamptz`] : []),
    ...(o.until ? [sql`x.datestamp <= ${o.until}::timestamptz`] : []),
    ...(o.after
      ? [sql`(x.datestamp, x.unit_id) > (${o.after.datestamp}::timestamptz, ${o.after.id}::uuid)`]
      : []),
  ];
  const r = await sql<Published>`select ${SHOWN} from (
      select * from federation.published x where ${sql.join(conditions, sql` and `)}
      order by x.datestamp, x.unit_id limit ${o.limit}) p ${SETS}
    order by p.datestamp, p.unit_id`.execute(tx);
  return r.rows;
}

export async function publishedById(tx: Tx, id: string): Promise<Published | undefined> {
  const r =
    await sql<Published>`select ${SHOWN} from federation.published p ${SETS} where p.unit_id = ${id}`.execute(
      tx,
    );
  return r.rows[0];
}

export interface RecordSet {
  archiveId: string;
  archiveCode: string;
  archiveName: string;
  fondsId: string;
  fondsNumber: string;
  fondsName: string;
}

/** Fonds with records, archive by archive. */
export async function recordSets(
  tx: Tx,
  after: { archiveId: string; fondsId: string } | undefined,
  limit: number,
): Promise<RecordSet[]> {
  const behind = after
    ? sql`where (s.archive_id, s.fonds_id) > (${after.archiveId}::uuid, ${after.fondsId}::uuid)`
    : sql``;
  const r =
    await sql<RecordSet>`select s.archive_id as "archiveId", a.code as "archiveCode", a.name as "archiveName",
      s.fonds_id as "fondsId", f.number as "fondsNumber", f.name as "fondsName"
    from federation.record_set s join holdings.archive a on a.id = s.archive_id join holdings.fonds f on f.id = s.fonds_id
    ${behind} order by s.archive_id, s.fonds_id limit ${limit}`.execute(tx);
  return r.rows;
}

/** The archive of a code, and the fonds of a number in it. */
export async function setMeant(
  tx: Tx,
  code: string,
  number: string | undefined,
): Promise<{ archive: string; fonds?: string } | undefined> {
  const r = await sql<{
    archive: string;
    fonds: string | null;
  }>`select a.id as archive, f.id as fonds from holdings.archive a
    left join holdings.fonds f on f.archive_id = a.id and f.number = ${number ?? null} where a.code = ${code}`.execute(
    tx,
  );
  const row = r.rows[0];
  if (!row || (number !== undefined && row.fonds === null)) return undefined;
  return row.fonds === null ? { archive: row.archive } : { archive: row.archive, fonds: row.fonds };
}
