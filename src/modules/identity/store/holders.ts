import { type Sql, sql } from '#kernel/db';

/** User names of those who hold a role in one of these archives, themselves or by delegation, and of the persons named. */
export async function holdersIn(
  db: Sql,
  archiveIds: readonly string[],
  personIds: readonly string[],
  limit: number,
): Promise<string[]> {
  const r = await sql<{ username: string }>`
    select p.username from identity.person p where p.disabled_at is null and (p.id = any(${personIds}::uuid[])
      or p.id in (select m.person_id from identity.membership m where m.archive_id = any(${archiveIds}::uuid[]))
      or p.id in (select d.to_person from identity.delegation d where d.archive_id = any(${archiveIds}::uuid[]) and d.ended_at is null))
    order by p.id = any(${personIds}::uuid[]) desc, p.username limit ${limit}`.execute(db);
  return r.rows.map((x) => x.username);
}
