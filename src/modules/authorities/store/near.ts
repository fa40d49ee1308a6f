import { type Sql, sql } from '#kernel/db';
import type { Class, Form, Kind } from '../domain/authority.ts';
import type { Ends } from '../domain/near.ts';

/** A name of an authority, with what it is the name of. */
export interface NamedAs {
  id: string;
  kind: Kind;
  /** The authorised form, and as it is compared. */
  name: string;
  key: string;
  existFrom: string | null;
  existTo: string | null;
  /** The name that fits. */
  matched: string;
  form: Form;
  from: string | null;
  to: string | null;
}

const NAMED = sql`a.id, a.kind, a.name, a.key, a.exist_from as "existFrom", a.exist_to as "existTo", n.name as matched, n.form,
  n.date_from as "from", n.date_to as "to"`;

/** Authorities of a tree one of whose names is this one, as far as the asker sees them. */
export async function namedSo(
  on: Sql,
  o: { networkId: string; class: Class; key: string },
): Promise<NamedAs[]> {
  const r =
    await sql<NamedAs>`select ${NAMED} from authorities.name n join authorities.authority a on a.id = n.authority_id
    where n.class = ${o.class} and n.key = ${o.key} and a.network_id = ${o.networkId} and a.merged_into is null
    order by a.key, a.id, n.position limit 20`.execute(on);
  return r.rows;
}

/** Names of authorities that begin and end as one of some patterns says, and are nearly as long; to be told apart by who asks. */
export async function namedNearly(
  on: Sql,
  o: { networkId: string; class: Class; ends: readonly Ends[]; length: number },
): Promise<{ id: string; matched: string }[]> {
  const r = await sql<{ id: string; matched: string }>`select f.authority_id as id, f.matched
    from authorities.near(${o.ends.map((e) => e.start)}::text[], ${o.ends.map((e) => e.end)}::text[], ${o.class}, ${o.length - 1},
      ${o.length + 1}, ${o.networkId}) f`.execute(on);
  return r.rows;
}

/** All names of some authorities. */
export async function allNamesOf(on: Sql, ids: readonly string[]): Promise<NamedAs[]> {
  const r =
    await sql<NamedAs>`select ${NAMED} from authorities.name n join authorities.authority a on a.id = n.authority_id
    where n.authority_id = any (${[...ids]}::uuid[]) order by a.id, n.position`.execute(on);
  return r.rows;
}

/** What came after a body or before it, as relations in time say. */
export async function neighboursInTime(on: Sql, id: string): Promise<NamedAs[]> {
  const r =
    await sql<NamedAs>`select a.id, a.kind, a.name, a.key, a.exist_from as "existFrom", a.exist_to as "existTo",
      a.name as matched, 'authorised' as form, null as "from", null as "to"
    from (select r.other_id as id from authorities.relation r
          where r.authority_id = ${id} and r.type in ('earlier', 'later', 'temporal', 'identity') and r.other_id is not null
        union select r.authority_id from authorities.relation r
          where r.other_id = ${id} and r.type in ('earlier', 'later', 'temporal', 'identity')) t
      join authorities.authority a on a.id = t.id where a.merged_into is null limit 20`.execute(on);
  return r.rows;
}
