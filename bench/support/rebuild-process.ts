/**
 * One measured stretch of keeping a catalogue in a storage root, in a process of its own, so that its peak memory is its own.
 * Arguments: `stage databaseUrl folder`; prints one JSON line. Stages: `flush` what waits; `rebuild` all of it; `consolidate`
 * segments until it is killed.
 */
import { join } from 'node:path';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { systemClock } from '#kernel/clock';
import { openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { streamOwner } from '#modules/holdings';
import { createSegments, openPreservation } from '#modules/preservation';
import { KEPT_TABLES } from '../../src/main/kept.ts';
import { rebuildHouse } from '../../src/main/rebuilding.ts';

const [stage, url, folder] = process.argv.slice(2) as [string, string, string];
const db = openDatabase({ url, max: 4 });
const digests = createDigestPool(1);
const audit = createAuditTrail(systemClock, newId, 'sha256');
const common = { db, clock: systemClock, newId, audit, log: silentLog };
const preservation = await openPreservation({
  ...common,
  ...{
    digests,
    storage: { kind: 'folder', root: join(folder, 'storage') },
    scratch: join(folder, 'scratch'),
  },
  cache: { folder: join(folder, 'cache'), bytes: 1e6 },
  attachObjects: async () => {},
  snapshots: async () => new Map(),
  texts: async () => [],
});
const segments = createSegments({
  ...common,
  tables: KEPT_TABLES,
  ownerOf: streamOwner,
  delaySeconds: 300,
  repository: preservation.repository,
  writing: preservation.writing,
  folder: join(folder, 'segments'),
});

const steps: Record<string, number> = {};
let step = 'begin';
let last = performance.now();
/** Adds the time since the last call to the step at work. */
const clock = (next: string) => {
  const now = performance.now();
  steps[step] = (steps[step] ?? 0) + (now - last) / 1000;
  [step, last] = [next, now];
};
const started = performance.now();
let rows = 0;
let troubles = 0;
if (stage === 'flush') for (const w of await segments.flush()) rows += w.rows;
else if (stage === 'consolidate')
  // As long as it is left alive: whatever is there twice is drawn together.
  for (;;) {
    const { rows: streams } = await sql<{ stream: string }>`select stream from preservation.stream`.execute(
      db.owner,
    );
    for (const { stream } of streams) {
      process.stdout.write(`${stream}\n`);
      await segments.consolidate(stream, 2);
    }
    await segments.flush();
  }
else {
  const jobs = { enqueue: async () => newId() };
  const order = {
    actor: { id: null, name: 'bench' },
    acceptLoss: false,
    progress: (p: { step: string }) => p.step !== step && clock(p.step),
  };
  const done = await rebuildHouse({ ...common, preservation, segments, jobs }, order);
  rows = done.counts.rows;
  troubles = done.troubles.count;
}
clock('end');
const seconds = (performance.now() - started) / 1000;
await db.close();
await digests.close();
const round = (n: number) => Number(n.toFixed(2));
process.stdout.write(
  `${JSON.stringify({
    rows,
    troubles,
    seconds: round(seconds),
    rowsPerSecond: Math.round(rows / seconds),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    steps: Object.fromEntries(Object.entries(steps).map(([k, v]) => [k, round(v)])),
  })}\n`,
);
