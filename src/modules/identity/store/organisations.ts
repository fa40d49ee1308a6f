import { type Sql, sql, type Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';

/** A department of an archive, or an agency it looks after. */
export interface Organisation {
  id: string;
  archiveId: string;
  parentId: string | null;
  kind: 'department' | 'agency';
  name: string;
  agencyId: string | null;
  version: number;
}

const ORGANISATION = sql`id, archive_id as "archiveId", parent_id as "parentId", kind, name, agency_id as "agencyId",
  version`;

export async function organisationsOf(db: Sql, archiveId: string): Promise<Organisation[]> {
  const r = await sql<Organisation>`select ${ORGANISATION} from identity.organisation
    where archive_id = ${archiveId} order by name, id limit 5000`.execute(db);
  return r.rows;
}

export async function organisationById(db: Sql, id: string, lock = false): Promise<Organisation | undefined> {
  const r = await sql<Organisation>`select ${ORGANISATION} from identity.organisation where id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return r.rows[0];
}

const CONSTRAINTS: Readonly<Record<string, Refusal>> = {
  organisation_circle: new Refusal('organisation.circle', 'It can not stand below itself.'),
  organisation_depth: new Refusal('organisation.tooDeep', 'The tree ends after 32 levels.', { most: 32 }),
  organisation_archive: new Refusal('organisation.parent', 'The unit above belongs to another archive.'),
};

/** One at a time moves units: two who move them below each other would wait for each other for ever. */
export async function lockOrganisations(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.organisation', 0))`.execute(tx);
}

/** @throws Refusal organisation.circle, organisation.tooDeep, organisation.parent: the database decides under a lock */
export async function writeOrganisation(tx: Tx, o: Omit<Organisation, 'version'>): Promise<void> {
  try {
    await sql`insert into identity.organisation (id, archive_id, parent_id, kind, name, agency_id)
      values (${o.id}, ${o.archiveId}, ${o.parentId}, ${o.kind}, ${o.name}, ${o.agencyId})
      on conflict (id) do update set parent_id = excluded.parent_id, name = excluded.name,
        agency_id = excluded.agency_id, version = identity.organisation.version + 1`.execute(tx);
  } catch (cause) {
    const known = cause instanceof Error && 'constraint' in cause && CONSTRAINTS[String(cause.constraint)];
    if (known) throw new Refusal(known.code, known.message, known.detail, { cause });
    throw cause;
  }
}

/** @throws Refusal organisation.inUse */
export async function deleteOrganisation(tx: Tx, id: string): Promise<void> {
  const r = await sql<{
    used: boolean;
  }>`select exists (select 1 from identity.organisation where parent_id = ${id})
    or exists (select 1 from identity.post where organisation_id = ${id}) as used`.execute(tx);
  if (r.rows[0]!.used)
    throw new Refusal('organisation.inUse', 'Units or posts stand below it. Move or remove them first.');
  await sql`delete from identity.organisation where id = ${id}`.execute(tx);
}

export interface Post {
  id: string;
  archiveId: string;
  organisationId: string | null;
  name: string;
  roles: string[];
  retiredAt: Date | null;
}

const POST = sql`id, archive_id as "archiveId", organisation_id as "organisationId", name, roles,
  retired_at as "retiredAt"`;

export async function postsOf(db: Sql, archiveId: string): Promise<Post[]> {
  const r =
    await sql<Post>`select ${POST} from identity.post where archive_id = ${archiveId} and retired_at is null
    order by name, id limit 2000`.execute(db);
  return r.rows;
}

export async function postById(db: Sql, id: string): Promise<Post | undefined> {
  const r = await sql<Post>`select ${POST} from identity.post where id = ${id}`.execute(db);
  return r.rows[0];
}

/** Whether a unit is an agency or stands within one. */
export async function standsInAgency(db: Sql, organisationId: string): Promise<boolean> {
  const r = await sql<{ within: boolean }>`
    select identity.agencies_of(${organisationId}) is not null as within`.execute(db);
  return r.rows[0]!.within;
}

/** A retired post is given to nobody any more; who holds it keeps its roles until they end. */
export async function retirePost(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update identity.post set retired_at = ${at} where id = ${id}`.execute(tx);
}

export async function insertPost(tx: Tx, p: Omit<Post, 'retiredAt'>): Promise<void> {
  await sql`insert into identity.post (id, archive_id, organisation_id, name, roles)
    values (${p.id}, ${p.archiveId}, ${p.organisationId}, ${p.name}, ${p.roles}::text[])`.execute(tx);
}
