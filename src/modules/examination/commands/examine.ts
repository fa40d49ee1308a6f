import { mkdir, rm } from 'node:fs/promises';
import type { Inside } from '#formats/inside';
import { type Finding, isRefusal } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import { layOut } from '#kernel/laying';
import { Thread, ThreadFailure } from '#kernel/threads';
import type { ExaminationDeps } from '../deps.ts';
import { familyOf } from '../domain/families.ts';
import { type EntryTable, entryOf, marksOf } from '../domain/places.ts';
import { isPlainFile } from '../domain/plain.ts';
import { demandJudged, roomOrElse } from '../domain/room.ts';
import { insertEntries, keepInside, markEntries, type NewEntry } from '../store/entries.ts';
import {
  beginAnew,
  type Examination,
  examinationForJob,
  noteFailure,
  noteLaid,
  noteOutcome,
  noteStep,
  type Outcome,
} from '../store/examinations.ts';
import { insertFindings, type KeptFinding } from '../store/findings.ts';
import { lay, placeOf, removeAll, scratchOf } from '../working/folders.ts';
import type {
  ExaminationPlace,
  ExaminationRequest,
  FoundEntries,
  JudgedPlace,
  LookedInside,
  OpenedPlace,
} from '../working/protocol.ts';
import { EXAMINE_JOB } from './begin.ts';
import { whileThere } from './whileThere.ts';

const MAX_HEAP_MB = 1_024;
const JUDGE_MS = 6 * 3_600_000;
const NEXT_MS = 30 * 60_000;
/** Entries told of; of the rest only how many there are. */
const MOST_LISTED = 200_000;
const BATCH = 1_000;

type Ask = <T>(request: ExaminationRequest, timeoutMs: number) => Promise<T>;

interface ExamineOrder {
  id: string;
  /** Where the person has a post: whom those archives trust is trusted. Absent in jobs of earlier versions. */
  archiveIds?: readonly string[];
}

/** Looks at what a person sent. Killed anywhere, a second run begins anew and comes to the same. */
export function examineJob(deps: ExaminationDeps): JobKind<ExamineOrder> {
  return {
    name: EXAMINE_JOB,
    concurrency: 1,
    async run(job) {
      const found = await examinationForJob(deps.db.owner, job.data.id);
      // Deleted meanwhile.
      if (!found) return;
      // A second run of the same job: the first may have been killed right after its last word.
      if (found.state !== 'waiting' && found.state !== 'running') return tidyUp(deps, found);
      const { id } = found;
      try {
        const isThere = async () => (await examinationForJob(deps.db.owner, id)) !== undefined;
        const kept = await whileThere(isThere, job.signal, (signal) =>
          examine(deps, found, job.data.archiveIds ?? [], { signal, progress: job.progress }),
        );
        if (!kept) await removeAll(deps.folder, id);
      } catch (thrown) {
        const e = roomOrElse(thrown);
        if (!isRefusal(e)) {
          if (job.attempt < 5 || job.signal.aborted) throw e;
          await failed(deps, found, 'fault');
          throw e;
        }
        await failed(deps, found, e.code);
      }
    },
  };
}

async function failed(
  deps: ExaminationDeps,
  { id, personId, personName, uploadIds }: Examination,
  code: string,
) {
  await deps.db.system(async (tx) => {
    if (!(await noteFailure(tx, id, code, deps.clock.now()))) return;
    await deps.audit.append(tx, {
      actor: { id: personId, name: personName },
      archiveId: null,
      act: 'examination.failed',
      target: { type: 'examination', id },
      result: 'failed',
      detail: { code },
    });
  });
  await tidyUp(deps, { id, uploadIds, state: 'failed' });
}

/** What could not be looked at is not kept; of what was, only what was sent. May be done again. */
async function tidyUp(
  deps: ExaminationDeps,
  { id, state, uploadIds }: Pick<Examination, 'id' | 'state' | 'uploadIds'>,
): Promise<void> {
  if (state !== 'failed') return rm(scratchOf(deps.folder, id), { recursive: true, force: true });
  await removeAll(deps.folder, id);
  for (const upload of uploadIds) await deps.staging.remove(upload);
}

type Run = Pick<JobRun<object>, 'signal' | 'progress'>;

async function examine(
  deps: ExaminationDeps,
  examination: Examination,
  archiveIds: readonly string[],
  run: Run,
): Promise<void> {
  const { signal } = run;
  const { id } = examination;
  await deps.db.system((tx) => beginAnew(tx, id));
  await noteStep(deps.db.owner, id, { step: 'laying', total: examination.files });
  const path = await layDown(deps, examination, signal);
  const scratch = scratchOf(deps.folder, id);
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  const { limits, veraPdf } = deps;
  const place: ExaminationPlace = {
    path,
    scratch,
    limits,
    veraPdf,
    trust: await deps.trust(archiveIds),
    formats: await deps.formats(),
  };
  const thread = new Thread({
    script: new URL('../working/thread.ts', import.meta.url),
    data: place,
    maxHeapMb: MAX_HEAP_MB,
  });
  const ask: Ask = (request, timeoutMs) => thread.ask(request, { timeoutMs, signal });
  try {
    run.progress({ step: 'judging', done: 0 });
    await noteStep(deps.db.owner, id, { step: 'judging' });
    const judged = await ask<JudgedPlace>({ do: 'judge' }, JUDGE_MS).catch(tooMuch);
    demandJudged(judged.findings);
    const told = await tellEntries(deps, id, judged.kind !== 'unknown', ask, run);
    const plain = told.opened.document || isPlainFile(told.opened.wrapper, judged);
    const inside = plain ? await insideOfPlain(deps, id, ask) : null;
    await keep(deps, examination, { judged, told, plain, inside });
  } finally {
    await thread.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Moves the uploads into the examination's own folder, scanned first. @throws Refusal upload.* */
async function layDown(deps: ExaminationDeps, e: Examination, signal: AbortSignal): Promise<string> {
  if (!e.laid) {
    const files = [];
    for (const upload of e.uploadIds) {
      signal.throwIfAborted();
      files.push(await deps.staging.file(upload, e.personId));
    }
    const laying = layOut(files);
    await lay(deps.folder, e.id, files, laying);
    await noteLaid(deps.db.owner, e.id);
  }
  for (const upload of e.uploadIds) await deps.staging.remove(upload);
  return placeOf(deps.folder, e.id, e);
}

/** What ends its thread is told as a finding about it. */
function tooMuch(e: unknown): JudgedPlace {
  if (!(e instanceof ThreadFailure)) throw e;
  const finding: Finding = {
    code: e.why === 'timedOut' ? 'check.tooSlow' : 'check.tooDemanding',
    severity: 'error',
    path: '',
    message: 'Judging it took more time or memory than is allowed, and was given up.',
  };
  return { path: '', kind: 'unknown', valid: false, findings: [finding], what: 'not read to the end' };
}

interface Told {
  opened: OpenedPlace;
  numbers: Map<string, number>;
  parents: Int32Array;
  listed: number;
  unlisted: number;
}

async function tellEntries(
  deps: ExaminationDeps,
  id: string,
  recognised: boolean,
  ask: Ask,
  run: Run,
): Promise<Told> {
  const told: Told = {
    opened: { wrapper: null, document: false, top: '' },
    numbers: new Map(),
    parents: new Int32Array(MOST_LISTED + 1),
    listed: 0,
    unlisted: 0,
  };
  try {
    told.opened = await ask<OpenedPlace>({ do: 'open', recognised }, NEXT_MS);
    for (let all = false; !all; ) {
      run.signal.throwIfAborted();
      const found = await ask<FoundEntries>({ do: 'next' }, NEXT_MS);
      all = found.all;
      const fresh = number(found, told);
      for (let i = 0; i < fresh.length; i += BATCH)
        await deps.db.system((tx) => insertEntries(tx, id, fresh.slice(i, i + BATCH)));
      const done = told.listed + told.unlisted;
      run.progress({ step: 'identifying', done });
      await noteStep(deps.db.owner, id, { step: 'identifying', done });
    }
  } catch (e) {
    // The judgement stands; of the entries those stand that were told.
    if (!(e instanceof ThreadFailure)) throw e;
    deps.log.warn({ examination: id, err: e }, 'not every entry could be told');
  }
  return told;
}

/** Gives entries their numbers, in the order of the package; a folder comes before what is in it. */
function number({ entries }: FoundEntries, told: Told): NewEntry[] {
  const fresh: NewEntry[] = [];
  for (const { path, kind, bytes, matches, notIdentified } of entries) {
    if (told.listed >= MOST_LISTED) {
      told.unlisted++;
      continue;
    }
    const at = path.lastIndexOf('/');
    const parent = at === -1 ? 0 : (told.numbers.get(path.slice(0, at)) ?? 0);
    const seq = ++told.listed;
    told.numbers.set(path, seq);
    told.parents[seq] = parent;
    fresh.push({ seq, parent, name: path.slice(at + 1), path, kind, bytes, matches, notIdentified });
  }
  return fresh;
}

/** Of one file all there is to tell is what is in it: looked for at once. @returns null where that can not be told */
async function insideOfPlain(deps: ExaminationDeps, id: string, ask: Ask): Promise<Inside | null> {
  try {
    return (await ask<LookedInside>({ do: 'inside', path: '' }, NEXT_MS)).inside;
  } catch (e) {
    if (!isRefusal(e) && !(e instanceof ThreadFailure)) throw e;
    deps.log.warn({ examination: id, err: e }, 'the file could not be looked into');
    return null;
  }
}

interface Found {
  judged: JudgedPlace;
  told: Told;
  /** One file that is no package. */
  plain: boolean;
  inside: Inside | null;
}

async function keep(
  deps: ExaminationDeps,
  e: Examination,
  { judged, told, plain, inside }: Found,
): Promise<void> {
  const table: EntryTable = {
    numberOf: (path) => told.numbers.get(path),
    parentOf: (entry) => told.parents[entry] ?? 0,
  };
  const findings: KeptFinding[] = judged.findings.map((f, seq) => ({
    ...f,
    seq,
    family: familyOf(f.code),
    entry: entryOf(f, told.opened.top, table),
  }));
  const marks = marksOf(findings, table);
  const outcome: Outcome = {
    kind: plain ? 'file' : judged.kind,
    what: judged.what,
    valid: plain ? null : judged.valid,
    wrapper: told.opened.wrapper,
    listed: told.listed,
    unlisted: told.unlisted,
  };
  await deps.db.system(async (tx) => {
    for (let i = 0; i < findings.length; i += BATCH)
      await insertFindings(tx, e.id, findings.slice(i, i + BATCH));
    for (let i = 0; i < marks.length; i += BATCH) await markEntries(tx, e.id, marks.slice(i, i + BATCH));
    if (inside && told.listed > 0) await keepInside(tx, e.id, 1, inside);
    if (!(await noteOutcome(tx, e.id, outcome, deps.clock.now()))) return;
    await deps.audit.append(tx, {
      actor: { id: e.personId, name: e.personName },
      archiveId: null,
      act: 'examination.done',
      target: { type: 'examination', id: e.id },
      detail: { kind: outcome.kind, valid: outcome.valid, findings: findings.length },
    });
  });
}
