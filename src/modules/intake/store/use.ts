import { sql, type Tx } from '#kernel/db';
import type { SystemSettings } from '../domain/settings.ts';

/**
 * Counts what a system sends now, where its quotas leave room: of the day and in all. What two send at once is counted one after
 * the other, by the system's row; to be asked last in a transaction, so that the row is held for a moment only.
 *
 * @returns which quota is full, or undefined
 */
export async function countIn(
  tx: Tx,
  o: { systemId: string; day: string; items: number; bytes: number; settings: SystemSettings },
): Promise<'dayItems' | 'dayBytes' | 'totalItems' | 'totalBytes' | undefined> {
  const { dayItems, dayBytes, totalItems, totalBytes } = o.settings;
  const counted = await sql<{
    items: number;
    bytes: number;
    ofDayItems: number;
    ofDayBytes: number;
  }>`with a as (update intake.system set items = items + ${o.items}, bytes = bytes + ${o.bytes} where id = ${o.systemId}
      returning id, items, bytes),
    d as (insert into intake.day_use as u (system_id, day, items, bytes)
      select a.id, ${o.day}::date, ${o.items}, ${o.bytes} from a
      on conflict (system_id, day) do update set items = u.items + excluded.items, bytes = u.bytes + excluded.bytes
      returning items, bytes)
    select a.items::float8 as items, a.bytes::float8 as bytes, d.items as "ofDayItems", d.bytes::float8 as "ofDayBytes"
    from a, d`.execute(tx);
  const { items, bytes, ofDayItems, ofDayBytes } = counted.rows[0]!;
  if (o.items > 0 && ofDayItems > dayItems) return 'dayItems';
  if (o.bytes > 0 && ofDayBytes > dayBytes) return 'dayBytes';
  if (o.items > 0 && totalItems !== null && items > totalItems) return 'totalItems';
  if (o.bytes > 0 && totalBytes !== null && bytes > totalBytes) return 'totalBytes';
  return undefined;
}

/** @returns how many were refused on this day by now */
export async function countRefused(tx: Tx, systemId: string, day: string): Promise<number> {
  const r = await sql<{ refused: number }>`insert into intake.day_use as u (system_id, day, refused)
    values (${systemId}, ${day}::date, 1) on conflict (system_id, day) do update set refused = u.refused + 1
    returning refused`.execute(tx);
  return r.rows[0]!.refused;
}
