import { type Actor, demandFor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import { Refusal, type Severity } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { Language } from '#kernel/wording';
import type { HandoverChoice } from '#modules/filing';
import { type ActOrder, actOn } from './commands/act.ts';
import { blockedBatches, lookAtBlocked, removeBlocked, sealWhatIsOpen } from './commands/classified.ts';
import { drawContent } from './commands/draw.ts';
import { readMediaIn } from './commands/media.ts';
import { actsFor, carryOn, noBatch } from './commands/moving.ts';
import { cancelPlan, makePlan, type PlanOrder } from './commands/plans.ts';
import {
  type BatchDescription,
  beginBatch,
  describeBatch,
  giveContent,
  type NewBatchOrder,
} from './commands/prepare.ts';
import type { TransferDeps } from './deps.ts';
import type { MediaSet, Medium } from './domain/media.ts';
import { type BatchState, UNDER_WAY, WITH_AGENCY } from './domain/states.ts';
import { isStuck } from './domain/stuck.ts';
import { stuckFor } from './queries/stuck.ts';
import { waitingFor } from './queries/waiting.ts';
import { printRegisterSheet } from './registerSheet.ts';
import {
  type Batch,
  type BatchFilter,
  batchById,
  batchesUnderWay,
  batchPage,
  blockedAmong,
  type CheckSummary,
  endedAmong,
  type Paper,
  paperOf,
  setJob,
  uploadsLeft,
} from './store/batches.ts';
import { dueOfTransfers } from './store/due.ts';
import { findingPage, type Side } from './store/findings.ts';
import { acceptedHandovers, handoversOfFonds } from './store/fondsLines.ts';
import { listedPart } from './store/listed.ts';
import { movesOf } from './store/moves.ts';
import { planPage } from './store/plans.ts';
import { transferJob } from './working/carryOn.ts';
import {
  foldersThere,
  packageIn,
  quarantine,
  removeContent,
  removeUploads,
  setApart,
} from './working/folders.ts';
import { runIdOf } from './working/natures.ts';
import { writeMedium } from './working/writeMedium.ts';

/** States of which nothing is handed out. */
const SET_APART: ReadonlySet<BatchState> = new Set(['blocked', 'removed']);
const noPaper = () => new Refusal('transfer.noPaper', 'It is not signed yet.');

export type Transfers = ReturnType<typeof createTransfers>;

/** States in which what was sent lies in quarantine. */
const AT_ARCHIVE: ReadonlySet<BatchState> = new Set(['received', 'checking', 'reviewing', 'proposed']);

const AT_ONCE = 200;

/** States in which a check of the four natures goes on. */
const BEING_CHECKED: Partial<Record<BatchState, Side>> = { prechecking: 'agency', checking: 'archive' };

/** Handover of records from agencies to archives: planned, prepared, checked, sent, received, decided, taken in, receipted. */
export function createTransfers(deps: TransferDeps) {
  const seen = async (actor: Actor, id: string): Promise<Batch> => {
    const batch = await deps.db.as(scopeOf(actor), (tx) => batchById(tx, id));
    if (!batch) throw noBatch();
    return batch;
  };
  /** Waiting too long for the system, or told why it can not go on. */

  return {
    jobs: [transferJob(deps)],
    plan: (actor: Actor, order: PlanOrder) => makePlan(deps, actor, order),
    cancelPlan: (actor: Actor, id: string, reason: string) => cancelPlan(deps, actor, id, reason),
    /** Those due first. */
    async plans(
      actor: Actor,
      o: Omit<Parameters<typeof planPage>[1], 'after'> & { cursor: string | undefined },
    ) {
      const [dueOn, id] = o.cursor ? decodeCursor(o.cursor, ['string', 'string']) : [];
      const after = id === undefined ? undefined : { dueOn: String(dueOn), id: String(id) };
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        planPage(tx, { ...o, after, limit: o.limit + 1 }),
      );
      const items = rows.slice(0, o.limit);
      const last = items.at(-1);
      return { items, next: rows.length > o.limit && last ? encodeCursor([last.dueOn, last.id]) : null };
    },
    begin: (actor: Actor, order: NewBatchOrder, id?: string) => beginBatch(deps, actor, order, id),
    describe: (actor: Actor, id: string, d: BatchDescription & { version: number }) =>
      describeBatch(deps, actor, id, d),
    give: (actor: Actor, id: string, uploadIds: readonly string[]) => giveContent(deps, actor, id, uploadIds),
    /** Makes it of records the agency has filed. */
    draw: (actor: Actor, id: string, choice: HandoverChoice) => drawContent(deps, actor, id, choice),
    act: (actor: Actor, id: string, order: ActOrder) => actOn(deps, actor, id, order),
    one: seen,
    /** In the asker's transaction: what is said about a batch is said about this. */
    async named(tx: Tx, id: string) {
      const batch = await batchById(tx, id);
      return (
        batch && {
          archiveId: batch.archiveId,
          agencyId: batch.agencyId,
          label: `${batch.number} ${batch.title}`,
        }
      );
    },
    /** For the system: where what a batch brought lies, while it waits with the archive. */
    async arrivedBatch(id: string) {
      const batch = await batchById(deps.db.owner, id);
      if (!batch || !AT_ARCHIVE.has(batch.state)) return undefined;
      const { archiveId, agencyId, round } = batch;
      return { archiveId, agencyId, round, path: packageIn(quarantine(deps.folder, batch), batch) };
    },
    /** What is due of handover, as SQL for the asker's transaction. */
    due: dueOfTransfers,
    fondsLines: handoversOfFonds,
    /** Rows of countersigned handovers, for the register of accessions. */
    accepted: acceptedHandovers,
    /** A batch with its way so far, and what this person could do next. */
    async read(actor: Actor, id: string) {
      const batch = await seen(actor, id);
      const moves = await deps.db.as(scopeOf(actor), (tx) => movesOf(tx, id));
      const side = BEING_CHECKED[batch.state];
      const checking = side && (await deps.checks.progress(runIdOf(batch, side)));
      return {
        batch,
        moves,
        acts: actsFor(actor, batch, moves),
        stuck: isStuck(batch, deps.clock.now()),
        checking: checking ?? null,
      };
    },
    async list(actor: Actor, o: Omit<BatchFilter, 'before'> & { cursor: string | undefined }) {
      const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        batchPage(tx, { ...o, before, limit: o.limit + 1 }),
      );
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
    },
    /** What waits for this person's hand, the oldest first. */
    waiting: (actor: Actor, limit: number) => waitingFor(deps, actor, limit),
    /** What goes on no further by itself, for those whose batch it is on either side. */
    stuck: (actor: Actor, limit: number) => stuckFor(deps, actor, limit),
    async findings(
      actor: Actor,
      o: {
        id: string;
        side: Side;
        severity: Severity | undefined;
        cursor: string | undefined;
        limit: number;
      },
    ) {
      const batch = await seen(actor, o.id);
      const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : -1;
      const { side, severity, limit } = o;
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        findingPage(tx, { batchId: batch.id, round: batch.round, side, severity, after, limit: limit + 1 }),
      );
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? encodeCursor([items.at(-1)!.seq]) : null };
    },
    /** A signed statement, byte for byte. @throws Refusal transfer.notFound, transfer.noPaper */
    async paper(actor: Actor, id: string, paper: Paper): Promise<{ batch: Batch; text: string }> {
      const batch = await seen(actor, id);
      const text = WITH_AGENCY.has(batch.state)
        ? null
        : await deps.db.as(scopeOf(actor), (tx) => paperOf(tx, id, paper));
      if (text === null) throw noPaper();
      return { batch, text };
    },
    /** What was read off media. */
    readMedia: (actor: Actor, id: string, o: { uploadIds: readonly string[]; version: number }) =>
      readMediaIn(deps, actor, id, o),
    /** One medium of a batch that is sent off-line, as a ZIP that its reader takes away. @throws Refusal transfer.notFound, transfer.noMedium */
    async medium(actor: Actor, id: string, no: number): Promise<{ medium: Medium; path: string }> {
      const batch = await seen(actor, id);
      demandFor(actor, 'filing.write', batch, noBatch());
      const facts = await mediumOfBatch(deps, batch, no);
      if (!ON_MEDIA.has(batch.state)) throw noMedium();
      return { medium: facts.medium, path: await writeMedium(deps, facts) };
    },
    mediumFacts: async (actor: Actor, id: string, no: number) =>
      mediumOfBatch(deps, await seen(actor, id), no),
    /** The register as a paper, as far as it is filled in. @throws Refusal transfer.notFound, transfer.noPaper */
    async sheet(actor: Actor, id: string, language: Language): Promise<{ batch: Batch; pdf: Buffer }> {
      const batch = await seen(actor, id);
      const archive = (await deps.archives()).find((a) => a.id === batch.archiveId);
      if (!archive || SET_APART.has(batch.state)) throw noPaper();
      const drawn = await deps.db.as(scopeOf(actor), async (tx) => ({
        moves: await movesOf(tx, id),
        agencyRegister: WITH_AGENCY.has(batch.state) ? null : await paperOf(tx, id, 'agencyRegister'),
        register: await paperOf(tx, id, 'register'),
      }));
      const outcome = async (check: CheckSummary | null) =>
        check?.runId ? deps.checks.outcome(deps.db.owner, check.runId) : undefined;
      const checked = {
        agency: await outcome(batch.precheck),
        archive: await outcome(batch.arrivalCheck),
      };
      const deposits = await deps.deposits.kept(batch);
      const { timeZone, clock } = deps;
      const pdf = await printRegisterSheet({
        batch,
        archive,
        language,
        timeZone,
        checked,
        deposits: AT_ARCHIVE.has(batch.state) || drawn.register !== null ? deposits : null,
        at: clock.now(),
        ...drawn,
      });
      return { batch, pdf };
    },
    /** The list whose digest is signed, byte for byte, in pieces that end with a line. @throws Refusal transfer.notFound, transfer.noPaper */
    async fileList(actor: Actor, id: string): Promise<{ batch: Batch; lines: AsyncGenerator<string> }> {
      const batch = await seen(actor, id);
      const part = (n: number) => deps.db.as(scopeOf(actor), (tx) => listedPart(tx, id, n));
      const first = batch.manifest === null || SET_APART.has(batch.state) ? undefined : await part(1);
      if (first === undefined) throw noPaper();
      async function* lines(): AsyncGenerator<string> {
        let text: string | undefined = first;
        for (let n = 2; text !== undefined; n++) {
          yield text;
          text = await part(n);
        }
      }
      return { batch, lines: lines() };
    },
    blocked: (actor: Actor) => blockedBatches(deps, actor),
    lookAtBlocked: (actor: Actor, id: string) => lookAtBlocked(deps, actor, id),
    removeBlocked: (actor: Actor, id: string, reason: string) => removeBlocked(deps, actor, id, reason),
    /** Batches that wait for the system get their job again: after a kill, and every hour. */
    async resume(): Promise<number> {
      await clearUp(deps);
      await sealWhatIsOpen(deps);
      await deps.jobs.endForgotten();
      let resumed = 0;
      for (const waiting of await batchesUnderWay(deps.db.owner, AT_ONCE)) {
        const { id, number, state, failure } = waiting;
        if (isStuck(waiting, deps.clock.now()))
          deps.log.error({ batch: number, state, failure }, 'a handover is stuck');
        await deps.db.system(async (tx) => {
          const batch = await batchById(tx, id, true);
          if (!batch || !UNDER_WAY.has(batch.state)) return;
          const job = batch.jobId ? await deps.jobs.find(tx, batch.jobId) : undefined;
          if (job?.state === 'queued' || job?.state === 'running') return;
          await setJob(tx, id, await carryOn(deps, tx, batch, null));
          resumed++;
        });
      }
      return resumed;
    },
  };
}

/** What was broken off: the removal of folders of batches at an end and of uploads laid out, setting apart what is blocked. */
async function clearUp(deps: TransferDeps): Promise<void> {
  const there = (await foldersThere(deps.folder)).filter(isId);
  for (let i = 0; i < there.length; i += AT_ONCE) {
    const some = there.slice(i, i + AT_ONCE);
    for (const id of await endedAmong(deps.db.owner, some)) await removeContent(deps.folder, { id });
    for (const id of await blockedAmong(deps.db.owner, some)) await setApart(deps.folder, { id });
  }
  for (const batch of await uploadsLeft(deps.db.owner, AT_ONCE)) await removeUploads(deps, batch);
}

/** States in which what is on media lies at the agency still. */
const ON_MEDIA: ReadonlySet<BatchState> = new Set(['dispatched', 'reading']);
const noMedium = () => new Refusal('transfer.noMedium', 'There is no such medium of this batch.');

async function mediumOfBatch(
  deps: TransferDeps,
  batch: Batch,
  no: number,
): Promise<{ batch: Batch; archiveName: string; set: MediaSet; medium: Medium }> {
  const set = batch.carrier === 'offline' && !SET_APART.has(batch.state) ? batch.media : null;
  const medium = set?.media.find((m) => m.no === no);
  const archive = (await deps.archives()).find((a) => a.id === batch.archiveId);
  if (!set || !medium || !archive) throw noMedium();
  return { batch, archiveName: archive.name, set, medium };
}
