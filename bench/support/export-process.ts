/**
 * One measured export of the catalogue, in a process of its own, so that its peak memory is its own. Arguments: `databaseUrl
 * appUrl archive id format target`; prints one JSON line.
 */
import type { Actor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { CATALOGUE_FORMATS, createHoldings, exportCatalogue } from '#modules/holdings';
import { catalogueIndex } from '../../src/main/searchIndex.ts';

const [url, appUrl, archive, id, wanted, target] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const db = openDatabase({ url, ...(appUrl === '' ? {} : { appUrl }), max: 4 });
const ground = { db, clock: systemClock, newId, audit: createAuditTrail(systemClock, newId, 'sha256') };
const holdings = createHoldings({
  ...ground,
  jobs: createJobs(db, silentLog, newId),
  reachBetween: async () => 0,
  fondsOnHold: async () => [],
  index: catalogueIndex(),
});
const actor: Actor = {
  kind: 'person',
  id: newId(),
  name: 'bench',
  language: 'zh-CN',
  rights: new Map([[archive, new Set(['holdings.read', 'content.export'] as const)]]),
};
const format = CATALOGUE_FORMATS.find((f) => f === wanted) ?? 'xlsx';
const started = performance.now();
const done = await exportCatalogue({ ...ground, holdings }, actor, { id, format, target });
const seconds = (performance.now() - started) / 1000;
const round = (n: number) => Number(n.toFixed(1));
process.stdout.write(
  JSON.stringify({
    rows: done.entries,
    seconds: round(seconds),
    cpuSeconds: round((process.cpuUsage().user + process.cpuUsage().system) / 1e6),
    rowsPerSecond: Math.round(done.entries / seconds),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    mebibytes: round(done.bytes / 2 ** 20),
  }),
);
await db.close();
