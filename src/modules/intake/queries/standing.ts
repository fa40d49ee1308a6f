import { scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { type Sender, sourceOf } from '../commands/sender.ts';
import type { IntakeDeps } from '../deps.ts';
import { noItem } from '../refusals.ts';
import { type IntakeItem, itemOf, itemPage, itemsOfTargets } from '../store/items.ts';

/**
 * What became of a record.
 *
 * | state | meaning |
 * |---|---|
 * | registered | entered with the agency; may be sent anew |
 * | numbered | has its reference code 档号, which may still change |
 * | filing | in a filing of its year that waits to be confirmed |
 * | filed | filed |
 * | inBatch | in a handover batch that is being prepared |
 * | handingOver | on its way to the archive |
 * | returned | the archive returned the batch; the reason says why |
 * | accepted | the archive has it |
 * | removed | people of the agency removed it |
 */
export const RECORD_STANDINGS = [
  'registered',
  'numbered',
  'filing',
  'filed',
  'inBatch',
  'handingOver',
  'returned',
  'accepted',
  'removed',
] as const;
export type RecordStanding = (typeof RECORD_STANDINGS)[number];

export interface RecordView {
  senderId: string;
  recordId: string;
  version: number;
  state: RecordStanding;
  referenceCode: string | null;
  /** The number of the batch it is, or went over, in. */
  batch: string | null;
  /** Why the batch was returned. */
  reason: string | null;
  firstAt: Date;
  lastAt: Date;
}

type Standing = Awaited<ReturnType<IntakeDeps['filing']['sentStanding']>>[number];
interface BatchSeen {
  number: string;
  state: string;
  reason: string | null;
}

function standingOf(record: Standing | undefined, batch: BatchSeen | undefined): RecordStanding {
  if (!record) return 'removed';
  switch (record.state) {
    case 'registered':
      return record.prepared ? 'filing' : record.referenceCode ? 'numbered' : 'registered';
    case 'filed':
      return 'filed';
    case 'handedOver':
      return 'accepted';
    default:
      return batch?.state === 'returned' ? 'returned' : record.state;
  }
}

/** Batches that records are in, as their agency sees them. */
async function batchesOf(
  deps: IntakeDeps,
  { actor }: Sender,
  records: readonly Standing[],
): Promise<Map<string, BatchSeen>> {
  const seen = new Map<string, BatchSeen>();
  for (const { handoverId } of records) {
    if (handoverId === null || seen.has(handoverId)) continue;
    const batch = await deps.transfers.one(actor, handoverId).catch((e: unknown) => {
      if (isRefusal(e)) return undefined;
      throw e;
    });
    if (batch)
      seen.set(handoverId, {
        number: batch.number,
        state: batch.state,
        reason: batch.state === 'returned' ? (batch.decision?.reason ?? null) : null,
      });
  }
  return seen;
}

async function viewsOf(
  deps: IntakeDeps,
  sender: Sender,
  items: readonly IntakeItem[],
  records: readonly Standing[],
): Promise<RecordView[]> {
  const batches = await batchesOf(deps, sender, records);
  const byId = new Map(records.map((r) => [r.id, r]));
  return items.map((item) => {
    const record = byId.get(item.targetId);
    const batch = record?.handoverId ? batches.get(record.handoverId) : undefined;
    return {
      senderId: item.senderId,
      recordId: item.targetId,
      version: item.version,
      state: standingOf(record, batch),
      referenceCode: record?.referenceCode ?? null,
      batch: batch?.number ?? null,
      reason: batch?.reason ?? null,
      firstAt: item.firstAt,
      lastAt: item.lastAt,
    };
  });
}

const within = <T>(deps: IntakeDeps, { actor }: Sender, read: (on: Sql) => Promise<T>): Promise<T> =>
  deps.db.as(scopeOf(actor), read);

/** @throws Refusal intakeItem.notFound */
export async function readRecord(deps: IntakeDeps, sender: Sender, senderId: string): Promise<RecordView> {
  const { item, records } = await within(deps, sender, async (on) => {
    const item = await itemOf(on, { systemId: sender.system.id, kind: 'record', senderId });
    return { item, records: item ? await deps.filing.sentStanding(on, [item.targetId]) : [] };
  });
  if (!item) throw noItem();
  return (await viewsOf(deps, sender, [item], records))[0]!;
}

/** Records of a system in the order they came. */
export async function listRecords(
  deps: IntakeDeps,
  sender: Sender,
  o: { cursor: string | undefined; limit: number },
): Promise<{ items: RecordView[]; next: string | null }> {
  const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
  const { rows, records } = await within(deps, sender, async (on) => {
    const rows = await itemPage(on, {
      systemId: sender.system.id,
      kind: 'record',
      after,
      limit: o.limit + 1,
    });
    return {
      rows,
      records: await deps.filing.sentStanding(
        on,
        rows.map((i) => i.targetId),
      ),
    };
  });
  const items = rows.slice(0, o.limit);
  return {
    items: await viewsOf(deps, sender, items, records),
    next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null,
  };
}

/**
 * What has changed since a place in the feed: each record at least once for everything that happened to it, in its present state.
 *
 * @returns where to go on; `more` says that there is more at once
 */
export async function changesSince(
  deps: IntakeDeps,
  sender: Sender,
  o: { cursor: string | undefined; limit: number },
): Promise<{ items: RecordView[]; cursor: string; more: boolean }> {
  const [changed, id] = o.cursor ? decodeCursor(o.cursor, ['string', 'string']).map(String) : [];
  const after = changed !== undefined && id !== undefined ? { changed, id } : undefined;
  const { system } = sender;
  const { rows, items } = await within(deps, sender, async (on) => {
    const of = { agencyId: system.agencyId, source: sourceOf(system), after, limit: o.limit + 1 };
    const rows = await deps.filing.sentSince(on, of);
    return {
      rows,
      items: await itemsOfTargets(
        on,
        system.id,
        rows.map((r) => r.id),
      ),
    };
  });
  const page = rows.slice(0, o.limit);
  const byTarget = new Map(items.map((i) => [i.targetId, i]));
  const ordered = page.flatMap((r) => byTarget.get(r.id) ?? []);
  const last = page.at(-1);
  return {
    items: await viewsOf(deps, sender, ordered, page),
    cursor: last ? encodeCursor([last.changed, last.id]) : (o.cursor ?? encodeCursor(['0', NOBODY])),
    more: rows.length > o.limit,
  };
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
