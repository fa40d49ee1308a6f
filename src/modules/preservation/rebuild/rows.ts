import type { PoolClient } from 'pg';
import pg from 'pg';
import type { Tx } from '#kernel/db';
import { bulkConnection, bulkTransaction } from '#kernel/db/copy';
import { isRefusal, messageOf, Refusal } from '#kernel/errors';
import { type FoundSegment, readSegment } from '../segments/reading.ts';
import type { RebuildDeps, RebuildOrder } from './deps.ts';
import { type Landing, landGone, landingOf, landOrphans, landRows, landWaiting } from './store/rows.ts';
import { fromTheRoot, noteTrouble, type RebuildState, saveState, type Trouble } from './store/state.ts';
import { segmentWith, streamsFound } from './store/survey.ts';

/** Higher than any segment's number. */
const NEWEST = 2_000_000_000;

/**
 * Brings the rows of all segments into their tables: table by table, stream by stream, the newest segment first, so that the
 * first row with a key stands and older ones are passed over. Each file is one transaction, which also says how far it got.
 */
export async function bringRows(deps: RebuildDeps, order: RebuildOrder, state: RebuildState): Promise<void> {
  const streams = await streamsFound(deps.db.owner);
  const start = state.place.rows ?? { table: 0, stream: '', number: NEWEST, parts: 0 };
  for (let at = start.table; at < deps.tables.length; at++) {
    const table = deps.tables[at]!;
    const landing = await landingOf(deps.db.owner, table);
    for (const { stream } of streams.filter((s) => s.tables.includes(table.table))) {
      const resumed = at === start.table && stream === start.stream;
      if (at === start.table && stream < start.stream) continue;
      let upTo = resumed ? start.number : NEWEST;
      let parts = resumed ? start.parts : 0;
      for (;;) {
        const next = await segmentWith(deps.db.owner, { stream, table: table.table, upTo });
        if (!next) break;
        if (next.number !== upTo) parts = 0;
        await bringSegment(deps, order, state, landing, { at, stream, number: next.number, parts });
        upTo = next.number - 1;
        parts = 0;
      }
    }
    if (table.below) await letIn(deps, state, landing, at);
  }
}

/** Rows that waited for the row above them, and those whose row above is nowhere. */
async function letIn(deps: RebuildDeps, state: RebuildState, landing: Landing, at: number): Promise<void> {
  await bulkTransaction(deps.db, async (tx) => {
    await fromTheRoot(tx, state.id);
    state.counts.rows += await landWaiting(bulkConnection(tx), landing);
    state.place = { rows: { table: at + 1, stream: '', number: NEWEST, parts: 0 } };
    await saveState(tx, state);
  });
  await bulkTransaction(deps.db, async (tx) => {
    const orphans = await landOrphans(bulkConnection(tx), landing);
    await noteTrouble(
      tx,
      orphans.map((key) => ({
        code: 'row.orphan',
        objectId: null,
        message: `${landing.table.table} ${key} stood below a row that the root does not have; it stands below none now.`,
      })),
    );
  });
}

interface FilePlace {
  at: number;
  stream: string;
  number: number;
  parts: number;
}

async function bringSegment(
  deps: RebuildDeps,
  order: RebuildOrder,
  state: RebuildState,
  landing: Landing,
  place: FilePlace,
): Promise<void> {
  const found = await readSegment(deps.repository, place.stream, place.number);
  const entry = found?.segment.tables.find((t) => t.table === landing.table.table);
  if (!found || !entry) return;
  const files = [
    ...entry.rows.map((p) => ({ ...p, gone: false })),
    ...entry.gone.map((p) => ({ ...p, gone: true })),
  ];
  for (const [i, file] of files.entries()) {
    if (i < place.parts) continue;
    order.signal?.throwIfAborted();
    const done = { rows: { table: place.at, stream: place.stream, number: place.number, parts: i + 1 } };
    const before = { counts: { ...state.counts }, place: state.place };
    try {
      await bulkTransaction(
        deps.db,
        async (tx) => {
          await fromTheRoot(tx, state.id);
          await bringFile(deps, tx, state, landing, found, file);
          state.place = done;
          await saveState(tx, state);
        },
        { part: true },
      );
    } catch (e) {
      if (!unreadable(e)) throw e;
      Object.assign(state, before, { place: done });
      const objectId = found.object.id;
      const message = `${file.path} of segment ${place.number} of ${place.stream} can not be read: ${messageOf(e)}`;
      await deps.db.system(async (tx) => {
        await noteTrouble(tx, [{ code: isRefusal(e) ? e.code : 'segment.unreadable', objectId, message }]);
        await saveState(tx, state);
      });
    }
    order.progress?.({ step: 'rows', done: state.counts.rows });
  }
}

/** What is wrong with the file and not with the house: damaged bytes, lines that are no rows of the table. */
function unreadable(e: unknown): boolean {
  return isRefusal(e) || (e instanceof pg.DatabaseError && /^(22|2200)/.test(e.code ?? ''));
}

async function bringFile(
  deps: RebuildDeps,
  tx: Tx,
  state: RebuildState,
  landing: Landing,
  { object, segment }: FoundSegment,
  file: { path: string; sha512: string; gone: boolean },
): Promise<void> {
  if (object.file(file.path).digest !== file.sha512)
    throw new Refusal('segment.altered', 'It is not the file that the segment was written with.');
  const client: PoolClient = bulkConnection(tx);
  const { stream: lines } = await deps.repository.openFile(object, file.path, { verify: true });
  if (file.gone) return landGone(client, landing.table.table, lines);
  const landed = await landRows(client, landing, lines, object.id);
  state.counts.rows += landed.rows;
  await noteTrouble(
    tx,
    landed.lost.map(
      ({ key, why }): Trouble => ({
        code: `row.${why}`,
        objectId: object.id,
        message:
          why === 'refers'
            ? `${landing.table.table} ${key} of ${segment.stream} refers to what the root does not have.`
            : `${landing.table.table} ${key} of ${segment.stream} bears a code or number that another row bears.`,
      }),
    ),
  );
}
