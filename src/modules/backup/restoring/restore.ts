import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Migration } from '#kernel/db/migrate';
import { Refusal } from '#kernel/errors';
import { backupsAt, chooseBackup, type Manifest, readManifest, type SavedTable } from '../manifest.ts';
import { openPlace, sealOf, type Whereabouts } from '../place/open.ts';
import type { Place } from '../place/place.ts';
import type { Seal } from '../sealing/envelope.ts';
import {
  lockForRestore,
  markRestore,
  othersConnected,
  tableInUse,
  unfinishedRestore,
} from '../store/emptiness.ts';
import { beginLoading, emptyTables, loadTable, putBack, setSequences, takeOff } from '../store/loading.ts';
import { reread } from '../store/rereading.ts';
import type { TableShape } from '../store/tables.ts';
import { plainOf } from './chunks.ts';
import { schemaOf } from './schema.ts';

export interface RestoreOrder extends Whereabouts {
  databaseUrl: string;
  /** A backup's id or a moment; undefined: the newest. */
  at?: string | undefined;
  /** All migrations of this version. */
  migrations: readonly Migration[];
  /** Tables that hold rows in an empty install too. */
  seeded: readonly string[];
}

export interface RestoreProgress {
  /** Code: `loading`, `indexing`, `proving`, `files`. */
  step: string;
  rows: number;
  /** Of the backup. */
  total: number;
}

/** A table that is not as it was. */
export interface Difference {
  table: string;
  rows: { was: number; is: number };
}

/** What a restore brought back, and where the rest of it is read from; that is closed by who asked. */
export interface Restored {
  manifest: Manifest;
  place: Place;
  seal: Seal;
  seconds: { loading: number; indexing: number; proving: number };
}

/**
 * Brings the database of a backup back and proves that it is equal: every chunk is checked, every table read again and
 * compared with what the backup says of it. All in one transaction, so that the database holds all of it or is as before.
 * The mark it leaves keeps every other program out until `endRestore`.
 *
 * @throws Refusal restore.notEmpty, restore.inUse, restore.notEqual, restore.newer, backup.none, backup.altered, …
 */
export async function restoreDatabase(
  order: RestoreOrder,
  told: (p: RestoreProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<Restored> {
  const place = await openPlace(order);
  try {
    return await restoreFrom(place, order, told, signal);
  } catch (e) {
    place.close();
    throw e;
  }
}

async function restoreFrom(
  place: Place,
  order: RestoreOrder,
  told: (p: RestoreProgress) => void,
  signal: AbortSignal | undefined,
): Promise<Restored> {
  const seal = await sealOf(place, order.passphrase);
  const manifest = await readManifest(
    place,
    seal,
    chooseBackup(await backupsAt(place), order.at, place.shown),
  );
  const schema = schemaOf(manifest, order.migrations);
  const client = new pg.Client({ connectionString: order.databaseUrl, application_name: 'lantai-restore' });
  client.on('error', () => {});
  await client.connect();
  try {
    await demandEmpty(client, order.seeded);
    await markRestore(client, manifest.id);
    const seconds = await load(client, { manifest, place, seal }, schema, told, signal);
    return { manifest, place, seal, seconds };
  } finally {
    await client.end().catch(() => {});
  }
}

/** Times it is looked, and milliseconds between: of a command that ended this moment the server still closes the connections. */
const LOOKS = 15;
const BETWEEN_MS = 200;

/** Whether nobody else uses the database; from then on the lock keeps others out. */
async function isAlone(client: pg.Client): Promise<boolean> {
  let locked = false;
  for (let n = 0; n < LOOKS; n++) {
    if (n > 0) await pause(BETWEEN_MS);
    locked ||= await lockForRestore(client);
    if (locked && (await othersConnected(client)) === 0) return true;
  }
  return false;
}

async function demandEmpty(client: pg.Client, seeded: readonly string[]): Promise<void> {
  if (!(await isAlone(client)))
    throw new Refusal(
      'restore.inUse',
      'The database is in use. Stop the server and every other Lantai command of this installation, then restore.',
    );
  if ((await unfinishedRestore(client)) !== undefined) return;
  const table = await tableInUse(client, seeded);
  if (table === undefined) return;
  throw new Refusal(
    'restore.notEmpty',
    `This installation is not empty (${table} holds rows). Restore goes into an empty one alone: name another data folder with LANTAI_DATA, or another database.`,
    { table },
  );
}

async function load(
  client: pg.Client,
  from: { manifest: Manifest; place: Place; seal: Seal },
  schema: readonly Migration[],
  told: (p: RestoreProgress) => void,
  signal: AbortSignal | undefined,
): Promise<Restored['seconds']> {
  const { manifest, place, seal } = from;
  const total = manifest.tables.reduce((n, t) => n + t.rows, 0);
  const clock = stopwatch();
  const shapes = await beginLoading(client, schema);
  const tables = matched(manifest.tables, shapes);
  const off = await takeOff(client);
  await emptyTables(client, shapes);
  let rows = 0;
  for (const { saved, shape } of tables) {
    signal?.throwIfAborted();
    if (saved.chunks.length > 0) await loadTable(client, shape, plainOf(place, seal, saved.chunks));
    rows += saved.rows;
    told({ step: 'loading', rows, total });
  }
  const loading = clock();
  const different: Difference[] = [];
  rows = 0;
  for (const { saved, shape } of tables) {
    signal?.throwIfAborted();
    const found = await reread(client, shape);
    if (found.digest !== saved.digest || found.rows !== saved.rows)
      different.push({ table: saved.name, rows: { was: saved.rows, is: found.rows } });
    rows += saved.rows;
    told({ step: 'proving', rows, total });
  }
  if (different.length > 0) throw notEqual(different);
  const proving = clock();
  told({ step: 'indexing', rows: 0, total });
  await putBack(client, off);
  await setSequences(client, manifest.sequences);
  await client.query(`analyze ${shapes.map((s) => s.quoted).join(', ')}`);
  signal?.throwIfAborted();
  await client.query('commit');
  return { loading, proving, indexing: clock() };
}

const notEqual = (different: readonly Difference[]) =>
  new Refusal(
    'restore.notEqual',
    `What was restored is not what the backup says: ${different.map((d) => `${d.table} (${d.rows.was} rows in the backup, ${d.rows.is} restored)`).join(', ')}. Nothing was kept of it.`,
    { different },
  );

/** Tables of the backup with those the schema has; the same migrations make the same. */
function matched(
  saved: readonly SavedTable[],
  shapes: readonly TableShape[],
): { saved: SavedTable; shape: TableShape }[] {
  const byName = new Map(shapes.map((s) => [s.name, s]));
  return saved.map((table) => {
    const shape = byName.get(table.name);
    if (shape && shape.keys === table.keys && shape.columns.join('\n') === table.columns.join('\n'))
      return { saved: table, shape };
    throw new Refusal(
      'restore.otherTable',
      `The backup holds ${table.name} with other columns than its migrations make. It can not be restored by this version.`,
      { table: table.name },
    );
  });
}

function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}
