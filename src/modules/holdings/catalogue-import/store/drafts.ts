import { sql, type Tx } from '#kernel/db';

/** An import that waits for the person who began it. */
export interface ImportDraft {
  id: string;
  archiveId: string;
  fileName: string;
  state: 'draft' | 'checked' | 'failed';
  createdAt: Date;
}

/**
 * Imports a person began and has not brought to an end, newest first. A file that was begun anew stands here once.
 *
 * @param since older ones are taken as given up: they stay in the list of imports
 */
export async function draftsOf(
  tx: Tx,
  o: { personId: string; since: Date; limit: number },
): Promise<ImportDraft[]> {
  const r = await sql<ImportDraft>`
    select i.id, i.archive_id as "archiveId", i.file_name as "fileName", i.state, i.created_at as "createdAt"
    from holdings.import i
    where i.created_by = ${o.personId} and i.state in ('draft', 'checked', 'failed') and i.created_at > ${o.since}
      and not exists (select from holdings.import later
        where later.archive_id = i.archive_id and later.file_sha256 = i.file_sha256 and later.id > i.id)
    order by i.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}
