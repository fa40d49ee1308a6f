import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditActor } from '#kernel/audit';
import { makeFolderDurably, moveDurably } from '#kernel/durably';
import { isRefusal, Refusal } from '#kernel/errors';
import type { Progress } from '#kernel/jobs';
import { schemesInForce } from '../../store/schemes.ts';
import type { CatalogueImportDeps } from '../deps.ts';
import { openReading } from '../reading/thread.ts';
import { enterState, type ImportRecord, importById, saveSheets } from '../store/imports.ts';
import { holdsCode } from '../store/units.ts';
import type { ReadyChunk } from '../types.ts';
import { fileOf, setFileApart } from './place.ts';
import { settleBeside } from './settling.ts';
import { storeChunk } from './store-chunk.ts';
import { type Tally, tallyOf } from './tally.ts';

export interface RunOptions {
  /** `check` reads all rows and compares them with what is held, and writes nothing but what it found. */
  mode: 'check' | 'run';
  actor: AuditActor;
  signal?: AbortSignal;
}

export interface RunResult {
  total: number;
  accepted: number;
  rejected: number;
  unchanged: number;
  updated: number;
  merged: number;
  skipped: number;
}

/**
 * Runs an import (or its check) from the place it has reached to its end, step by step. May be begun again after any
 * interruption.
 *
 * @throws Refusal import.wrongState, import.notFound, and `sheet.*` when the file turns out damaged (what was stored
 * before is then taken back; see `runWhole`)
 */
export async function* importSteps(
  deps: CatalogueImportDeps,
  importId: string,
  o: RunOptions,
): AsyncGenerator<Progress, RunResult, undefined> {
  const during = o.mode === 'check' ? 'checking' : 'running';
  const imp = await importById(deps.db.owner, importId);
  if (!imp) throw new Refusal('import.notFound', 'There is no such import.');
  if (imp.state !== during)
    throw new Refusal('import.wrongState', `The import is not ${during}.`, { state: imp.state });
  let tally: Tally;
  try {
    tally = yield* storeAll(deps, imp, o);
  } catch (e) {
    if (isRefusal(e) && e.code !== 'import.wrongState')
      await deps.db.system((tx) =>
        enterState(tx, importId, [during], o.mode === 'check' ? 'draft' : 'failed'),
      );
    throw e;
  }
  const { bySheet: _, ...result } = tally.counts;
  await finish(deps, imp, o, tally, result);
  return result;
}

async function* storeAll(
  deps: CatalogueImportDeps,
  imp: ImportRecord,
  o: RunOptions,
): AsyncGenerator<Progress, Tally, undefined> {
  let tally = tallyOf(imp);
  let place = imp.place;
  const exact = imp.sheets.filter((s) => s.use);
  const known = exact.every((s) => s.rowsIsExact) ? exact.reduce((n, s) => n + s.rows, 0) : undefined;
  const rate = rateMeter();
  const shown = (progress: number): Progress => {
    const done = tally.counts.total;
    const total = known ?? (progress > 0.02 ? Math.round(done / progress) : undefined);
    return {
      step: o.mode === 'check' ? 'checking' : 'storing',
      done,
      ...(total ? { total } : {}),
      rejected: tally.counts.rejected,
      rate: rate(done),
    };
  };
  const { own } = await schemesInForce(deps.db.owner, imp.archiveId);
  const mapping = { sheets: imp.sheets, options: imp.options, own };
  const dry = o.mode === 'check';
  const { existing = 'keep', alike = 'off' } = imp.options;
  // Rows that may be put over what is held, or are compared with it, are asked for whole.
  const keepRows = existing === 'update' || existing === 'merge' || alike !== 'off';
  const open = async () =>
    openReading(await fileOf(deps, imp), mapping, {
      after: place,
      ready: { importId: imp.id, archiveId: imp.archiveId, at: deps.clock.now(), dry, keepRows, own },
      lines: deps.indexer.lines,
      ...(o.signal ? { signal: o.signal } : {}),
    });
  let reading = await open();
  const settling = settleBeside(() => deps.indexer.settle(deps.db.owner));
  // The first code that is held tells that this catalogue, or one like it, was taken in before.
  let askCodes = dry || keepRows || existing === 'skip' || imp.counts.unchanged > 0;
  const store = async (chunk: ReadyChunk): Promise<Tally> => {
    const context = { deps, import: imp, actor: o.actor, dry, own };
    try {
      return await storeChunk({ ...context, askCodes }, chunk, tally, place);
    } catch (e) {
      if (askCodes || !holdsCode(e)) throw e;
      askCodes = true;
      return storeChunk({ ...context, askCodes }, chunk, tally, place);
    }
  };
  let ahead = reading.next();
  try {
    yield shown(0);
    for (;;) {
      const chunk = await ahead;
      if (!chunk) {
        await settling.done();
        return tally;
      }
      o.signal?.throwIfAborted();
      // While the database is busy with this chunk, the next is made ready. Its failure waits for its turn.
      ahead = reading.next();
      ahead.catch(() => {});
      tally = await store(chunk);
      place = chunk.last;
      // Known to hold secret rows: it does not lie with the others any longer, and is read on where it lies now.
      if (tally.problems.has('classification.secret') && (await setFileApart(deps, imp))) {
        await reading.stop();
        reading = await open();
        ahead = reading.next();
        ahead.catch(() => {});
      }
      if (!dry) await settling.stored();
      yield shown(chunk.progress);
    }
  } finally {
    await reading.stop();
  }
}

async function finish(
  deps: CatalogueImportDeps,
  imp: ImportRecord,
  o: RunOptions,
  tally: Tally,
  result: RunResult,
): Promise<void> {
  const secret = tally.problems.get('classification.secret');
  await deps.db.system(async (tx) => {
    const sheets = imp.sheets.map((s) =>
      s.use ? { ...s, rows: tally.rows[s.index] ?? 0, rowsIsExact: true } : s,
    );
    const to = o.mode === 'check' ? 'checked' : 'done';
    const from = o.mode === 'check' ? 'checking' : 'running';
    if (!(await enterState(tx, imp.id, [from], to, { finishedAt: deps.clock.now() }))) {
      throw new Refusal('import.wrongState', 'Another process has gone on with this import.');
    }
    await saveSheets(tx, imp.id, sheets);
    if (o.mode === 'check') return;
    if (result.accepted > 0) await deps.indexer.settle(tx);
    await deps.audit.append(tx, {
      actor: o.actor,
      archiveId: imp.archiveId,
      act: 'import.finished',
      target: { type: 'import', id: imp.id },
      detail: {
        fileName: imp.fileName,
        fileSha256: imp.fileSha256,
        ...result,
        ...(secret ? { secretRowsRefused: secret.count, fileRemoved: true } : {}),
      },
    });
  });
  // A file with secret rows may not stay on a networked install [S:SEC]; what could be taken in has been.
  if (secret && o.mode === 'run') await leave(deps, imp);
}

async function leave(deps: CatalogueImportDeps, imp: ImportRecord): Promise<void> {
  const { apart } = deps;
  const file = await fileOf(deps, imp);
  if (apart === undefined) return rm(file, { force: true });
  await makeFolderDurably(apart);
  await moveDurably(file, join(apart, imp.id));
}

/** Rows per second over the last ten seconds or so. */
function rateMeter(): (done: number) => number {
  const seen: { at: number; done: number }[] = [];
  return (done) => {
    const at = performance.now();
    seen.push({ at, done });
    while (seen.length > 2 && at - seen[0]!.at > 10_000) seen.shift();
    const first = seen[0]!;
    return at > first.at ? Math.round(((done - first.done) * 1000) / (at - first.at)) : 0;
  };
}
