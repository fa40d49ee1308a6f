import { sql, type Tx } from '#kernel/db';

/** A scan import that waits for the person who began it. */
export interface ScanDraft {
  id: string;
  archiveId: string;
  state: 'matched' | 'failed';
  /** Path of its first file; null when it has none. */
  firstPath: string | null;
  createdAt: Date;
}

/**
 * Scan imports a person began and has not brought to an end, newest first.
 *
 * @param since older ones are taken as given up: they stay in the list of scan imports
 */
export async function scanDraftsOf(
  tx: Tx,
  o: { personId: string; since: Date; limit: number },
): Promise<ScanDraft[]> {
  const r = await sql<ScanDraft>`
    select i.id, i.archive_id as "archiveId", i.state, i.created_at as "createdAt",
      (select f.path from digitisation.scan_file f where f.import_id = i.id order by f.seq limit 1) as "firstPath"
    from digitisation.scan_import i
    where i.created_by = ${o.personId} and i.state in ('matched', 'failed') and i.created_at > ${o.since}
    order by i.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}
