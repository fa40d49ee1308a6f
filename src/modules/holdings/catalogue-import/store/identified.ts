import { sql, type Tx } from '#kernel/db';
import { isId } from '#kernel/ids';
import { HELD, type HeldUnit } from './units.ts';

/** Names that mean one thing wherever they stand: ARKs, addresses, and UUIDs. Others are believed within their fonds alone. */
const EVERYWHERE =
  /^(?:ark:|https?:|urn:|doi:|hdl:|info:|(?:lantai-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$)/i;

export interface NamedIn {
  name: string;
  fondsNo: string;
}

const keyOf = ({ name, fondsNo }: NamedIn) => `${EVERYWHERE.test(name) ? '' : fondsNo}\n${name}`;

/**
 * Entries by the names other systems have for them, or by our own id, as a table that was taken out names them.
 *
 * @returns by `name` and `fondsNo` as they were asked for; what two entries bear is none's
 */
export async function heldByIdentifier(
  tx: Tx,
  archiveId: string,
  asked: readonly NamedIn[],
): Promise<(of: NamedIn) => HeldUnit | undefined> {
  if (asked.length === 0) return () => undefined;
  const found = new Map<string, HeldUnit | null>();
  const take = (key: string, unit: HeldUnit) => {
    const before = found.get(key);
    found.set(key, before === undefined || before?.id === unit.id ? unit : null);
  };
  const names = [...new Set(asked.map((a) => a.name))];
  const ids = names.flatMap((name) => {
    const id = name.replace(/^lantai-/, '');
    return isId(id) ? [id] : [];
  });
  const own = await sql<HeldUnit>`select ${HELD} from holdings.unit where archive_id = ${archiveId}
    and id = any(${ids}::uuid[])`.execute(tx);
  for (const unit of own.rows) {
    take(`\n${unit.id}`, unit);
    take(`\nlantai-${unit.id}`, unit);
  }
  const r = await sql<HeldUnit & { name: string; fondsNo: string }>`
    select n.name, held.*, f.number as "fondsNo" from unnest(${names}::text[]) as n (name) cross join lateral (
      select ${HELD} from holdings.unit where archive_id = ${archiveId} and identifiers @> array[n.name] limit 20) held
    join holdings.fonds f on f.id = held."fondsId"`.execute(tx);
  for (const { name, fondsNo, ...unit } of r.rows) take(keyOf({ name, fondsNo }), unit);
  return (of) => found.get(keyOf(of)) ?? undefined;
}
