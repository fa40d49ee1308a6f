/** The search index of the entries that `makeMany` made, laid in by COPY beside which no index is kept. */
import { type Database, sql, type Tx } from '#kernel/db';
import { bulkTransaction } from '#kernel/db/copy';
import { indexEntriesAfter } from '#modules/holdings';
import { ENTRY_LINES, indexArchives, indexFonds, indexNewUnits } from '#modules/search';
import type { newEntryLines } from '../../src/modules/search/store/entry-lines.ts';
import type { MadeUnits } from './many-units.ts';

const STEP = 5_000;
const ARCHIVE = { code: '990300', name: '望江县档案馆' };

export async function indexMany(
  db: Database,
  { archiveId, fonds, flat }: MadeUnits,
  progress?: (done: number) => void,
): Promise<void> {
  const made = (await import(ENTRY_LINES.href)) as { newEntryLines: typeof newEntryLines };
  await db.system(async (tx) => {
    await indexArchives(tx, [{ id: archiveId, path: [archiveId], ...ARCHIVE }]);
    await indexFonds(
      tx,
      [...fonds, flat].map((f) => ({ archiveId, number: f.number, name: `望江县第${f.number}号机关` })),
    );
  });
  await bulkTransaction(db, async (tx) => {
    const indexes = await dropped(tx);
    for (let after: string | null = null, done = 0; ; ) {
      const units = await indexEntriesAfter(tx, after, STEP);
      const lines = made.newEntryLines(STEP * 2_000);
      for (const unit of units) lines.add(unit);
      await indexNewUnits(
        tx,
        lines.lines(),
        units.map((_, place) => place),
      );
      done += units.length;
      if (done % 500_000 === 0) progress?.(done);
      if (units.length < STEP) break;
      after = units.at(-1)!.unitId;
    }
    await sql`set local maintenance_work_mem = '512MB'`.execute(tx);
    for (const definition of indexes) await sql.raw(definition).execute(tx);
  });
  await sql`vacuum (analyze) search.entry`.execute(db.owner);
}

async function dropped(tx: Tx): Promise<string[]> {
  const r = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = 'search.entry'::regclass and not indisprimary`.execute(tx);
  for (const { name } of r.rows) await sql.raw(`drop index ${name}`).execute(tx);
  return r.rows.map((i) => i.definition);
}
