/** One entry corrected among ten million, with rules, history, counts, trail and search index; beside it the bare UPDATE of a row. */
import { type Database, sql } from '#kernel/db';
import { spread, tableStock } from './support/table-stock.ts';

export const name = 'edit';

const ROUNDS = 200;
const TARGET_MS = 30;

export async function run({ db, print, units }: { db: Database; print(line: string): void; units?: number }) {
  const { holdings, actor, stop } = await tableStock(db, print, units);
  const sample = await sql<{
    id: string;
    version: number;
  }>`select id, version from holdings.unit tablesample system (0.05)
    limit ${2 * ROUNDS}`.execute(db.owner);
  const edits: number[] = [];
  const bare: number[] = [];
  for (const [n, { id, version }] of sample.rows.entries()) {
    const started = performance.now();
    if (n % 2 === 0) {
      await holdings.correctUnit(actor, id, version, {
        title: `改正后的题名第${n}号`,
        description: { note: '据原件' },
      });
      edits.push(performance.now() - started);
    } else {
      await sql`update holdings.unit set title = ${`直接改的题名第${n}号`} where id = ${id}`.execute(
        db.owner,
      );
      bare.push(performance.now() - started);
    }
  }
  await stop();
  const results = { edit: spread(edits), bare: spread(bare), targetMs: TARGET_MS };
  print(`a correction: p50 ${results.edit.p50} ms, p95 ${results.edit.p95} ms (limit ${TARGET_MS})`);
  print(
    `bare UPDATE of a row, its history and counts by the triggers: p50 ${results.bare.p50} ms, p95 ${results.bare.p95} ms`,
  );
  return results;
}
