/**
 * One measured import in a process of its own: its peak memory is the import's. Called by bench/import.ts with
 * `databaseUrl file archiveId folder`; prints one JSON line.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type CatalogueIndexer, createCatalogueImport } from '#modules/holdings';
import { indexFonds, indexUnits, removeUnits, settle } from '#modules/search';
import { IMPORT_THREAD } from '../../src/workers/catalogue-import.ts';

const [url, file, archiveId, folder] = process.argv.slice(2) as [string, string, string, string];
const db = openDatabase({ url, max: 4 });
const indexer: CatalogueIndexer = { indexUnits, indexFonds, removeUnits, settle };
const imports = createCatalogueImport({
  db,
  clock: systemClock,
  newId,
  audit: createAuditTrail(systemClock, newId, 'sha256'),
  jobs: { enqueue: async () => newId() },
  indexer,
  staging: { file: async () => Promise.reject(new Error('no uploads here')), remove: async () => {} },
  folder,
  thread: { script: IMPORT_THREAD, data: { databaseUrl: url, auditDigest: 'sha256', folder } },
});
const actor = systemActor('bench');
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const started = performance.now();
const id = await imports.createFromFile(actor, { archiveId, path: file, fileName: file });
const result = await imports.workNow(actor, id, 'run');
const ms = performance.now() - started;
delay.disable();
await db.close();
process.stdout.write(
  `${JSON.stringify({
    importId: id,
    result,
    ms: Math.round(ms),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    cpuMs: Math.round(process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000),
    loopDelayMs: { p99: Math.round(delay.percentile(99) / 1e6), max: Math.round(delay.max / 1e6) },
  })}\n`,
);
