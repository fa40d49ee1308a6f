import { createHash, randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { systemActor } from '#kernel/actor';
import { canonicalJson } from '#kernel/canonical';
import { bearsSecretMark } from '#kernel/classification';
import { makeFolderDurably, syncFolder } from '#kernel/durably';
import { isRefusal, messageOf } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import { layOut } from '#kernel/laying';
import { seal } from '#kernel/sealing';
import type { StagedFile } from '#kernel/staging';
import type { DepositDeps } from '../deps.ts';
import { yearsAfter } from '../domain/keeping.ts';
import { signDeposit } from '../receipt.ts';
import { sealFile } from '../sealed.ts';
import {
  type Deposit,
  type DepositFile,
  depositById,
  keepFiles,
  noteFailure,
  setKept,
  setState,
} from '../store/deposits.ts';
import { boundTo, makingOf, placeOf, removePlaces } from './folders.ts';
import { leavesOf } from './leaves.ts';

export const SEAL_JOB = 'seal-deposit';

/** What does not become better by trying again. */
const FINAL: ReadonlySet<string> = new Set([
  'upload.notFound',
  'upload.infected',
  'upload.badPath',
  'upload.samePath',
]);

/** What a key of a deposit is sealed for. */
export const keyPlace = (id: string): string => `deposit:${id}`;

/**
 * Seals what was deposited. All of it is written aside and takes its place whole, then one transaction makes it kept: broken off
 * anywhere, the uploads are still there and the same begins anew.
 */
export function sealJob(deps: DepositDeps): JobKind<{ id: string }> {
  return {
    name: SEAL_JOB,
    attempts: 8,
    async run(job) {
      const deposit = await depositById(deps.db.owner, job.data.id);
      if (deposit?.state !== 'sealing') {
        if (deposit) await removeUploads(deps, deposit.uploads);
        return undefined;
      }
      try {
        return await sealOne(deps, deposit, job);
      } catch (e) {
        // Nothing half stays, and a full disk has its room back.
        await removePlaces(deps.folder, deposit.id);
        if (job.signal.aborted) throw e;
        if (isRefusal(e) && FINAL.has(e.code)) {
          await fail(deps, deposit, e.code);
          return { state: 'failed' };
        }
        await noteFailure(deps.db.owner, deposit.id, isRefusal(e) ? e.code : 'fault');
        throw isRefusal(e) ? new Error(`${e.code}: ${messageOf(e)}`, { cause: e }) : e;
      }
    },
  };
}

async function sealOne(deps: DepositDeps, deposit: Deposit, job: JobRun<{ id: string }>): Promise<object> {
  const { id } = deposit;
  const staged: StagedFile[] = [];
  for (const upload of deposit.uploads) staged.push(await deps.staging.file(upload, deposit.madeBy));
  const { paths } = layOut(staged);
  const lying = staged.map((f, i) => ({ at: f.path, path: paths[i] ?? f.name }));
  await removePlaces(deps.folder, id);
  const files: DepositFile[] = [];
  for await (const leaf of leavesOf(deps, lying, job.signal)) {
    files.push(leaf);
    job.progress({ step: 'digesting', done: files.length });
  }
  const marked = files.filter((f) => bearsSecretMark(f.path));
  if (marked.length > 0) {
    await block(deps, deposit, staged, marked);
    return { state: 'blocked' };
  }
  const key = randomBytes(32);
  const making = makingOf(deps.folder, id);
  await makeFolderDurably(making);
  const sent = files.filter((f) => f.container === null);
  for (const [i, file] of sent.entries()) {
    const from = lying[i];
    if (!from) throw new Error('a file without its place');
    await sealFile(from.at, join(making, String(file.seq)), {
      key,
      file: boundTo(id, file.seq),
      signal: job.signal,
    });
    job.progress({ step: 'sealing', done: i + 1, total: sent.length });
  }
  await syncFolder(making);
  await rename(making, placeOf(deps.folder, id));
  await syncFolder(deps.folder);
  await keep(deps, deposit, { files, sent, key });
  await removeUploads(deps, deposit.uploads);
  return { state: 'kept', files: sent.length };
}

const LIST_KEYS = ({ path, bytes, sha256 }: DepositFile) => {
  return { bytes, path, sha256 };
};

async function keep(
  deps: DepositDeps,
  deposit: Deposit,
  o: { files: DepositFile[]; sent: DepositFile[]; key: Uint8Array },
): Promise<void> {
  const { id, archiveId } = deposit;
  const archive = (await deps.archives()).find((a) => a.id === archiveId);
  if (!archive) throw new Error(`deposit ${id} is of no archive`);
  const list = createHash('sha256');
  for (const file of [...o.sent].sort((a, b) => (a.path < b.path ? -1 : 1)))
    list.update(`${canonicalJson(LIST_KEYS(file))}\n`);
  const kept = {
    files: o.sent.length,
    bytes: o.sent.reduce((sum, f) => sum + f.bytes, 0),
    manifest: list.digest('hex'),
    keptUntil: yearsAfter(deps.today(), deps.keepYears),
  };
  await deps.db.system(async (tx) => {
    const now = await depositById(tx, id, true);
    if (now?.state !== 'sealing') return;
    await keepFiles(tx, id, o.files);
    const receipt = await signDeposit(deps, tx, archive, deposit, kept);
    const key = seal(o.key, keyPlace(id), deps.masterKey);
    await setKept(tx, id, { ...kept, receipt, key, at: deps.clock.now() });
    await deps.audit.append(tx, {
      actor: { id: null, name: 'lantai' },
      archiveId,
      act: 'deposit.sealed',
      target: { type: 'deposit', id },
      detail: {
        number: deposit.number,
        agency: deposit.agencyCode,
        files: kept.files,
        manifest: kept.manifest,
      },
    });
  });
}

/** What bears a classification is set apart whole; agency and archive see that, and nothing of what was found. */
async function block(
  deps: DepositDeps,
  deposit: Deposit,
  staged: readonly StagedFile[],
  marked: readonly DepositFile[],
): Promise<void> {
  const { id, archiveId, agencyId, number, madeBy, madeByName } = deposit;
  await deps.classified.block(systemActor(madeByName, madeBy), {
    archiveId,
    agencyId,
    door: 'file',
    source: 'deposit',
    marks: marked.map((f) => ({ what: 'name', place: f.path })),
    written: { deposit: number },
    files: staged.map(({ path, name }) => ({ path, name })),
  });
  await deps.db.system((tx) => setState(tx, id, { state: 'blocked', failure: null }));
  await removeUploads(deps, deposit.uploads);
}

async function fail(deps: DepositDeps, deposit: Deposit, code: string): Promise<void> {
  await deps.db.system((tx) => setState(tx, deposit.id, { state: 'failed', failure: code }));
  await removeUploads(deps, deposit.uploads);
}

async function removeUploads(deps: DepositDeps, uploads: readonly string[]): Promise<void> {
  for (const upload of uploads) await deps.staging.remove(upload);
}
