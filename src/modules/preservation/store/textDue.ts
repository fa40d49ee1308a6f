import { type Sql, sql } from '#kernel/db';

/** A unit whose texts are to be put into its object. */
export interface TextDue {
  unitId: string;
  archiveId: string;
  turn: number;
}

/** Texts of a unit were read: they are saved `seconds` after the last of them. */
export async function noteDue(
  tx: Sql,
  unit: { id: string; archiveId: string },
  seconds: number,
): Promise<void> {
  await sql`insert into preservation.text_due as d (unit_id, archive_id, due_at)
    values (${unit.id}, ${unit.archiveId}, now() + make_interval(secs => ${seconds}))
    on conflict (unit_id) do update set due_at = excluded.due_at, turn = d.turn + 1`.execute(tx);
}

/** Nothing more is being read of a unit: what waits is due now. */
export async function noteDueNow(tx: Sql, unitId: string): Promise<void> {
  await sql`update preservation.text_due set due_at = now() where unit_id = ${unitId} and due_at > now()`.execute(
    tx,
  );
}

/** Some of those whose time has come, the longest waiting first. */
export async function dueTexts(tx: Sql, limit: number): Promise<TextDue[]> {
  const r = await sql<TextDue>`select unit_id as "unitId", archive_id as "archiveId", turn
    from preservation.text_due where due_at <= now() order by due_at limit ${limit}`.execute(tx);
  return r.rows;
}

/** Saved, unless more was read meanwhile. */
export async function forgetDue(tx: Sql, due: TextDue): Promise<void> {
  await sql`delete from preservation.text_due where unit_id = ${due.unitId} and turn = ${due.turn}`.execute(
    tx,
  );
}

/** Later: in a minute, or ever later after failures, a day at most. */
export async function postponeDue(tx: Sql, due: TextDue, failures: number): Promise<void> {
  await sql`update preservation.text_due set failures = failures + ${failures},
      due_at = now() + make_interval(mins => least(1440, power(2, least(failures + ${failures}, 11)))::int)
    where unit_id = ${due.unitId}`.execute(tx);
}
