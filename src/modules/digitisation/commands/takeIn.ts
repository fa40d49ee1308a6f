import path from 'node:path';
import { isPassing } from '#formats/ocfl';
import { auditActor, systemActor } from '#kernel/actor';
import { isRefusal, messageOf } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import type { HeldUnit, IncomingFile } from '#modules/preservation';
import type { DigitisationDeps } from '../deps.ts';
import { inspectFile } from '../domain/inspect.ts';
import { readablePath } from '../domain/readablePath.ts';
import { systemText } from '../domain/systemText.ts';
import {
  countFiles,
  markFiles,
  markUnit,
  nextUnit,
  type ScanFile,
  type ScanImport,
  scanImportById,
  setScanState,
  waitingFiles,
} from '../store/scanImports.ts';
import { SCAN_JOB } from './scanImport.ts';
import { wantTexts } from './wantTexts.ts';

/** Units written to the store together: one flush of the disk serves them all. */
const TOGETHER = 16;
const ATTEMPTS = 5;

interface Ready {
  unit: HeldUnit;
  seqs: number[];
  /** Uploads that are not needed any more once they are held. */
  uploads: string[];
}

/**
 * Takes the matched files of an import in, some units at a time. The state of every file is kept, so a killed run goes
 * on where it was; a broken file is set aside with its reason and stops nothing.
 */
export function takeInJob(deps: DigitisationDeps): JobKind<{ id: string }> {
  return {
    name: SCAN_JOB,
    attempts: ATTEMPTS,
    async run(job) {
      const scan = await scanImportById(deps.db.owner, job.data.id);
      if (scan?.state !== 'running') return undefined;
      try {
        return await takeIn(deps, scan, job);
      } catch (e) {
        // Given up: a person may start it again; what is held stays held.
        if (!job.signal.aborted && (isRefusal(e) || job.attempt >= ATTEMPTS)) {
          await setScanState(deps.db.owner, scan.id, 'failed');
        }
        throw e;
      }
    },
  };
}

async function takeIn(
  deps: DigitisationDeps,
  scan: ScanImport,
  job: JobRun<{ id: string }>,
): Promise<object> {
  let after: string | null = null;
  const begun = Date.now();
  const counts = await deps.db.system((tx) => countFiles(tx, scan.id));
  const total = counts.files - counts.unmatched;
  for (;;) {
    job.signal.throwIfAborted();
    await using links = new AsyncDisposableStack();
    const batch: Ready[] = [];
    while (batch.length < TOGETHER) {
      const unitId: string | undefined = await nextUnit(deps.db.owner, scan.id, after);
      if (!unitId) break;
      after = unitId;
      const ready = await prepare(deps, scan, unitId, links);
      if (ready) batch.push(ready);
    }
    if (batch.length === 0) break;
    await hold(deps, scan, batch);
    const now = await deps.db.system((tx) => countFiles(tx, scan.id));
    const done = now.held + now.known + now.rejected;
    job.progress({
      step: 'storing',
      done,
      total,
      rejected: now.rejected,
      rate: done / ((Date.now() - begun) / 1000),
    });
  }
  await setScanState(deps.db.owner, scan.id, 'done', { finishedAt: deps.clock.now() });
  return { ...(await deps.db.system((tx) => countFiles(tx, scan.id))) };
}

/** Files of a unit whose rows are in memory at once. */
const FILES = 500;

/** A unit with its waiting files, to be opened when they are asked for. Undefined where nothing can be done. */
async function prepare(
  deps: DigitisationDeps,
  scan: ScanImport,
  unitId: string,
  links: AsyncDisposableStack,
): Promise<Ready | undefined> {
  const unit = await deps.db.system((tx) => deps.holdings.unitIn(tx, unitId));
  if (!unit || unit.archiveId !== scan.archiveId) {
    await markUnit(deps.db.owner, scan.id, unitId, 'rejected', {
      code: 'unit.notFound',
      message: 'The entry these files were matched to is gone.',
    });
    return undefined;
  }
  const seqs: number[] = [];
  const uploads: string[] = [];
  /** Opens and digests each; what can not be used is set aside. */
  async function* files(): AsyncGenerator<IncomingFile> {
    let last: ScanFile | null = null;
    for (;;) {
      const some: ScanFile[] = await waitingFiles(deps.db.owner, scan.id, unitId, last, FILES);
      for (const f of some) {
        const file = await open(deps, scan, f, links);
        if (!file) continue;
        seqs.push(f.seq);
        if (path.dirname(f.source.toString()) === deps.staging.folder)
          uploads.push(path.basename(f.source.toString()));
        yield file;
      }
      last = some.at(-1) ?? null;
      if (some.length < FILES) return;
    }
  }
  return { unit: { id: unit.id, archiveId: unit.archiveId, files: files() }, seqs, uploads };
}

async function open(
  deps: DigitisationDeps,
  scan: ScanImport,
  f: ScanFile,
  links: AsyncDisposableStack,
): Promise<IncomingFile | undefined> {
  try {
    const file = links.use(await readablePath(f.source)).path;
    const inspected = await inspectFile(file);
    const { size, digests } = await deps.digests.digestFile(file, ['sha512', 'sha256']);
    return { ...inspected, path: file, name: f.path, nameBytes: f.name, bytes: size, digests };
  } catch (e) {
    const refused = isRefusal(e);
    if (!refused)
      deps.log.warn({ err: messageOf(e), import: scan.id, seq: f.seq }, 'a scan could not be opened');
    await markFiles(deps.db.owner, scan.id, [f.seq], 'rejected', {
      code: refused ? e.code : 'scan.unreadable',
      message: refused ? e.message : systemText(e),
    });
    return undefined;
  }
}

async function hold(deps: DigitisationDeps, scan: ScanImport, batch: readonly Ready[]): Promise<void> {
  const actor = { id: scan.createdBy, name: scan.createdByName || auditActor(systemActor('lantai')).name };
  const outcomes = await deps.preservation.hold(
    actor,
    batch.map((r) => r.unit),
    async (tx, held) => {
      const of = new Map(batch.map((r) => [r.unit.id, r.seqs]));
      await markFiles(
        tx,
        scan.id,
        held.flatMap((u) => of.get(u.id) ?? []),
        'held',
      );
      await wantTexts(deps, tx, scan.id, held);
    },
  );
  for (const [i, outcome] of outcomes.entries()) {
    const { seqs, uploads } = batch[i]!;
    if (outcome.status === 'failed') await setAside(deps, scan, seqs, outcome.error);
    else if (outcome.status === 'known') await markFiles(deps.db.owner, scan.id, seqs, 'known');
    if (outcome.status !== 'failed') for (const id of uploads) await deps.staging.remove(id);
  }
}

async function setAside(
  deps: DigitisationDeps,
  scan: ScanImport,
  seqs: readonly number[],
  error: unknown,
): Promise<void> {
  // A full disk, a broken store, a busy object: not the file's fault, and no reason to give up on it.
  if (!isRefusal(error)) throw error;
  // Another writer at the same object will be done soon: the run is tried again.
  if (isPassing(error)) throw new Error(error.message, { cause: error });
  await markFiles(deps.db.owner, scan.id, seqs, 'rejected', { code: error.code, message: error.message });
}
