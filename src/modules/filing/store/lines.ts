import { type Sql, sql, type Tx } from '#kernel/db';
import type { ScheduleLine } from '../domain/scheduleLine.ts';

const COLUMNS = sql`key, number, class_code as "classCode", class_name as "className", category, matter, retention,
  keywords, department, due, note, template_key as "templateKey"`;

/** The lines of a schedule in their order. */
export async function linesOf(on: Sql, scheduleId: string): Promise<ScheduleLine[]> {
  const r = await sql<ScheduleLine>`select ${COLUMNS} from filing.schedule_line
    where schedule_id = ${scheduleId} order by position`.execute(on);
  return r.rows;
}

export async function replaceLines(
  tx: Tx,
  scheduleId: string,
  lines: readonly ScheduleLine[],
): Promise<void> {
  await sql`delete from filing.schedule_line where schedule_id = ${scheduleId}`.execute(tx);
  const rows = lines.map((l, position) => ({ ...l, position }));
  await sql`insert into filing.schedule_line (schedule_id, key, position, number, class_code, class_name, category, matter,
      retention, keywords, department, due, note, template_key)
    select ${scheduleId}::uuid, l.key, l.position, l.number, l."classCode", l."className", l.category, l.matter, l.retention,
      array(select jsonb_array_elements_text(l.keywords)), l.department, l.due, l.note, l."templateKey"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l (key uuid, position int, number text, "classCode" text,
      "className" text, category text, matter text, retention text, keywords jsonb, department text, due text, note text,
      "templateKey" text)`.execute(tx);
}
