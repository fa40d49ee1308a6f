/**
 * One measured way through the door, in a process of its own, so that its peak memory is its own.
 * Arguments: `ingest databaseUrl dataFolder package fonds` or `export databaseUrl dataFolder target fonds kind`; prints one JSON
 * line.
 */
import { systemActor } from '#kernel/actor';
import { openDatabase } from '#kernel/db';
import { silentLog } from '#kernel/log';
import type { PackageKindName } from '#modules/packages';
import { readConfig } from '../../src/main/config.ts';
import { openHouse } from '../../src/main/wire.ts';

const [stage, url, folder, path, fonds, kind] = process.argv.slice(2) as [
  'ingest' | 'export',
  string,
  string,
  string,
  string,
  PackageKindName,
];
const ARCHIVE = '990111';
const config = readConfig({ LANTAI_DATA: folder, LANTAI_DATABASE_URL: url, LANTAI_OCR_WORKERS: '0' });
const db = openDatabase({ url, max: 6 });
const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
const actor = systemActor('bench');

async function work(): Promise<{ entries: number; files: number }> {
  if (stage === 'export')
    return house.packages.export(actor, { id: fonds, archive: ARCHIVE, kind, target: path });
  const taken = await house.packages.ingest(actor, { path, archive: ARCHIVE, fonds });
  const wrong = taken.findings.find((f) => f.severity === 'error');
  if (!taken.accepted) throw new Error(wrong ? `${wrong.code} ${wrong.path}: ${wrong.message}` : 'refused');
  return { entries: taken.newEntries, files: taken.newFiles };
}

const started = performance.now();
const { entries, files } = await work();
const seconds = (performance.now() - started) / 1000;
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ entries, files, seconds, peakMiB })}\n`);
await house.close();
await db.close();
