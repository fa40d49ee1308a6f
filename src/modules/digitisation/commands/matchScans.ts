import {
  codeKey,
  compilePattern,
  defaultPatterns,
  matchScan,
  type ScanCandidate,
  type ScanPattern,
  walkScans,
} from '#formats/scan-names';
import { Refusal } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import type { DigitisationDeps } from '../deps.ts';
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
    const f = await deps.staging.file(id, data.personId);
    const path = f.relativePath ?? f.name;
    yield { path, source: Buffer.from(f.path), name: Buffer.from(path), bytes: f.bytes };
  }
}

async function matchBatch(
  deps: DigitisationDeps,
  archiveId: string,
  patterns: readonly ScanPattern[],
  files: readonly Found[],
  from: number,
): Promise<NewScanFile[]> {
  const candidates = files.map((f) => matchScan(f.path, patterns));
  const codes = [...new Set(candidates.flatMap((list) => list.map((c) => c.code)))];
  const units =
    codes.length === 0
      ? new Map<string, string[]>()
      : await deps.db.system((tx) => deps.holdings.idsByCodes(tx, archiveId, codes));
  return files.map((f, i) => {
    const { path, source, name, bytes } = f;
    return {
      seq: from + i,
      path,
      source,
      name,
      bytes,
      ...(f.set ? refused(f.set) : matched(candidates[i]!, units)),
    };
  });
}

type Match = Pick<NewScanFile, 'unitId' | 'pageNo' | 'state' | 'code' | 'message'>;

const refused = (why: { code: string; message: string }): Match => ({
  unitId: null,
  pageNo: null,
  state: 'rejected',
  ...why,
});

/** The likeliest candidate the catalogue knows. The whole name may be a code, so the longest code that is known wins. */
function matched(candidates: readonly ScanCandidate[], units: ReadonlyMap<string, string[]>): Match {
  const known = candidates
    .filter((c) => units.has(c.code))
    .sort((a, b) => codeKey(b.code).length - codeKey(a.code).length);
  const best = known[0];
  if (!best) {
    const tried = [...new Set(candidates.map((c) => c.code))].slice(0, 3).join(', ');
    return {
      unitId: null,
      pageNo: null,
      state: 'unmatched',
      code: candidates.length === 0 ? 'scan.noCode' : 'scan.unknownCode',
      message:
        candidates.length === 0
          ? 'No reference code was found in the name.'
          : `The catalogue has no entry with the code in the name (${tried}).`,
    };
  }
  const ids = units.get(best.code)!;
  if (ids.length > 1) {
    return {
      unitId: null,
      pageNo: null,
      state: 'unmatched',
      code: 'scan.ambiguous',
      message: `${ids.length} entries have a code that reads ${best.code}.`,
    };
  }
  return { unitId: ids[0]!, pageNo: best.page, state: 'matched' };
}
