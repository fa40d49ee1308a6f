import { hash, randomBytes } from 'node:crypto';
import { Refusal } from '#kernel/errors';
import { NAMES, type Place } from './place/place.ts';
import type { ChunkRef } from './sealing/chunks.ts';
import { altered, type Seal } from './sealing/envelope.ts';

/** A table as it was: its rows in the order of their keys, in PostgreSQL's text format. */
export interface SavedTable {
  /** `holdings.unit` */
  name: string;
  /** In the order they were copied: those of the key first. */
  columns: string[];
  /** How many of them make the key; 0: none, rows are in the order of their text. */
  keys: number;
  rows: number;
  bytes: number;
  /** SHA-256 of all rows. */
  digest: string;
  chunks: ChunkRef[];
}

export interface SavedFile {
  /** Below the data folder, with `/`. */
  path: string;
  bytes: number;
  /** Milliseconds since 1970. */
  modified: number;
  digest: string;
  chunks: ChunkRef[];
}

export interface SavedSequence {
  name: string;
  value: string;
  called: boolean;
}

/** Jobs that waited or ran, a line of JSON each. */
export type SavedJobs = Pick<SavedTable, 'rows' | 'bytes' | 'digest' | 'chunks'>;

/** One backup: everything that is in it. Written last; what has none is no backup. */
export interface Manifest {
  format: 'lantai-backup-manifest';
  version: 1;
  id: string;
  /** The moment the database is of. */
  takenAt: string;
  finishedAt: string;
  /** The row of `backup.run` that speaks of it. */
  run: string | null;
  /** Of Lantai, and of PostgreSQL. */
  madeBy: { lantai: string; postgresql: string };
  /** The schema: names and digests of the migrations run. */
  migrations: { name: string; digest: string }[];
  tables: SavedTable[];
  sequences: SavedSequence[];
  jobs: SavedJobs;
  files: SavedFile[];
  /** The key that closes signing keys and personal data: whether it is in here, and what it is known by. */
  masterKey: { included: boolean; fingerprint: string | null };
  totals: Totals;
}

export interface Totals {
  tables: number;
  rows: number;
  files: number;
  /** Of all rows and files. */
  bytes: number;
  chunks: number;
  /** What all chunks take at the place. */
  stored: number;
  /** What this backup added. */
  newChunks: number;
  newStored: number;
  seconds: number;
}

/**
 * `2026-03-01T02-00-00Z-1f0a3c5e`: the second, then the millisecond as three digits in base 16 and five at random, so
 * that names in order are backups in order, also within a second.
 */
export function newBackupId(takenAt: Date): string {
  const millisecond = takenAt.getUTCMilliseconds().toString(16).padStart(3, '0');
  return `${stampOf(takenAt)}-${millisecond}${randomBytes(3).toString('hex').slice(1)}`;
}

const stampOf = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;

const ENDING = '.json';
const SEALED = '.sealed';
const NAME =
  /^manifests\/((\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z-[0-9a-f]{8})(?:\.([0-9a-f]{64})\.json|\.sealed)$/;

/** A backup there is, by its name alone. */
export interface BackupName {
  id: string;
  takenAt: Date;
  /** Of its manifest. */
  name: string;
  bytes: number;
}

/** Writes the manifest: from here on the backup counts. */
export async function writeManifest(place: Place, seal: Seal, manifest: Manifest): Promise<string> {
  const text = Buffer.from(`${JSON.stringify(manifest)}\n`, 'utf8');
  const name = seal.encrypted
    ? `${NAMES.manifests}${manifest.id}${SEALED}`
    : `${NAMES.manifests}${manifest.id}.${hash('sha256', text)}${ENDING}`;
  await place.write(name, seal.close(text, manifest.id));
  await place.settle();
  return name;
}

/** All backups at the place, oldest first. */
export async function backupsAt(place: Place): Promise<BackupName[]> {
  const all: BackupName[] = [];
  for await (const { name, bytes } of place.list(NAMES.manifests)) {
    const found = NAME.exec(name);
    if (!found) continue;
    const [, id, day, h, m, s] = found;
    all.push({ id: id!, takenAt: new Date(`${day}T${h}:${m}:${s}Z`), name, bytes });
  }
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** @throws Refusal backup.altered, backup.missing, backup.otherFormat */
export async function readManifest(place: Place, seal: Seal, backup: BackupName): Promise<Manifest> {
  const closed = await place.read(backup.name);
  const shown = `${backup.name} in ${place.shown}`;
  let text: Uint8Array;
  try {
    text = seal.open(closed, backup.id);
  } catch (cause) {
    throw altered(shown, cause);
  }
  const digest = NAME.exec(backup.name)?.[6];
  if (digest !== undefined && hash('sha256', text) !== digest) throw altered(shown);
  let manifest: Manifest;
  try {
    manifest = JSON.parse(Buffer.from(text).toString('utf8')) as Manifest;
  } catch (cause) {
    throw altered(shown, cause);
  }
  if (manifest.format !== 'lantai-backup-manifest' || manifest.version !== 1)
    throw new Refusal('backup.otherFormat', `${shown} is in a format this version can not read.`, {
      name: backup.name,
    });
  return manifest;
}

/**
 * The backup that is meant.
 *
 * @param at its id, or a moment: the newest taken by then; undefined: the newest
 * @throws Refusal backup.none
 */
export function chooseBackup(
  backups: readonly BackupName[],
  at: string | undefined,
  place: string,
): BackupName {
  const newest = backups.at(-1);
  if (!newest) throw new Refusal('backup.none', `There is no backup in ${place}.`, { place });
  if (at === undefined) return newest;
  const named = backups.find((b) => b.id === at);
  if (named) return named;
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime()))
    throw new Refusal(
      'backup.none',
      `“${at}” is neither a backup in ${place} nor a time such as 2026-03-01T02:00Z.`,
      { place },
    );
  const by = backups.filter((b) => b.takenAt <= moment).at(-1);
  if (!by) throw new Refusal('backup.none', `No backup in ${place} is as old as ${at}.`, { place });
  return by;
}

/** Every chunk a backup needs. */
export function* chunksOf(manifest: Manifest): Generator<ChunkRef> {
  for (const part of [...manifest.tables, manifest.jobs, ...manifest.files]) yield* part.chunks;
}
