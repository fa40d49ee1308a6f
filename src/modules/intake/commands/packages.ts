import { createHash } from 'node:crypto';
import { type Language, scopeOf } from '#kernel/actor';
import { alone } from '#kernel/alone';
import { canonicalBytes } from '#kernel/canonical';
import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import { insertArrivals, type Way } from '../store/arrivals.ts';
import {
  type IntakeItem,
  type ItemKey,
  insertItems,
  itemOf,
  settleItem,
  updateItem,
  wasBefore,
} from '../store/items.ts';
import { releaseUploads } from '../store/uploads.ts';
import type { Planned } from './files.ts';
import { demandRoom } from './quota.ts';
import { noteRefused } from './refused.ts';
import type { Sender } from './sender.ts';
import { saidOfUploads, uploadedFiles } from './uploadedFiles.ts';

export interface PackageOrder {
  senderId: string;
  /** Name of the handover, and what is in it: the first lines of its register. */
  title: string;
  content: string;
  /** The fonds of records whose package names none. */
  fonds: string | null;
  /** One file, or the files of a folder by the paths they were uploaded under. */
  uploads: readonly { id: string; digest?: string | undefined }[];
  way: Way;
  language: Language;
}

export interface PackageAnswer {
  senderId: string;
  outcome: 'taken' | 'changed' | 'unchanged';
  version: number;
  batchId: string;
}

/** So many packages are taken at once in a process: each holds a connection of its own. */
const LANES = 3;
const ASKED_EVERY = 100;
/** Not whole yet: written down, its batch not made of it. */
const PENDING = '';

/**
 * Makes a handover batch of a package a system sent. People look at it and send it; the system only prepares it.
 *
 * @throws Refusal intake.findings, intake.superseded.conflict, intake.filed.conflict, intake.quota, intake.quota.tooMany, transfer.title,
 *   transfer.marked, upload.*
 */
export type SendPackage = (sender: Sender, order: PackageOrder) => Promise<PackageAnswer>;

/** Sending of packages in this process. */
export function packageSending(deps: IntakeDeps): SendPackage {
  const inTurn = turns();
  const signal = new AbortController().signal;
  return async (sender, order) => {
    const key = `package ${sender.system.id} ${order.senderId}`;
    // Of the same thing one after the other: a second call waits for the first, here and in other processes, then finds what it made.
    const takeAlone = () => alone(deps.db, key, signal, () => take(deps, sender, order), ASKED_EVERY);
    const lane = `${createHash('sha256').update(key).digest().readUInt8(0) % LANES}`;
    try {
      return await inTurn(lane, takeAlone);
    } catch (e) {
      await noteRefused(deps, sender, { ...order, kind: 'package' }, e);
      throw e;
    }
  };
}

/** One after the other in each lane. */
function turns() {
  const busy = new Map<string, Promise<unknown>>();
  return async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const before = busy.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    busy.set(key, mine);
    try {
      return await mine;
    } finally {
      if (busy.get(key) === mine) busy.delete(key);
    }
  };
}

async function take(deps: IntakeDeps, sender: Sender, order: PackageOrder): Promise<PackageAnswer> {
  const { system, actor } = sender;
  const { senderId } = order;
  demandDescribed(order);
  const key: ItemKey = { systemId: system.id, kind: 'package', senderId };
  const before = await itemOf(deps.db.owner, key);
  const files = await uploadedFiles(deps, sender, order, before?.said.uploads ?? {});
  const digest = fingerprintOf(order, files);
  if (before?.digest === digest)
    return { senderId, outcome: 'unchanged', version: before.version, batchId: before.targetId };
  if (before && before.digest !== PENDING && (await wasBefore(deps.db.owner, before.id, digest)))
    throw new Refusal(
      'intake.superseded.conflict',
      'This is an earlier version: what came after it is here already.',
    );
  const item = before ?? (await writeDown(deps, sender, order, key, files));
  const isNew = item.digest === PENDING;
  await give(deps, sender, order, item);
  await deps.db.as(scopeOf(actor), async (tx) => {
    const at = deps.clock.now();
    const said = { keys: {}, files: {}, uploads: saidOfUploads(files) };
    if (isNew) await settleItem(tx, { id: item.id, digest, said, at });
    else await updateItem(tx, { id: item.id, digest, revision: null, said, before: item.digest, at });
    const bytes = files.reduce((sum, f) => sum + f.bytes, 0);
    await insertArrivals(tx, [
      {
        id: deps.newId(),
        systemId: system.id,
        archiveId: system.archiveId,
        agencyId: system.agencyId,
        at,
        way: order.way,
        kind: 'package',
        senderId,
        title: order.title,
        outcome: isNew ? 'taken' : 'changed',
        code: null,
        findings: [],
        files: files.length,
        bytes,
        targetId: item.targetId,
      },
    ]);
    if (isNew) return;
    await releaseUploads(
      tx,
      order.uploads.map((u) => u.id),
    );
    const come = files.reduce((sum, f) => sum + (f.from === null ? 0 : f.bytes), 0);
    await demandRoom(deps, tx, system, { items: 0, bytes: come });
  });
  if (system.settings.onward === 'precheck') await precheck(deps, sender, item.targetId);
  const version = isNew ? item.version : item.version + 1;
  return { senderId, outcome: isNew ? 'taken' : 'changed', version, batchId: item.targetId };
}

/** @throws Refusal transfer.title, transfer.marked */
function demandDescribed({ senderId, title, content }: PackageOrder): void {
  if (title.trim() === '') throw new Refusal('transfer.title', 'A batch needs a name.', { field: 'title' });
  if ([senderId, title, content].some(bearsSecretMark))
    throw new Refusal(
      'transfer.marked',
      'This bears a classification. Classified material is not handed over by a networked system.',
      { field: 'title' },
    );
}

function fingerprintOf({ title, content, fonds }: PackageOrder, files: readonly Planned[]): string {
  const list = files.map(({ name, sha512 }) => ({ name, sha512 })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const told = { title: title.trim(), content: content.trim(), fonds, files: list };
  return createHash('sha256').update(canonicalBytes(told)).digest('hex');
}

/** The package with the batch it will be, counted against the quota; whoever comes first. */
async function writeDown(
  deps: IntakeDeps,
  { system, actor }: Sender,
  order: PackageOrder,
  key: ItemKey,
  files: readonly Planned[],
): Promise<IntakeItem> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const { archiveId, agencyId } = system;
    const id = deps.newId();
    const said = { keys: {}, files: {}, uploads: {} };
    const at = deps.clock.now();
    const targetId = deps.newId();
    const made = { ...key, id, archiveId, agencyId, digest: PENDING, revision: null, targetId, said, at };
    if ((await insertItems(tx, [made])).size === 0) {
      // Somebody was quicker.
      const there = await itemOf(tx, key);
      if (!there) throw new Error('an item that was there is gone');
      return there;
    }
    await releaseUploads(
      tx,
      order.uploads.map((u) => u.id),
    );
    const bytes = files.reduce((sum, f) => sum + f.bytes, 0);
    await demandRoom(deps, tx, system, { items: 1, bytes });
    return {
      ...key,
      id,
      digest: PENDING,
      revision: null,
      version: 1,
      targetId,
      said,
      firstAt: at,
      lastAt: at,
    };
  });
}

/** The batch of the package, made where it is not there yet, with what was sent now. @throws Refusal intake.filed.conflict */
async function give(
  deps: IntakeDeps,
  { system, actor }: Sender,
  { title, content, fonds, uploads }: PackageOrder,
  { targetId }: IntakeItem,
): Promise<void> {
  const { archiveId, agencyId } = system;
  const description = { title, content, fonds };
  await deps.transfers.begin(actor, { archiveId, agencyId, planId: null, ...description }, targetId);
  const batch = await deps.transfers.one(actor, targetId);
  if (batch.state !== 'preparing' && batch.state !== 'returned')
    throw new Refusal(
      'intake.filed.conflict',
      'The batch is on its way: a system can not change it any more.',
      {
        state: batch.state,
      },
    );
  await deps.transfers.describe(actor, targetId, { ...description, version: batch.version });
  const ids = uploads.map((u) => u.id);
  const same = ids.length === batch.uploads.length && ids.every((id, i) => id === batch.uploads[i]);
  if (!same) await deps.transfers.give(actor, targetId, ids);
}

/** On to the checks by itself, as its settings say. Somebody who moved it meanwhile was quicker, and right. */
async function precheck(deps: IntakeDeps, { actor }: Sender, batchId: string): Promise<void> {
  const { state, version } = await deps.transfers.one(actor, batchId);
  if (state !== 'preparing' && state !== 'returned') return;
  await deps.transfers.act(actor, batchId, { act: 'precheck', version });
}
