import { scopeOf } from '#kernel/actor';
import type { Circumstances } from '#kernel/audit';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { gathering, type Settled } from '#kernel/gather';
import type { SentItem } from '#modules/filing';
import type { IntakeDeps } from '../deps.ts';
import { type ArrivalLine, insertArrivals } from '../store/arrivals.ts';
import { type IntakeItem, insertItems, lockItem, type SaidBefore, updateItem } from '../store/items.ts';
import { releaseUploads } from '../store/uploads.ts';
import type { Planned } from './files.ts';
import type { Plan, RecordOrder } from './planning.ts';
import { demandRoom } from './quota.ts';
import { isThere } from './sameAgain.ts';
import { type Sender, sourceOf } from './sender.ts';

/** A record whose contents lie in their places: only rows are left to be written. */
export interface Ready {
  sender: Sender;
  order: RecordOrder;
  plan: Plan;
  /** Of the request it came with. */
  around: Circumstances;
}

/** What was written. */
export interface Written {
  outcome: 'taken' | 'changed' | 'unchanged';
  version: number;
  recordId: string;
}

/** So many records go into one transaction. */
const MOST_TOGETHER = 100;

/**
 * Writes records that are not there yet: those of one system that are ready at the same moment in one transaction, each with its own
 * outcome. Undefined for what somebody has sent meanwhile under the same id.
 */
export function recordWriter(deps: IntakeDeps): (one: Ready) => Promise<Written | undefined> {
  return gathering<Ready, Written | undefined>({
    // Of one state of its settings, so that all are counted by the same quotas.
    inTurn: ({ sender: { system } }) => `${system.id} ${system.version}`,
    most: MOST_TOGETHER,
    answer: async (some) => {
      try {
        return (await writeNew(deps, some)).map((done) => ({ done }));
      } catch (failed) {
        if (some.length === 1) return [{ failed }];
      }
      // Something is wrong with one of them: the others do not suffer for it.
      const settled: Settled<Written | undefined>[] = [];
      for (const one of some) {
        try {
          const [done] = await writeNew(deps, [one]);
          settled.push({ done });
        } catch (failed) {
          settled.push({ failed });
        }
      }
      return settled;
    },
  });
}

/**
 * All of them, or none. Whoever inserts an item first holds its id: another transaction waits for the end of this one, and then finds
 * it there.
 *
 * @throws Refusal intake.quota, intake.quota.tooMany
 */
async function writeNew(deps: IntakeDeps, some: readonly Ready[]): Promise<(Written | undefined)[]> {
  const [first] = some;
  if (!first) return [];
  const { system, actor } = first.sender;
  return deps.db.as(scopeOf(actor), async (tx) => {
    const at = deps.clock.now();
    const all = some.map((ready) => ({ ready, id: deps.newId(), recordId: deps.newId() }));
    const { archiveId, agencyId } = system;
    const made = await insertItems(
      tx,
      all.map(({ ready: { order, plan }, id, recordId }) => ({
        systemId: system.id,
        kind: 'record',
        senderId: order.senderId,
        id,
        archiveId,
        agencyId,
        digest: plan.digest,
        revision: order.said.revision ?? null,
        targetId: recordId,
        said: saidOf(plan),
        at,
      })),
    );
    const fresh = all.filter(({ id }) => made.has(id));
    if (fresh.length > 0) {
      await deps.filing.takeSent(
        tx,
        actor,
        fresh.map(({ ready, recordId }) => ({
          id: recordId,
          place: ready.plan.place,
          item: itemOf(ready),
          around: ready.around,
        })),
      );
      const lines = fresh.map(({ ready, recordId }) =>
        lineOf(deps, ready, { recordId, outcome: 'taken', at }),
      );
      await insertArrivals(tx, lines);
      await releaseUploads(
        tx,
        fresh.flatMap(({ ready }) => uploadsOf(ready.plan)),
      );
      const bytes = lines.reduce((sum, line) => sum + line.bytes, 0);
      await demandRoom(deps, tx, system, { items: fresh.length, bytes });
    }
    return all.map(({ id, recordId }) =>
      made.has(id) ? { outcome: 'taken', version: 1, recordId } : undefined,
    );
  });
}

/**
 * Writes what a record that is there says now, or finds that it says the same.
 *
 * @throws Refusal intake.superseded.conflict, intake.revision.conflict, intake.filed.conflict, intake.gone.conflict, intake.quota.*
 */
export function writeChange(deps: IntakeDeps, ready: Ready): Promise<Written> {
  const { sender, order, plan } = ready;
  const { system, actor } = sender;
  return deps.db.as(scopeOf(actor), async (tx) => {
    // Two that send the same at once are taken one after the other.
    const there = await lockItem(tx, { systemId: system.id, kind: 'record', senderId: order.senderId });
    if (!there) throw new Error('an item that was there is gone');
    const revision = order.said.revision ?? null;
    const { digest } = plan;
    const recordId = there.targetId;
    if (await isThere(tx, there, { digest, revision }))
      return { outcome: 'unchanged', version: there.version, recordId };
    await demandChangeable(deps, tx, there);
    const at = deps.clock.now();
    const before = new Map(Object.entries(there.said.files));
    await deps.filing.changeSent(tx, actor, recordId, { item: itemOf(ready), before });
    await updateItem(tx, { id: there.id, digest, revision, said: saidOf(plan), before: there.digest, at });
    const line = lineOf(deps, ready, { recordId, outcome: 'changed', at });
    await insertArrivals(tx, [line]);
    await releaseUploads(tx, uploadsOf(plan));
    await demandRoom(deps, tx, system, { items: 0, bytes: line.bytes });
    return { outcome: 'changed', version: there.version + 1, recordId };
  });
}

/** @throws Refusal intake.filed.conflict, intake.gone.conflict */
async function demandChangeable(deps: IntakeDeps, tx: Tx, item: IntakeItem): Promise<void> {
  const [record] = await deps.filing.sentStanding(tx, [item.targetId]);
  if (!record)
    throw new Refusal(
      'intake.gone.conflict',
      'People removed this record. It is not entered again under the same id.',
    );
  if (record.state !== 'registered' || record.prepared)
    throw new Refusal(
      'intake.filed.conflict',
      'This record was filed or handed over: a system can not change it any more.',
      {
        state: record.state,
      },
    );
}

const held = ({ name, sha512, bytes }: Planned) => ({ name, sha512, bytes });
const filesOf = ({ files }: Plan): Planned[] => Object.values(files).flat();
const uploadsOf = (plan: Plan): string[] =>
  filesOf(plan).flatMap((f) => (f.uploadId === null ? [] : [f.uploadId]));

function itemOf({ sender, order: { senderId, said }, plan }: Ready): SentItem {
  return {
    source: sourceOf(sender.system),
    senderKey: senderId,
    year: plan.main.year,
    input: plan.main.input,
    files: (plan.files[''] ?? []).map(held),
    parts: plan.parts.map(({ id, read }) => ({
      key: id,
      part: said.parts?.find((p) => p.id === id)?.part,
      input: read.input,
      files: (plan.files[id] ?? []).map(held),
    })),
    events: (said.events ?? []).map((e) => ({
      action: e.action,
      at: e.at,
      agent: e.agent ?? null,
      basis: e.basis ?? null,
      note: e.note ?? null,
    })),
  };
}

function saidOf(plan: Plan): SaidBefore {
  return {
    keys: Object.fromEntries([['', plan.main.keys], ...plan.parts.map((p) => [p.id, p.read.keys])]),
    files: Object.fromEntries(Object.entries(plan.files).map(([id, some]) => [id, some.map(held)])),
    uploads: Object.fromEntries(
      filesOf(plan).flatMap((f) =>
        f.uploadId === null ? [] : [[f.uploadId, { sha512: f.sha512, bytes: f.bytes }]],
      ),
    ),
  };
}

function lineOf(
  deps: IntakeDeps,
  { sender: { system }, order, plan }: Ready,
  o: { recordId: string; outcome: 'taken' | 'changed'; at: Date },
): ArrivalLine {
  const files = filesOf(plan);
  return {
    id: deps.newId(),
    systemId: system.id,
    archiveId: system.archiveId,
    agencyId: system.agencyId,
    at: o.at,
    way: order.way,
    kind: 'record',
    senderId: order.senderId,
    title: titleOf(order),
    outcome: o.outcome,
    code: null,
    findings: [],
    files: files.length,
    // What came now: what was there from the time before counts no second time.
    bytes: files.reduce((sum, f) => sum + (f.from === null ? 0 : f.bytes), 0),
    targetId: o.recordId,
  };
}

export const titleOf = ({ said: { metadata } }: Pick<RecordOrder, 'said'>): string | null =>
  metadata.title === undefined || metadata.title === null ? null : String(metadata.title).slice(0, 500);
