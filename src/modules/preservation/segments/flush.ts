import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { rowColumns } from '#kernel/db/row-text';
import type { SegmentDeps } from './deps.ts';
import { aboveOf, followOn, segmentObject } from './following.ts';
import { writeParts } from './parts.ts';
import { ABOUT, digestOf, PART_ROWS, rowsOf, SEGMENT_ROWS, type Segment, segmentBytes } from './segment.ts';
import { noteLoose } from './store/loose.ts';
import { forgetNotes, lockStream, type StreamState, saveStream, unlockStream } from './store/notes.ts';
import { beginSaving, tablesTaken, takenLines } from './store/saving.ts';
import { STREAMS } from './tables.ts';

/** What one segment took in. */
export interface Flushed {
  stream: string;
  number: number;
  rows: number;
}

/**
 * Writes what waits of one stream into its next segment; up to a million rows.
 *
 * Killed anywhere, nothing is lost: rows wait until the segment that has them is in the root, and rows in two segments do no
 * harm.
 *
 * @param o.wait for another process that writes this stream; otherwise that one does it
 * @returns undefined when nothing waited
 * @throws Refusal segments.rootOlder, segments.rootNewer where root and database do not follow each other
 */
export async function flushStream(
  deps: SegmentDeps,
  stream: string,
  o: { wait: boolean },
): Promise<Flushed | undefined> {
  return withStream(deps, stream, o.wait, (client) => writeNext(deps, client, stream));
}

/** Does something with a stream that nobody else writes meanwhile. @returns undefined where another process does */
export async function withStream<T>(
  deps: Pick<SegmentDeps, 'db'>,
  stream: string,
  wait: boolean,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T | undefined> {
  const client = await deps.db.connect();
  let whole = false;
  try {
    if (await lockStream(client, stream, wait)) {
      const result = await work(client);
      await unlockStream(client, stream);
      whole = true;
      return result;
    }
    whole = true;
    return undefined;
  } finally {
    // After a failure the lock and an open transaction end with the connection.
    client.release(!whole);
  }
}

async function writeNext(
  deps: SegmentDeps,
  client: pg.PoolClient,
  stream: string,
): Promise<Flushed | undefined> {
  const before = await followOn(deps, stream);
  const owner = await ownerOfStream(deps, stream, before);
  await mkdir(deps.folder, { recursive: true });
  const at = await mkdtemp(join(deps.folder, 'segment-'));
  try {
    const taken = await beginSaving(client, stream, SEGMENT_ROWS);
    const tables = await writeTables(deps, client, stream, at);
    await client.query('rollback');
    if (taken.seqs.length === 0) return undefined;
    const number = (before?.number ?? 0) + 1;
    const segment: Segment = {
      format: 'lantai-segment',
      formatVersion: 1,
      about: ABOUT,
      stream,
      number,
      of: owner.of,
      previous: before ? { number: before.number, sha512: before.sha512 } : null,
      takenAt: taken.takenAt,
      tables,
    };
    await putSegment(deps, owner.archiveId, segment, taken.seqs, at);
    return { stream, number, rows: rowsOf(segment) };
  } finally {
    await rm(at, { recursive: true, force: true });
  }
}

export async function ownerOfStream(
  deps: SegmentDeps,
  stream: string,
  state: StreamState | undefined,
): Promise<{ archiveId: string | null; of: Record<string, string | null> }> {
  const found = /^(archive|events|fonds)-(.+)$/.exec(stream);
  if (!found) return { archiveId: null, of: {} };
  const kind = found[1] === 'fonds' ? 'fonds' : 'archive';
  const owner = await deps.ownerOf(deps.db.owner, kind, found[2]!);
  return owner ?? { archiveId: state?.archiveId ?? null, of: {} };
}

/** The rows and keys taken, in files of their tables. */
export async function writeTables(
  deps: SegmentDeps,
  client: pg.PoolClient,
  stream: string,
  at: string,
): Promise<Segment['tables']> {
  const written: Segment['tables'] = [];
  const taken = await tablesTaken(client);
  for (const t of [...deps.tables, STREAMS].filter((k) => taken.has(k.table))) {
    const entry: Segment['tables'][number] = { table: t.table, key: [...t.key], rows: [], gone: [] };
    const columns = await rowColumns(deps.db.owner, t.table);
    for await (const { gone, lines } of takenLines(client, t, columns, stream)) {
      const [name, list] = gone
        ? ([`gone/${t.table}`, entry.gone] as const)
        : ([`rows/${t.table}`, entry.rows] as const);
      list.push(...(await writeParts(lines, at, name, PART_ROWS, list.length + 1)));
    }
    if (entry.rows.length + entry.gone.length > 0) written.push(entry);
  }
  return written;
}

/** Writes the object, and only then forgets what waited. */
export async function putSegment(
  deps: SegmentDeps,
  archiveId: string | null,
  segment: Segment,
  seqs: readonly number[],
  at: string,
): Promise<void> {
  const { stream, number } = segment;
  const bytes = segmentBytes(segment);
  const parts = segment.tables.flatMap((t) => [...t.rows, ...t.gone]);
  const object = segmentObject(stream, number, archiveId);
  const [outcome] = await deps.writing.put([
    {
      ...object,
      next: {
        files: [
          { logicalPath: 'segment.json', source: { bytes } },
          ...parts.map((p) => ({
            logicalPath: p.path,
            source: { path: join(at, p.path) },
            expect: { sha512: p.sha512 },
          })),
        ],
        message: `segment ${number} of ${stream}${segment.consolidates ? `, in place of ${segment.consolidates.segments.length}` : ''}`,
        user: { name: 'lantai', address: 'urn:lantai:system' },
        created: deps.clock.now(),
        expectedHead: null,
      },
    },
  ]);
  if (!outcome || 'error' in outcome) throw outcome?.error;
  await deps.db.system(async (tx) => {
    await deps.writing.enter(tx, object, outcome.result);
    await saveStream(tx, {
      stream,
      above: aboveOf(stream, archiveId),
      archiveId,
      number,
      sha512: digestOf(bytes),
      takenAt: new Date(segment.takenAt),
    });
    await noteLoose(tx, segment);
    await forgetNotes(tx, seqs);
  });
}
