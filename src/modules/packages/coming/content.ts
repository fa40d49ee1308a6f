import { type Actor, auditActor } from '#kernel/actor';
import type { IncomingFile } from '#modules/preservation';
import type { ConsignedFile, ConsignedUnit } from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import type { Arrived } from '../kinds/kind.ts';
import { digestsOf, incomingOf } from './incoming.ts';
import type { EnterOrder } from './order.ts';
import { keepReports, PACKAGE_REPORT, reportOf } from './reports.ts';
import { createScratch } from './scratch.ts';
import { createTurns } from './turns.ts';

/** Entries, files and bytes that are taken in together. */
const TOGETHER = { units: 100, files: 1_000, bytes: 64 * 2 ** 20 };
/** Files that are opened at once. */
const OPENED = 6;
/** Batches that are taken in at once: one is entered while another is written. */
const BATCHES = 2;

/** An entry of a package with its id here. */
export interface ContentOf {
  unit: ConsignedUnit;
  id: string;
}

/** Takes the content of entries in by the way all content comes in, some of them together. */
export interface ContentTaking {
  /** Reads the files of an entry, which is entered before it is taken in. @returns whether it is time for `flush` */
  add(of: ContentOf): Promise<boolean>;
  /**
   * Takes in what was added, while the next entries are read; waits where too much is taken in already.
   *
   * @param entered all entries that were added are there
   * @throws Refusal ingest.contentDiffers, and those of the store
   */
  flush(entered: Promise<void>): Promise<void>;
  /** Waits until all is taken in. @returns how many files are new. @throws as `flush` */
  done(): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Waiting extends ContentOf {
  files: AsyncIterable<IncomingFile>;
}

/** Entries read from the package, with a folder for their files. */
function beginBatch(deps: PackagesDeps) {
  return {
    scratch: createScratch(deps.scratch),
    waiting: [] as Waiting[],
    files: 0,
    bytes: 0,
    /** Whether files of the last entry are still to be read. */
    isOpen: false,
  };
}
type Batch = ReturnType<typeof beginBatch>;

/** No more files are read into it. */
const isLaden = ({ files, bytes }: Batch) => files >= TOGETHER.files || bytes >= TOGETHER.bytes;
const isFull = (batch: Batch) => batch.waiting.length >= TOGETHER.units || isLaden(batch);

export function createContentTaking(
  deps: PackagesDeps,
  actor: Actor,
  arrived: Arrived,
  order: EnterOrder,
): ContentTaking {
  const turns = createTurns(OPENED);
  let batch = beginBatch(deps);
  let newFiles = 0;
  const working: Promise<void>[] = [];
  const take = async ({ scratch, waiting }: Batch, entered: Promise<void>) => {
    try {
      await entered;
      // Another batch ends meanwhile: the sum is read after this one.
      const taken = await takeTogether(deps, actor, arrived, order, waiting);
      newFiles += taken;
    } finally {
      await turns.ended();
      await scratch[Symbol.asyncDispose]();
    }
  };
  return {
    async add(of) {
      const own = batch;
      const all = of.unit.files()[Symbol.asyncIterator]();
      const incoming = async (file: ConsignedFile) => {
        const { kept } = await own.scratch.keep(file, digestsOf(file), deps.digests);
        return turns.begin(async () => incomingOf(deps, file, await kept()));
      };
      const ready: { result: Promise<IncomingFile> }[] = [];
      const waiting: Waiting = { ...of, files: eachOf(ready) };
      own.waiting.push(waiting);
      while (!isLaden(own)) {
        const { value, done } = await all.next();
        if (done) return isFull(own);
        ready.push(await incoming(value));
        own.files++;
        own.bytes += value.bytes;
      }
      // The rest of a large entry is read while it is taken in, so that it is never whole in memory.
      const next = await all.next();
      if (next.done) return true;
      own.isOpen = true;
      waiting.files = (async function* () {
        yield* eachOf(ready);
        for (let more: IteratorResult<ConsignedFile> = next; !more.done; more = await all.next())
          yield await (await incoming(more.value)).result;
      })();
      return true;
    },
    async flush(entered) {
      while (working.length >= BATCHES) await working.shift();
      const taken = batch;
      batch = beginBatch(deps);
      const work = take(taken, entered);
      // What fails is told to whoever waits for it.
      work.catch(() => {});
      working.push(work);
      if (taken.isOpen) await work;
    },
    async done() {
      while (working.length > 0) await working.shift();
      return newFiles;
    },
    async [Symbol.asyncDispose]() {
      await Promise.allSettled(working);
      await turns.ended();
      await batch.scratch[Symbol.asyncDispose]();
    },
  };
}

async function* eachOf(list: readonly { result: Promise<IncomingFile> }[]): AsyncGenerator<IncomingFile> {
  for (const { result } of list) yield await result;
}

async function takeTogether(
  deps: PackagesDeps,
  actor: Actor,
  arrived: Arrived,
  order: EnterOrder,
  waiting: readonly Waiting[],
): Promise<number> {
  if (waiting.length === 0) return 0;
  const archiveId = order.archive.id;
  const outcomes = await deps.preservation.hold(
    auditActor(actor),
    waiting.map(({ id, files, unit }) => ({
      id,
      archiveId,
      files,
      report: { name: PACKAGE_REPORT, make: () => reportOf(deps, arrived, order, unit) },
    })),
    (tx, held) => deps.wantTexts(tx, held),
  );
  let newFiles = 0;
  for (const outcome of outcomes) {
    if (outcome.status === 'failed') throw outcome.error;
    if (outcome.status === 'held') newFiles += outcome.newFiles;
  }
  // Where no version was made, its report is not in the object either, unless it was made before.
  const without = waiting.filter((_, i) => {
    const outcome = outcomes[i];
    return outcome?.status !== 'held' || outcome.newFiles === 0;
  });
  await keepReports(deps, actor, arrived, order, without);
  return newFiles;
}
