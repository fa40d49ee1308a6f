import { type Sql, sql, type Tx } from '#kernel/db';
import type { PlaceReach } from '../domain/reach.ts';

/**
 * Units of an archive's organisation that somebody works in, will work in, or is asked to: the agencies a post there reaches, and
 * those people with who stands in for them.
 */
export async function reachOfPlaces(db: Sql, archiveId: string, now: Date): Promise<PlaceReach[]> {
  const r = await sql<PlaceReach>`
    with held as (
      select m.post_id, m.person_id from identity.membership m
      where m.archive_id = ${archiveId} and m.post_id is not null and (m.until_at is null or m.until_at > ${now})
      union
      select m.post_id, d.to_person from identity.delegation d
      join identity.membership m on m.person_id = d.from_person and m.archive_id = d.archive_id and m.role = any (d.roles)
      where d.archive_id = ${archiveId} and d.ended_at is null and d.until_at > ${now} and m.post_id is not null
        and (m.until_at is null or m.until_at > ${now})
      union
      select (c.content ->> 'postId')::uuid, c.person_id from identity.rights_change c
      where c.archive_id = ${archiveId} and c.state = 'proposed' and c.kind = 'post'
    ), places as (
      select t.organisation_id as place, array_agg(distinct h.person_id) as people
      from held h join identity.post t on t.id = h.post_id where t.organisation_id is not null group by 1
    )
    select place, identity.agencies_of(place) as agencies, people from places`.execute(db);
  return r.rows;
}

/** Does something and takes it back, within a transaction that goes on. @returns what came of it; what it throws, it throws */
export async function takingBack<T>(tx: Tx, act: () => Promise<T>): Promise<T> {
  await sql`savepoint tried`.execute(tx);
  const outcome = await act();
  await sql`rollback to savepoint tried`.execute(tx);
  return outcome;
}
