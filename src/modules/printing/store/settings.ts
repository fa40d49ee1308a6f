import type { PrintSettings } from '#formats/print';
import { type Sql, sql, type Tx } from '#kernel/db';
import type { Form } from '../domain/forms.ts';

/** How an archive prints a form, and who said so. */
export interface KeptSettings {
  form: Form;
  settings: PrintSettings;
  changedByName: string;
  changedAt: Date;
}

export async function settingsOf(db: Sql, archiveId: string): Promise<KeptSettings[]> {
  const r =
    await sql<KeptSettings>`select form, settings, changed_by_name as "changedByName", changed_at as "changedAt"
    from printing.form_setting where archive_id = ${archiveId}`.execute(db);
  return r.rows;
}

export async function keepSettings(
  tx: Tx,
  o: { archiveId: string; form: Form; settings: PrintSettings; by: string; at: Date },
): Promise<void> {
  await sql`insert into printing.form_setting (archive_id, form, settings, changed_by_name, changed_at)
    values (${o.archiveId}, ${o.form}, ${JSON.stringify(o.settings)}::jsonb, ${o.by}, ${o.at})
    on conflict (archive_id, form) do update set settings = excluded.settings, changed_by_name = excluded.changed_by_name,
      changed_at = excluded.changed_at`.execute(tx);
}

/** @returns whether there were any */
export async function dropSettings(tx: Tx, archiveId: string, form: Form): Promise<boolean> {
  const r =
    await sql`delete from printing.form_setting where archive_id = ${archiveId} and form = ${form}`.execute(
      tx,
    );
  return Number(r.numAffectedRows ?? 0) > 0;
}
