import type { Actor, Capability } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { type Database, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createHoldings } from '#modules/holdings';
import { catalogueIndex } from '../../src/main/searchIndex.ts';
import { makeMany } from './many-units.ts';

export const UNITS = 10_000_000;
const RIGHTS: readonly Capability[] = ['holdings.read', 'holdings.write'];

/** Ten million entries, made where they are not there yet, and who works with them. */
export async function tableStock(db: Database, print: (line: string) => void, units = UNITS) {
  const there = await sql<{ id: string }>`select archive_id as id from holdings.unit limit 1`.execute(
    db.owner,
  );
  const started = performance.now();
  if (there.rows.length === 0) {
    await makeMany(db, {
      units,
      fonds: 300,
      progress: (n) => print(`  ${n.toLocaleString('en')} entries in`),
    });
    print(`made in ${Math.round((performance.now() - started) / 1000)} s`);
  }
  const { rows } = await sql<{ id: string; archiveId: string; number: string; units: number }>`
    select f.id, f.archive_id as "archiveId", f.number, coalesce(sum(c.units), 0)::int as units
    from holdings.fonds f left join holdings.unit_count c on c.fonds_id = f.id group by f.id order by units desc`.execute(
    db.owner,
  );
  const archiveId = rows[0]!.archiveId;
  const jobs = createJobs(db, silentLog, newId);
  await jobs.prepare(['bulk-edit', 'undo-changes']);
  const holdings = createHoldings({
    db,
    clock: systemClock,
    audit: createAuditTrail(systemClock, newId, 'sha256'),
    newId,
    jobs,
    reachBetween: async () => 0,
    fondsOnHold: async () => [],
    index: catalogueIndex(),
  });
  const actor: Actor = {
    kind: 'person',
    id: newId(),
    name: 'bench',
    language: 'zh-CN',
    rights: new Map([[archiveId, new Set(RIGHTS)]]),
  };
  const flat = rows.find((f) => f.number === 'X001')!;
  return { archiveId, fonds: rows.filter((f) => f !== flat), flat, holdings, actor, stop: () => jobs.stop() };
}

export interface Spread {
  p50: number;
  p95: number;
}

/** Times in milliseconds. */
export function spread(times: readonly number[]): Spread {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1));
  return { p50: at(0.5), p95: at(0.95) };
}

/** Times a piece of work over and over, says how long it took under its label, and keeps it. */
export function timings(print: (line: string) => void, usually: number) {
  const results: Record<string, Spread> = {};
  const timed = async (label: string, work: () => Promise<unknown>, rounds = usually): Promise<void> => {
    const times: number[] = [];
    for (let i = 0; i < rounds; i++) {
      const at = performance.now();
      await work();
      times.push(performance.now() - at);
    }
    const { p50, p95 } = spread(times);
    results[label] = { p50, p95 };
    print(`${label.padEnd(58)} p50 ${p50.toFixed(1).padStart(8)} ms  p95 ${p95.toFixed(1).padStart(8)} ms`);
  };
  return { results, timed };
}
