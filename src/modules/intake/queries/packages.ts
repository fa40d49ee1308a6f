import { scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { isRefusal } from '#kernel/errors';
import type { Sender } from '../commands/sender.ts';
import type { IntakeDeps } from '../deps.ts';
import { noItem } from '../refusals.ts';
import { type IntakeItem, itemOf, itemPage } from '../store/items.ts';

type Batch = Awaited<ReturnType<IntakeDeps['transfers']['one']>>;

/** What became of a package: its batch, as the agency sees it. */
export interface PackageView {
  senderId: string;
  batchId: string;
  version: number;
  /** Of the table of states of handovers; `begun` where the batch is not made yet. */
  state: Batch['state'] | 'begun';
  number: string | null;
  /** What the checks before sending came to. */
  checks: { qualified: boolean; errors: number; warnings: number } | null;
  /** Why it was returned or withdrawn. */
  reason: string | null;
  /** Whether the archive's signed receipt is there. */
  receipt: boolean;
  firstAt: Date;
  lastAt: Date;
}

async function viewOf(deps: IntakeDeps, { actor }: Sender, item: IntakeItem): Promise<PackageView> {
  const batch = await deps.transfers.one(actor, item.targetId).catch((e: unknown) => {
    if (isRefusal(e)) return undefined;
    throw e;
  });
  return {
    senderId: item.senderId,
    batchId: item.targetId,
    version: item.version,
    state: batch?.state ?? 'begun',
    number: batch?.number ?? null,
    checks: batch?.precheck
      ? {
          qualified: batch.precheck.qualified,
          errors: batch.precheck.errors,
          warnings: batch.precheck.warnings,
        }
      : null,
    reason: batch?.state === 'returned' ? (batch.decision?.reason ?? null) : null,
    receipt: batch?.hasReceipt ?? false,
    firstAt: item.firstAt,
    lastAt: item.lastAt,
  };
}

/** @throws Refusal intakeItem.notFound */
export async function readPackage(deps: IntakeDeps, sender: Sender, senderId: string): Promise<PackageView> {
  const item = await deps.db.as(scopeOf(sender.actor), (tx) =>
    itemOf(tx, { systemId: sender.system.id, kind: 'package', senderId }),
  );
  if (!item) throw noItem();
  return viewOf(deps, sender, item);
}

/** Packages of a system in the order they came. */
export async function listPackages(
  deps: IntakeDeps,
  sender: Sender,
  o: { cursor: string | undefined; limit: number },
): Promise<{ items: PackageView[]; next: string | null }> {
  const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
  const rows = await deps.db.as(scopeOf(sender.actor), (tx) =>
    itemPage(tx, { systemId: sender.system.id, kind: 'package', after, limit: o.limit + 1 }),
  );
  const page = rows.slice(0, o.limit);
  const items: PackageView[] = [];
  for (const item of page) items.push(await viewOf(deps, sender, item));
  return { items, next: rows.length > o.limit ? encodeCursor([page.at(-1)!.id]) : null };
}
