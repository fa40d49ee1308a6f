/**
 * Many entries changed at one stroke among ten million: a place put in (another at each run; search does not know it), and a word of the title
 * replaced (which the index follows); rules, history, counts and trail kept. Beside them one bare UPDATE of as many rows, whose
 * history and counts the triggers write all the same.
 */
import { type Database, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { tableStock } from './support/table-stock.ts';

export const name = 'bulk-edit';

const TARGET = 10_000;

export async function run({ db, print, units }: { db: Database; print(line: string): void; units?: number }) {
  const { archiveId, fonds, holdings, actor, stop } = await tableStock(db, print, units);
  const of = (n: number) => fonds[Math.min(n, fonds.length - 1)]!;
  const rate = (rows: number, started: number) => Math.round((rows * 1000) / (performance.now() - started));
  const changed = async (fondsId: string, act: Parameters<typeof holdings.beginBulk>[1]['acts'][number]) => {
    const wish = { archiveId, selection: { filter: { fonds: fondsId } }, acts: [act], reason: 'bench' };
    const { id } = await holdings.beginBulk(actor, wish);
    const started = performance.now();
    const outcome = await holdings.runBulk(actor, id, {});
    return { rows: outcome.changed, rowsPerSecond: rate(outcome.changed, started) };
  };
  const place = await changed(of(6).id, { do: 'set', field: 'boxNo', value: `甲-${newId().slice(-8)}` });
  print(`a place set: ${place.rowsPerSecond} rows/s over ${place.rows} (target ${TARGET})`);
  const title = await changed(of(12).id, { do: 'append', field: 'title', value: '（已核）' });
  print(`titles changed, found by search at the end: ${title.rowsPerSecond} rows/s over ${title.rows}`);
  const started = performance.now();
  const bare =
    await sql`update holdings.unit set title = title || '（已核）', version = version + 1, updated_at = now()
    where fonds_id = ${of(13).id}`.execute(db.owner);
  const raw = {
    rows: Number(bare.numAffectedRows),
    rowsPerSecond: rate(Number(bare.numAffectedRows), started),
  };
  print(`one bare UPDATE: ${raw.rowsPerSecond} rows/s over ${raw.rows}`);
  await stop();
  return { place, title, raw, target: TARGET };
}
