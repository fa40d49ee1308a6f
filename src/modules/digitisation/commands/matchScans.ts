import {
  compilePattern,
  defaultPatterns,
  matchScan,
  type ScanCandidate,
  type ScanPattern,
  walkScans,
} from '#formats/scan-names';
import { isRefusal, Refusal } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import type { DigitisationDeps } from '../deps.ts';
import { exactMatch, looseMatch, type ScanMatch } from '../domain/scanMatch.ts';
import { systemText } from '../domain/systemText.ts';
import {
  countFiles,
  type NewScanFile,
  scanImportById,
  setScanState,
  writeScanFiles,
} from '../store/scanImports.ts';
import { MATCH_JOB, type NewScanImport } from './scanImport.ts';

const BATCH = 500;

interface MatchData {
  id: string;
  from: NewScanImport['from'];
  personId: string;
}

interface Found {
  path: string;
  source: Buffer;
  name: Buffer;
  bytes: number;
  /** Why it can not be taken in whatever it matches. */
  set?: { code: string; message: string };
}

/** Matches the files of a scan import to units by the codes in their names. Running it again gives the same. */
export function matchScansJob(deps: DigitisationDeps): JobKind<MatchData> {
  return {
    name: MATCH_JOB,
    async run(job) {
      const scan = await scanImportById(deps.db.owner, job.data.id);
      if (scan?.state !== 'matching') return undefined;
      const patterns = (scan.rule ? [scan.rule] : defaultPatterns).map(compilePattern);
      let seq = 0;
      let batch: Found[] = [];
      const flush = async () => {
        const files = await matchBatch(deps, scan.archiveId, patterns, batch, seq);
        await writeScanFiles(deps.db.owner, scan.id, scan.archiveId, files);
        seq += batch.length;
        batch = [];
        job.progress({ step: 'matching', done: seq });
      };
      try {
        for await (const found of filesOf(deps, job.data)) {
          job.signal.throwIfAborted();
          batch.push(found);
          if (batch.length >= BATCH) await flush();
        }
        await flush();
      } catch (e) {
        // A folder that can not be read will not be readable at the next try either.
        if (!job.signal.aborted) await setScanState(deps.db.owner, scan.id, 'failed');
        throw isSystemError(e) ? new Refusal('scanImport.unreadable', systemText(e), {}, { cause: e }) : e;
      }
      await setScanState(deps.db.owner, scan.id, 'matched');
      return { ...(await deps.db.system((tx) => countFiles(tx, scan.id))) };
    },
  };
}

const isSystemError = (e: unknown): boolean => e instanceof Error && 'syscall' in e;

async function* filesOf(deps: DigitisationDeps, data: MatchData): AsyncGenerator<Found> {
  if ('folder' in data.from) {
    for await (const f of walkScans(data.from.folder)) {
      if (f.kind === 'junk') continue;
      const name = f.fullPath.subarray(Buffer.byteLength(data.from.folder) + 1);
      const set =
        f.kind === 'file'
          ? undefined
          : { code: 'scan.link', message: 'Links and special files are not followed.' };
      yield { path: f.path, source: f.fullPath, name, bytes: f.size, set };
    }
    return;
  }
  for (const id of data.from.uploadIds) {
    try {
      const f = await deps.staging.file(id, data.personId);
      const path = f.relativePath ?? f.name;
      yield { path, source: Buffer.from(f.path), name: Buffer.from(path), bytes: f.bytes };
    } catch (e) {
      // One bad file does not keep the rest out; it stands among the rejected with what was found.
      if (!isRefusal(e) || e.code !== 'upload.infected') throw e;
      const path = String(e.detail.relativePath ?? e.detail.name);
      const set = { code: e.code, message: e.message };
      yield { path, source: Buffer.from(path), name: Buffer.from(path), bytes: 0, set };
    }
  }
}

async function matchBatch(
  deps: DigitisationDeps,
  archiveId: string,
  patterns: readonly ScanPattern[],
  files: readonly Found[],
  from: number,
): Promise<NewScanFile[]> {
  const named = files.map((f) => ({ ...f, candidates: matchScan(f.path, patterns) }));
  const matches = await matchesOf(
    deps,
    archiveId,
    named.filter((f) => !f.set),
  );
  return named.map((f, i) => {
    const { path, source, name, bytes, set } = f;
    const outcome = set
      ? { unitId: null, pageNo: null, state: 'rejected' as const, ...set }
      : matches.get(f)!;
    return { seq: from + i, path, source, name, bytes, ...outcome };
  });
}

/** Each name by codes as written; those that so match nothing, by codes without leading zeros. */
async function matchesOf<F extends { candidates: ScanCandidate[] }>(
  deps: DigitisationDeps,
  archiveId: string,
  files: readonly F[],
): Promise<Map<F, ScanMatch>> {
  const codesOf = (some: readonly F[]) => [...new Set(some.flatMap((f) => f.candidates.map((c) => c.code)))];
  return deps.db.system(async (tx) => {
    const exact = await deps.holdings.idsByCodes(tx, archiveId, codesOf(files));
    const found = new Map(files.map((f) => [f, exactMatch(f.candidates, exact)]));
    const left = files.filter((f) => !found.get(f));
    const loose = await deps.holdings.idsByLooseCodes(tx, archiveId, codesOf(left));
    return new Map(files.map((f) => [f, found.get(f) ?? looseMatch(f.candidates, loose)]));
  });
}
