import { type Sql, sql, type Tx } from '#kernel/db';
import type { ImportField } from '../headings/fields.ts';
import type { ImportOptions } from '../types.ts';

/** How the columns of a sheet were understood, kept for the next file of the kind. */
export interface ProfileColumn {
  heading: string;
  field: ImportField | null;
}

export interface Profile {
  id: string;
  archiveId: string;
  /** Digest of the headings. */
  signature: string;
  name: string;
  columns: ProfileColumn[];
  options: ImportOptions;
  usedAt: Date;
}

const PROFILE = sql`id, archive_id as "archiveId", signature, name, columns, options, used_at as "usedAt"`;

export async function profilesOf(tx: Sql, archiveId: string): Promise<Profile[]> {
  const r = await sql<Profile>`select ${PROFILE} from holdings.import_profile
    where archive_id = ${archiveId} order by used_at desc limit 200`.execute(tx);
  return r.rows;
}

export async function profilesBySignature(
  tx: Sql,
  archiveId: string,
  signatures: readonly string[],
): Promise<Map<string, Profile>> {
  const r = await sql<Profile>`select ${PROFILE} from holdings.import_profile
    where archive_id = ${archiveId} and signature = any(${signatures}::text[])`.execute(tx);
  return new Map(r.rows.map((p) => [p.signature, p]));
}

/** Keeps a profile; one for the same headings is replaced. */
export async function saveProfile(tx: Tx, p: Profile & { createdByName: string }): Promise<string> {
  const r = await sql<{ id: string }>`insert into holdings.import_profile
      (id, archive_id, signature, name, columns, options, used_at, created_by_name)
    values (${p.id}, ${p.archiveId}, ${p.signature}, ${p.name}, ${JSON.stringify(p.columns)}::jsonb,
      ${JSON.stringify(p.options)}::jsonb, ${p.usedAt}, ${p.createdByName})
    on conflict (archive_id, signature) do update set name = excluded.name, columns = excluded.columns,
      options = excluded.options, used_at = excluded.used_at
    returning id`.execute(tx);
  return r.rows[0]!.id;
}

export async function touchProfile(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update holdings.import_profile set used_at = ${at} where id = ${id}`.execute(tx);
}
