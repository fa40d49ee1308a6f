import { type Sql, sql, type Tx } from '#kernel/db';
import type { Class } from '../domain/authority.ts';
import type { Role } from './links.ts';

export interface WrittenUnit {
  id: string;
  creator: string | null;
  persons: string | null;
  subjects: string | null;
}

/** Entries of an archive or a fonds by their ids, with the names written in them; for the job, as the owner. */
export async function writtenUnits(
  on: Sql,
  o: { archiveId: string; fondsId: string | null; after: string | null; limit: number },
): Promise<WrittenUnit[]> {
  const r =
    await sql<WrittenUnit>`select u.id, u.creator, u.description ->> 'persons' as persons, u.description ->> 'subjects' as subjects
    from holdings.unit u where u.archive_id = ${o.archiveId}
      ${o.fondsId ? sql`and u.fonds_id = ${o.fondsId}` : sql``} ${o.after ? sql`and u.id > ${o.after}` : sql``}
    order by u.id limit ${o.limit}`.execute(on);
  return r.rows;
}

/** Authorities of a tree by the very form of one of their names. */
export async function agentsNamed(
  on: Sql,
  networkId: string,
  keys: readonly string[],
): Promise<Map<string, { id: string; class: Class }[]>> {
  const r = await sql<{ key: string; id: string; class: Class }>`select distinct n.key, a.id, a.class
    from authorities.name n join authorities.authority a on a.id = n.authority_id
    where n.class in ('agent', 'subject') and n.key = any (${[...keys]}::text[]) and a.network_id = ${networkId}
      and a.merged_into is null`.execute(on);
  const found = new Map<string, { id: string; class: Class }[]>();
  for (const { key, ...a } of r.rows) {
    const there = found.get(key);
    if (there) there.push(a);
    else found.set(key, [a]);
  }
  return found;
}

export interface NewLink {
  unitId: string;
  authorityId: string;
  role: Role;
}

/** @returns how many are new */
export async function insertLinks(
  tx: Tx,
  of: { archiveId: string; byName: string; at: Date },
  links: readonly NewLink[],
): Promise<number> {
  const r =
    await sql`insert into authorities.unit_link (unit_id, authority_id, role, archive_id, way, by_name, at)
    select l.unit, l.authority, l.role, ${of.archiveId}, 'job', ${of.byName}, ${of.at}
    from unnest(${links.map((l) => l.unitId)}::uuid[], ${links.map((l) => l.authorityId)}::uuid[], ${links.map((l) => l.role)}::text[])
      as l (unit, authority, role)
    where exists (select from holdings.unit u where u.id = l.unit) on conflict do nothing`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}
