import { type Actor, auditActor } from '#kernel/actor';
import type { DigestName } from '#kernel/checksums';
import { isRefusal, Refusal } from '#kernel/errors';
import { CHECKS, type IncomingFile, type IntakeCheck } from '#modules/preservation';
import type { ConsignedFile, ConsignedUnit } from '../consignment.ts';
import type { Opened, PackagesDeps } from '../deps.ts';
import type { Arrived } from '../kinds/kind.ts';
import type { EnterOrder } from './order.ts';
import { keepReports } from './reports.ts';
import { createScratch } from './scratch.ts';

/** Entries, files and bytes that are taken in together. */
const TOGETHER = { units: 50, files: 200, bytes: 64 * 2 ** 20 };

/** An entry of a package with its id here. */
export interface ContentOf {
  unit: ConsignedUnit;
  id: string;
}

/** Takes the content of entries in by the way all content comes in, some of them together. */
export interface ContentTaking {
  /** Reads the files of an entry, which is entered before `flush`. @returns whether it is time for that */
  add(of: ContentOf): Promise<boolean>;
  /** @returns how many files are new. @throws Refusal ingest.contentDiffers, and those of the store */
  flush(): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Waiting extends ContentOf {
  files: AsyncIterable<IncomingFile> | IncomingFile[];
}

export function createContentTaking(
  deps: PackagesDeps,
  actor: Actor,
  arrived: Arrived,
  order: EnterOrder,
): ContentTaking {
  let scratch = createScratch(deps.scratch);
  let waiting: Waiting[] = [];
  let [files, bytes] = [0, 0];
  const dispose = async () => {
    await scratch[Symbol.asyncDispose]();
    scratch = createScratch(deps.scratch);
    waiting = [];
    [files, bytes] = [0, 0];
  };
  const isFull = () => waiting.length >= TOGETHER.units || files >= TOGETHER.files || bytes >= TOGETHER.bytes;
  return {
    async add(of) {
      const all = of.unit.files()[Symbol.asyncIterator]();
      const ready: IncomingFile[] = [];
      const one: Waiting = { ...of, files: ready };
      waiting.push(one);
      while (!isFull()) {
        const { value, done } = await all.next();
        if (done) return isFull();
        ready.push(await incomingOf(deps, value, await scratch.keep(value)));
        files++;
        bytes += value.bytes;
      }
      // The rest of a large entry is read while it is taken in, so that it is never whole in memory.
      one.files = (async function* () {
        yield* ready;
        for (let next = await all.next(); !next.done; next = await all.next())
          yield await incomingOf(deps, next.value, await scratch.keep(next.value));
      })();
      return true;
    },
    async flush() {
      try {
        return await takeTogether(deps, actor, arrived, order, waiting);
      } finally {
        await dispose();
      }
    },
    [Symbol.asyncDispose]: dispose,
  };
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
    waiting.map(({ id, files }) => ({ id, archiveId, files })),
    (tx, of, pages) => deps.wantText(tx, of, pages),
  );
  let newFiles = 0;
  for (const outcome of outcomes) {
    if (outcome.status === 'failed') throw outcome.error;
    if (outcome.status === 'held') newFiles += outcome.newFiles;
  }
  await keepReports(deps, actor, arrived, order, waiting);
  return newFiles;
}

async function incomingOf(deps: PackagesDeps, file: ConsignedFile, path: string): Promise<IncomingFile> {
  const { listed } = file;
  const counted = new Set<DigestName>(['sha512', 'sha256', ...(listed ? [listed.algorithm] : [])]);
  const { size, digests: all } = await deps.digests.digestFile(path, [...counted]);
  const digests = { sha512: all.sha512, sha256: all.sha256 };
  if (
    size !== file.bytes ||
    (file.sha512 !== null && digests.sha512 !== file.sha512) ||
    (listed && all[listed.algorithm] !== listed.digest)
  )
    throw new Refusal('ingest.contentDiffers', `${file.name} is not what the package says it is.`, {
      path: file.name,
    });
  const virus: IntakeCheck = deps.scan
    ? { check: CHECKS.virus, outcome: 'passed' }
    : { check: CHECKS.virus, outcome: 'not performed', note: 'the site has no scanner' };
  const opened = await openedOf(deps, file, path);
  return {
    path,
    name: file.name,
    nameBytes: file.nameBytes,
    bytes: size,
    digests,
    mediaType: opened.mediaType,
    pages: opened.pages,
    ...(opened.technical ? { technical: opened.technical } : {}),
    checks: [...opened.checks.filter((c) => c.check !== CHECKS.virus), virus],
  };
}

/** What is of no kind that can be shown, or broken, is kept as it came: a package is taken in whole. */
async function openedOf(
  deps: PackagesDeps,
  file: ConsignedFile,
  path: string,
): Promise<Omit<Opened, 'technical'> & Partial<Pick<Opened, 'technical'>>> {
  try {
    return await deps.inspect(path);
  } catch (e) {
    if (!isRefusal(e)) throw e;
    const unknown = e.code === 'scan.format';
    return {
      mediaType: file.mediaType ?? 'application/octet-stream',
      pages: [],
      checks: [
        unknown
          ? { check: CHECKS.opened, outcome: 'not performed', note: 'of no kind that is shown' }
          : { check: CHECKS.opened, outcome: 'failed', note: e.message },
        { check: CHECKS.digest, outcome: 'passed', note: 'sha512, sha256' },
      ],
    };
  }
}
