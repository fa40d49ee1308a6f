/**
 * One measured stretch of a catalogue import in a process of its own, so that its peak memory is that of all its
 * threads. Arguments: `stage databaseUrl file archiveId folder`; prints one JSON line.
 *
 * Stages: `read` the file alone; `judge` read and apply the row rule in a thread; `store` the whole import without
 * search; `unaudited` the same without writing the audit trail; `all` the whole import as the program does it.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openSheets } from '#formats/sheets';
import { systemActor } from '#kernel/actor';
import { type AuditTrail, createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import {
  type CatalogueIndexer,
  createCatalogueImport,
  inspectCatalogue,
  validateInThread,
} from '#modules/holdings';
import { IMPORT_THREAD } from '../../src/workers/catalogue-import.ts';

const [stage, url, file, archiveId, folder] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
];

async function readOnly(): Promise<number> {
  const book = await openSheets(file);
  let rows = 0;
  for (const sheet of book.sheets) for await (const batch of sheet.rows()) rows += batch.length;
  await book.close();
  return rows;
}

async function judgeOnly(): Promise<number> {
  let rows = 0;
  for await (const chunk of validateInThread(file, await inspectCatalogue(file, file)))
    rows += chunk.accepted.length;
  return rows;
}

const nowhere: CatalogueIndexer = {
  indexNewUnits: async () => {},
  indexUnits: async () => {},
  indexFonds: async () => {},
  removeUnits: async () => {},
  settle: async () => {},
  titlesLike: async () => new Map(),
  fold: (text: string) => text,
};

/** Time spent writing audit entries. */
let auditMs = 0;

/** The trail with a clock beside it; without a trail, entries are written nowhere. */
function timed(trail: AuditTrail | undefined): AuditTrail {
  return {
    within: (_around, run) => run(),
    around: () => ({}),
    async appendAll(tx, acts) {
      const started = performance.now();
      await trail?.appendAll(tx, acts);
      auditMs += performance.now() - started;
    },
    async append(tx, act) {
      const started = performance.now();
      const id = trail ? await trail.append(tx, act) : newId();
      auditMs += performance.now() - started;
      return id;
    },
  };
}

async function importIt(): Promise<number> {
  const db = openDatabase({ url, max: 4 });
  const imports = createCatalogueImport({
    db,
    clock: systemClock,
    newId,
    audit: timed(stage === 'unaudited' ? undefined : createAuditTrail(systemClock, newId, 'sha256')),
    jobs: { enqueue: async () => newId() },
    indexer: nowhere,
    index: { changed: async () => {} },
    staging: { file: () => Promise.reject(new Error('nothing is uploaded here')), remove: async () => {} },
    folder,
    // With search, as the program is wired; without, in this thread, which is all there is beside the reader's.
    ...(stage === 'all'
      ? { thread: { script: IMPORT_THREAD, data: { databaseUrl: url, auditDigest: 'sha256', folder } } }
      : {}),
  });
  const actor = systemActor('bench');
  const id = await imports.createFromFile(actor, { archiveId, path: file, fileName: file });
  await imports.workNow(actor, id, 'run');
  const { counts } = await imports.read(actor, id);
  await db.close();
  return counts.accepted;
}

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
const started = performance.now();
const rows = await (stage === 'read' ? readOnly() : stage === 'judge' ? judgeOnly() : importIt());
const seconds = (performance.now() - started) / 1000;
delay.disable();
const cpu = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({
    rows,
    seconds: Number(seconds.toFixed(1)),
    rowsPerSecond: Math.round(rows / seconds),
    cpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toFixed(1)),
    auditSeconds: Number((auditMs / 1000).toFixed(3)),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    /** How long the process kept others waiting. */
    loopDelayMs: { p99: Math.round(delay.percentile(99) / 1e6), max: Math.round(delay.max / 1e6) },
  })}\n`,
);
process.exit(0);
