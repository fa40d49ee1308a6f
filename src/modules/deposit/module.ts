import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { endDeposit, prolong, tidy } from './commands/keeping.ts';
import { type DepositOrder, makeDeposit } from './commands/make.ts';
import { noDeposit } from './commands/refusals.ts';
import {
  askUnsealing,
  decideUnsealing,
  mayAsk,
  mayDecide,
  openDeposited,
  openFor,
} from './commands/unseal.ts';
import type { ArrivedBatch, DepositDeps } from './deps.ts';
import { comparisonOf, differencePage } from './store/comparisons.ts';
import {
  type Deposit,
  type DepositFilter,
  depositById,
  depositPage,
  depositSentAs,
  dueOfDeposits,
  filePage,
  receiptOf,
} from './store/deposits.ts';
import { unsealingsOf } from './store/unsealings.ts';
import { compareJob, compareLater, keptOutcome, outcomeFor } from './working/compare.ts';
import { sealJob } from './working/seal.ts';

export type Deposits = ReturnType<typeof createDeposits>;

/** Registration backup: early copies an agency deposits, kept sealed, and compared with what it hands over. */
export function createDeposits(deps: DepositDeps) {
  const seen = async (actor: Actor, id: string): Promise<Deposit> => {
    const deposit = await deps.db.as(scopeOf(actor), (tx) => depositById(tx, id));
    if (!deposit) throw noDeposit();
    return deposit;
  };
  return {
    jobs: [sealJob(deps), compareJob(deps)],
    make: (actor: Actor, order: DepositOrder) => makeDeposit(deps, actor, order),
    /** What a sender system made under an id of its own. For the system. */
    sentAs: (of: { systemId: string; senderId: string }) => depositSentAs(deps.db.owner, of),
    /** A deposit with what was asked about it, and what this person could do. */
    async read(actor: Actor, id: string) {
      const deposit = await seen(actor, id);
      const unsealings = await deps.db.as(scopeOf(actor), (tx) => unsealingsOf(tx, id));
      const isKept = deposit.state === 'kept';
      return {
        deposit,
        unsealings,
        mayAsk: isKept ? mayAsk(actor, deposit) : null,
        mayDecide: isKept && mayDecide(actor, deposit),
        isOpen: isKept && openFor(actor, deposit, unsealings, deps.clock.now()) !== undefined,
      };
    },
    async list(actor: Actor, o: DepositFilter & { cursor: string | undefined; limit: number }) {
      const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        depositPage(tx, { ...o, before, limit: o.limit + 1 }),
      );
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
    },
    /** Names and digests of what was deposited. */
    async files(actor: Actor, id: string, o: { cursor: string | undefined; limit: number }) {
      await seen(actor, id);
      const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : -1;
      const rows = await deps.db.as(scopeOf(actor), (tx) => filePage(tx, id, { after, limit: o.limit + 1 }));
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.seq]) : null };
    },
    /** The signed receipt, byte for byte. @throws Refusal deposit.notFound, deposit.noReceipt */
    async receipt(actor: Actor, id: string): Promise<{ deposit: Deposit; text: string }> {
      const deposit = await seen(actor, id);
      const text = await deps.db.as(scopeOf(actor), (tx) => receiptOf(tx, id));
      if (text === null) throw new Refusal('deposit.noReceipt', 'It is not sealed yet.');
      return { deposit, text };
    },
    ask: (actor: Actor, id: string, reason: string) => askUnsealing(deps, actor, id, reason),
    decide: (actor: Actor, id: string, o: Parameters<typeof decideUnsealing>[3]) =>
      decideUnsealing(deps, actor, id, o),
    openFile: (actor: Actor, id: string, seq: number) => openDeposited(deps, actor, id, seq),
    prolong: (actor: Actor, id: string, until: string) => prolong(deps, actor, id, until),
    end: (actor: Actor, id: string, reason: string) => endDeposit(deps, actor, id, reason),
    /** What a batch brings beside what was deposited, as far as the asker sees; undefined where no deposit met it. */
    comparison: (actor: Actor, batchId: string) =>
      deps.db.as(scopeOf(actor), (tx) => comparisonOf(tx, batchId)),
    async differences(actor: Actor, batchId: string, o: { cursor: string | undefined; limit: number }) {
      const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : -1;
      return deps.db.as(scopeOf(actor), async (tx) => {
        const compared = await comparisonOf(tx, batchId);
        if (!compared) return { items: [], next: null };
        const rows = await differencePage(tx, {
          batchId,
          round: compared.round,
          after,
          limit: o.limit + 1,
        });
        const items = rows.slice(0, o.limit);
        return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.seq]) : null };
      });
    },
    /** For handover, in its transaction: a batch has arrived. */
    arrived: (tx: Tx, batch: { id: string; archiveId: string; number: string }) =>
      compareLater(deps, tx, batch),
    /** For handover: what a batch came to beside what was deposited, compared now where it was not yet. */
    outcome: (batch: ArrivedBatch & { id: string }, signal: AbortSignal) => outcomeFor(deps, batch, signal),
    /** The same as far as it is known. */
    keptOutcome: (batch: { id: string; round: number }) => keptOutcome(deps.db.owner, batch),
    /** What is due of deposits, as SQL for the asker's transaction. */
    due: dueOfDeposits,
    /** For the clock of the house. */
    tidy: () => tidy(deps),
  };
}
