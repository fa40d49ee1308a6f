import { type Sql, sql, type Tx } from '#kernel/db';

/** A copy that is to go, or is gone: of one object, in one place. */
export interface Removal {
  objectId: string;
  unitId: string;
  place: 'store' | 'medium';
  placeId: string;
  placeName: string;
  state: 'waiting' | 'gone';
  tries: number;
  triedAt: Date | null;
  trouble: string | null;
  goneAt: Date | null;
  byName: string | null;
}

export interface PlaceRef {
  place: 'store' | 'medium';
  id: string;
  name: string;
}

const COLUMNS = sql`r.object_id as "objectId", r.unit_id as "unitId", r.place, r.place_id as "placeId", r.place_name as "placeName",
  r.state, r.tries, r.tried_at as "triedAt", r.trouble, r.gone_at as "goneAt", r.by_name as "byName"`;

/** Notes every object of a list in a store; a second time changes nothing. */
export async function insertStoreRemovals(tx: Sql, disposalId: string, store: PlaceRef): Promise<void> {
  await sql`insert into preservation.removal (disposal_id, object_id, place, place_id, place_name, archive_id, unit_id)
    select x.disposal_id, x.object_id, ${store.place}, ${store.id}, ${store.name}, x.archive_id, x.unit_id
    from preservation.destroyed x where x.disposal_id = ${disposalId} on conflict do nothing`.execute(tx);
}

/** Notes the media kept off-line that hold some of these objects. */
export async function insertMediaRemovals(
  tx: Sql,
  disposalId: string,
  media: readonly { id: string; name: string; objectId: string }[],
): Promise<void> {
  if (media.length === 0) return;
  await sql`insert into preservation.removal (disposal_id, object_id, place, place_id, place_name, archive_id, unit_id)
    select x.disposal_id, x.object_id, 'medium', m.id, m.name, x.archive_id, x.unit_id
    from unnest(${media.map((m) => m.id)}::text[], ${media.map((m) => m.name)}::text[], ${media.map((m) => m.objectId)}::text[]) as m (id, name, object_id)
    join preservation.destroyed x on x.object_id = m.object_id and x.disposal_id = ${disposalId}
    on conflict do nothing`.execute(tx);
}

/**
 * Notes stores that were given up as lost or removed while they may have held some of these objects: what lies there is for
 * people to destroy, as with media.
 */
export async function insertEndedStores(tx: Sql, disposalId: string): Promise<void> {
  await sql`insert into preservation.removal (disposal_id, object_id, place, place_id, place_name, archive_id, unit_id)
    select x.disposal_id, x.object_id, 'medium', s.id::text, s.name, x.archive_id, x.unit_id
    from preservation.destroyed x join preservation.object o on o.object_id = x.object_id
    join preservation.store s on s.state in ('lost', 'removed') and s.ended_at > o.entered_at
    where x.disposal_id = ${disposalId} on conflict do nothing`.execute(tx);
}

/** The next copies to be taken out of a place. */
export async function waitingIn(
  on: Sql,
  disposalId: string,
  place: Pick<PlaceRef, 'place' | 'id'>,
  after: string,
  limit: number,
): Promise<{ objectId: string; unitId: string }[]> {
  const r = await sql<{
    objectId: string;
    unitId: string;
  }>`select object_id as "objectId", unit_id as "unitId"
    from preservation.removal where disposal_id = ${disposalId} and place = ${place.place} and place_id = ${place.id}
      and state = 'waiting' and object_id > ${after} order by object_id limit ${limit}`.execute(on);
  return r.rows;
}

/** Stores that still have something of a list. */
export async function waitingPlaces(
  on: Sql,
  disposalId: string,
): Promise<(PlaceRef & { objects: number })[]> {
  const r = await sql<
    PlaceRef & { objects: number }
  >`select place, place_id as id, min(place_name) as name, count(*)::int as objects
    from preservation.removal where disposal_id = ${disposalId} and state = 'waiting'
    group by place, place_id order by place, place_id`.execute(on);
  return r.rows;
}

export async function markGone(
  tx: Sql,
  disposalId: string,
  objectId: string,
  place: Pick<PlaceRef, 'place' | 'id'>,
  at: Date,
): Promise<void> {
  await sql`update preservation.removal set state = 'gone', gone_at = ${at}, tried_at = ${at}, tries = tries + 1, trouble = null
    where disposal_id = ${disposalId} and object_id = ${objectId} and place = ${place.place} and place_id = ${place.id}`.execute(
    tx,
  );
}

export async function markTrouble(
  on: Sql,
  disposalId: string,
  objectId: string,
  place: Pick<PlaceRef, 'place' | 'id'>,
  at: Date,
  trouble: string,
): Promise<void> {
  await sql`update preservation.removal set state = 'waiting', gone_at = null, tried_at = ${at}, tries = tries + 1,
      trouble = ${trouble.slice(0, 500)}
    where disposal_id = ${disposalId} and object_id = ${objectId} and place = ${place.place} and place_id = ${place.id}`.execute(
    on,
  );
}

/** What is said to be gone from a place, in order, behind an object. */
export async function goneFrom(
  on: Sql,
  disposalId: string,
  place: Pick<PlaceRef, 'place' | 'id'>,
  after: string,
  limit: number,
): Promise<string[]> {
  const r = await sql<{ id: string }>`select object_id as id from preservation.removal
    where disposal_id = ${disposalId} and place = ${place.place} and place_id = ${place.id} and state = 'gone'
      and object_id > ${after} order by object_id limit ${limit}`.execute(on);
  return r.rows.map((x) => x.id);
}

/** Objects of a list that no store holds any more, and that are not marked so yet. */
export async function goneEverywhere(on: Sql, disposalId: string, limit: number): Promise<string[]> {
  const r = await sql<{ unitId: string }>`select u.unit_id as "unitId" from preservation.disposal_unit u
    where u.disposal_id = ${disposalId} and u.state = 'cleared'
      and exists (select from preservation.removal r where r.disposal_id = u.disposal_id and r.object_id = u.object_id)
      and not exists (select from preservation.removal r where r.disposal_id = u.disposal_id and r.object_id = u.object_id
        and r.state = 'waiting')
    order by u.seq limit ${limit}`.execute(on);
  return r.rows.map((x) => x.unitId);
}

export async function removalPage(
  tx: Tx,
  disposalId: string,
  o: { state?: string | undefined; after?: readonly [string, string, string] | undefined; limit: number },
): Promise<(Removal & { referenceCode: string | null; title: string })[]> {
  const [place, placeId, objectId] = o.after ?? ['', '', ''];
  const r = await sql<Removal & { referenceCode: string | null; title: string }>`
    select ${COLUMNS}, u.reference_code as "referenceCode", u.title from preservation.removal r
    join preservation.disposal_unit u on u.disposal_id = r.disposal_id and u.unit_id = r.unit_id
    where r.disposal_id = ${disposalId} and (${o.state ?? null}::text is null or r.state = ${o.state ?? null})
      and (r.place, r.place_id, r.object_id) > (${place}, ${placeId}, ${objectId})
    order by r.place, r.place_id, r.object_id limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** A medium was withdrawn by hand: what it held of the list is gone. Returns how many objects. */
export async function signOffMedium(
  tx: Tx,
  o: {
    disposalId: string;
    mediumId: string;
    at: Date;
    by: { id: string | null; name: string };
    note: string;
  },
): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`update preservation.removal set state = 'gone', gone_at = ${o.at}, by_id = ${o.by.id},
      by_name = ${o.by.name}, note = ${o.note}
    where disposal_id = ${o.disposalId} and place = 'medium' and place_id = ${o.mediumId} and state = 'waiting'
    returning object_id as id`.execute(tx);
  return r.rows.map((x) => x.id);
}

export interface PlaceReport extends PlaceRef {
  objects: number;
  waiting: number;
  until: Date | null;
  byName: string | null;
}

/** Every place a list was in, for the certificate. */
export async function placesOf(tx: Sql, disposalId: string): Promise<PlaceReport[]> {
  const r =
    await sql<PlaceReport>`select place, place_id as id, min(place_name) as name, count(*)::int as objects,
      (count(*) filter (where state = 'waiting'))::int as waiting, max(gone_at) as until, max(by_name) as "byName"
    from preservation.removal where disposal_id = ${disposalId} group by place, place_id order by place desc, place_id`.execute(
      tx,
    );
  return r.rows;
}
