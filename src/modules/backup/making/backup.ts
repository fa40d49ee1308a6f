import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { dayIn } from '#kernel/calendar';
import { isRefusal } from '#kernel/errors';
import type { KeepRule } from '#kernel/keepRule';
import { type Collected, collect } from '../keeping/collect.ts';

import {
  backupsAt,
  chunksOf,
  type Manifest,
  newBackupId,
  readManifest,
  type SavedFile,
  type SavedJobs,
  type SavedTable,
  writeManifest,
} from '../manifest.ts';
import { type Lease, takeLease } from '../place/lease.ts';
import { atPlace, sealForWriting, type Whereabouts } from '../place/open.ts';
import type { Place } from '../place/place.ts';
import type { Seal } from '../sealing/envelope.ts';
import { type Snapshot, takeSnapshot } from '../store/snapshot.ts';
import { ChunkWriter } from './chunkWriter.ts';
import { Cutter } from './cutting.ts';
import { saveFiles } from './files.ts';
import { throttle } from './throttle.ts';

/** What is to be kept, and where. */
export interface BackupOrder extends Whereabouts {
  databaseUrl: string;
  dataDir: string;
  /** Undefined: as fast as it goes. */
  bytesPerSecond?: number | undefined;
  /** Of Lantai. */
  version: string;
  /** Files and folders below the data folder that are always kept. */
  files: readonly string[];
  /** How this install is set up: without what is secret, and whole. */
  settings: { open: string; whole: string };
  /** The row that speaks of this backup, which in the backup itself still says that it is under way. */
  run: string | null;
  /** The key that closes signing keys and personal data, below the data folder. */
  masterKey: string;
  /** Which backups stay; undefined: all. */
  keep?: KeepRule | undefined;
  /** By whose clock days are counted: an IANA name. */
  timeZone: string;
}

export interface BackupProgress {
  /** Code: `tables`, `files`, `ending`. */
  step: string;
  rows: number;
  bytes: number;
}

/** A backup that counts. */
export interface BackupMade {
  id: string;
  place: string;
  takenAt: string;
  encrypted: boolean;
  masterKey: Manifest['masterKey'];
  totals: Manifest['totals'];
  /** What was cleared away, or why it could not be. */
  cleared: Collected | { code: string; message: string };
}

/**
 * Makes a backup: the database as it is at one moment while others go on writing, and the files that belong to it. What
 * lies at the place already is not written again. It counts from the moment its manifest lies there; killed before, it
 * has left nothing but chunks that the next one finds there or clears away.
 *
 * @throws Refusal backup.busy, backup.placeFull, backup.wrongPassphrase, …
 */
export async function makeBackup(
  order: BackupOrder,
  told: (p: BackupProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<BackupMade> {
  return atPlace(order, (place) => backUpTo(place, order, told, signal));
}

/** The same to a place that is open. */
export async function backUpTo(
  place: Place,
  order: BackupOrder,
  told: (p: BackupProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<BackupMade> {
  const seal = await sealForWriting(place, order.passphrase, new Date());
  const lease = await takeLease(place);
  try {
    await place.sweep();
    const manifest = await save(order, place, seal, told, signal);
    await lease.demand();
    await writeManifest(place, seal, manifest);
    const { id, takenAt, masterKey, totals } = manifest;
    const made = { id, place: place.shown, takenAt, encrypted: seal.encrypted, masterKey, totals };
    return { ...made, cleared: await clear(order, place, seal, lease) };
  } finally {
    await lease.end();
  }
}

/** The backup is made, whatever becomes of clearing away. */
async function clear(
  order: BackupOrder,
  place: Place,
  seal: Seal,
  lease: Lease,
): Promise<BackupMade['cleared']> {
  try {
    return await collect(place, seal, lease, order.keep, (at) => dayIn(at, order.timeZone));
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return { code: e.code, message: e.message };
  }
}

async function save(
  order: BackupOrder,
  place: Place,
  seal: Seal,
  told: (p: BackupProgress) => void,
  signal: AbortSignal | undefined,
): Promise<Manifest> {
  const began = Date.now();
  const newest = await newestAt(place, seal);
  const before = new Map(newest?.files.map((f) => [f.path, f]));
  const writer = await ChunkWriter.open(place, seal, newest && chunksOf(newest));
  const pace = throttle(order.bytesPerSecond);
  const progress = { step: 'tables', rows: 0, bytes: 0 };
  const keep = async (rows: Readable, keys: number): Promise<SavedJobs> => {
    const cutter = new Cutter(keys);
    const piece = writer.piece();
    const before = progress.rows;
    for await (const data of rows) {
      signal?.throwIfAborted();
      for (const chunk of cutter.take(data as Buffer)) await piece.put(chunk);
      await pace(data.length);
      progress.bytes += data.length;
      progress.rows = before + cutter.rows;
      told(progress);
    }
    for (const chunk of cutter.rest()) await piece.put(chunk);
    return { rows: cutter.rows, ...(await piece.end()) };
  };
  let snapshot: Snapshot | undefined;
  try {
    snapshot = await takeSnapshot(order.databaseUrl);
    const tables: SavedTable[] = [];
    for (const table of snapshot.tables) {
      const { name, columns, keys } = table;
      tables.push({ name, columns, keys, ...(await keep(snapshot.rows(table), keys)) });
    }
    const waiting = snapshot.jobs();
    const jobs = waiting ? await keep(waiting, 0) : NO_JOBS;
    const { takenAt, postgresql, migrations, sequences } = snapshot;
    await snapshot.end();
    snapshot = undefined;

    progress.step = 'files';
    const files: SavedFile[] = [];
    const paths = [...order.files, ...(seal.encrypted ? [order.masterKey] : [])];
    for await (const file of saveFiles(order.dataDir, paths, before, writer, pace)) {
      signal?.throwIfAborted();
      files.push(file);
      progress.bytes += file.bytes;
      told(progress);
    }
    const { open, whole } = order.settings;
    files.push(await saveText(writer, SETTINGS_FILE, seal.encrypted ? whole : open));
    told({ ...progress, step: 'ending' });
    await place.settle();
    const parts = [...tables, jobs, ...files];
    const fingerprint = await fingerprintOf(join(order.dataDir, order.masterKey));
    return {
      format: 'lantai-backup-manifest',
      version: 1,
      id: newBackupId(takenAt),
      takenAt: takenAt.toISOString(),
      finishedAt: new Date().toISOString(),
      run: order.run,
      madeBy: { lantai: order.version, postgresql },
      migrations,
      tables,
      sequences,
      jobs,
      files,
      masterKey: { included: seal.encrypted && fingerprint !== null, fingerprint },
      totals: {
        tables: tables.length,
        rows: tables.reduce((n, t) => n + t.rows, jobs.rows),
        files: files.length,
        bytes: parts.reduce((n, p) => n + p.bytes, 0),
        chunks: parts.reduce((n, p) => n + p.chunks.length, 0),
        stored: storedOf(parts),
        newChunks: writer.newChunks,
        newStored: writer.newStored,
        seconds: (Date.now() - began) / 1000,
      },
    };
  } finally {
    await writer.stop();
    await snapshot?.end().catch(() => {});
  }
}

/** Beside the settings that hold where it is restored, not in their place. */
const SETTINGS_FILE = 'restored/settings.env';

async function saveText(writer: ChunkWriter, path: string, text: string): Promise<SavedFile> {
  const piece = writer.piece();
  if (text !== '') await piece.put(Buffer.from(text, 'utf8'));
  return { path, modified: Date.now(), ...(await piece.end()) };
}

const NO_JOBS: SavedJobs = { rows: 0, bytes: 0, digest: createHash('sha256').digest('hex'), chunks: [] };

function storedOf(parts: readonly SavedJobs[] | readonly Pick<SavedFile, 'chunks'>[]): number {
  const sizes = new Map<string, number>();
  for (const part of parts) for (const [id, , stored] of part.chunks) sizes.set(id, stored);
  return [...sizes.values()].reduce((a, b) => a + b, 0);
}

/** The newest backup, where it can be read. */
async function newestAt(place: Place, seal: Seal): Promise<Manifest | undefined> {
  const newest = (await backupsAt(place)).at(-1);
  return newest && readManifest(place, seal, newest).catch(() => undefined);
}

/** What the key in a file is known by; null where there is none. */
export async function fingerprintOf(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT') return undefined;
    throw e;
  });
  return text === undefined ? null : keyFingerprint(text);
}

/** Enough of a key's digest to tell one from another, and nothing of the key. */
export const keyFingerprint = (text: string): string =>
  createHash('sha256').update(`lantai master key\n${text.trim()}`).digest('hex').slice(0, 32);
