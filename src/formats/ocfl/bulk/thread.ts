import { spawnSync } from 'node:child_process';
import { lstatSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { answerRequests, HandingOver } from '#kernel/threads';
import { type BlockingDraft, startBlockingDraft } from '../blockingDraft.ts';
import { blockingReader } from '../blockingReader.ts';
import { buildNext, verifyBuilt } from '../buildVersion.ts';
import type { WholeObject } from '../describe.ts';
import type { NewFile, NewVersion } from '../newVersion.ts';
import type { Draft, Store, StoreReader } from '../storage.ts';
import { plainly } from '../storedFiles.ts';
import { flush, moveHead, movePlace, releaseLock, told } from './moves.ts';
import { readWhole } from './readWhole.ts';
import type { BuildOne, BuiltOne, Kind, Requests } from './wishes.ts';

/** Sources and inventories beyond this are read in pieces, and that is done elsewhere. */
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_INVENTORY = 512 * 1024;

/** Something has to be brought to an end first; that is not done here. */
class Elsewhere extends Error {}

const back = { bytes: Buffer.allocUnsafe(1024 * 1024) };

/** Bytes sent to a thread arrive as a plain Uint8Array. */
const sourceOf = (file: NewFile): NewFile =>
  'path' in file.source && typeof file.source.path !== 'string'
    ? { ...file, source: { path: Buffer.from(file.source.path) } }
    : file;

function sizeOf(path: string | Buffer): number | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() ? found.size : null;
}

/** Whether all of it can be held in memory; what is not there, or no file, is somebody else's to say. */
function isSmall(root: string, objectPath: string, next: NewVersion): boolean {
  let bytes = 0;
  for (const { source } of next.files) {
    const size = 'path' in source ? sizeOf(source.path) : source.bytes.byteLength;
    if (size === null) return false;
    bytes += size;
    if (bytes > MOST_BYTES) return false;
  }
  return (sizeOf(join(root, objectPath, 'inventory.json')) ?? 0) <= MOST_INVENTORY;
}

async function build(
  root: string,
  { owner, settings }: Pick<Requests['build']['ask'], 'owner' | 'settings'>,
  one: BuildOne,
): Promise<{ built: BuiltOne } | null> {
  const { objectId, objectPath, built: folder, lock } = one;
  const next = { ...one.next, files: one.next.files.map(sourceOf) };
  if (!isSmall(root, objectPath, next)) return null;
  try {
    symlinkSync(JSON.stringify({ ...owner, token: lock.token, objectPath }), lock.path);
  } catch {
    // Somebody has it, perhaps one who is gone; or links can not be made here.
    return null;
  }
  let draft: BlockingDraft | null = null;
  const store: StoreReader & Pick<Store, 'draft' | 'copyHead'> = {
    ...blockingReader(root),
    async draft(target): Promise<Draft> {
      draft = startBlockingDraft(folder, target, back);
      return draft;
    },
    async copyHead() {
      throw new Elsewhere();
    },
  };
  try {
    const done = await buildNext(store, objectId, objectPath, next, settings);
    await verifyBuilt(done);
    const { version, files, written, inventoryDigest } = done;
    const started = draft as BlockingDraft | null;
    const left =
      done.draft && started
        ? { isNew: started.target.isNew, folders: [...started.folders], files: [...started.files] }
        : null;
    return { built: { version, files: files.map(plainly), written, inventoryDigest, draft: left } };
  } catch (e) {
    releaseLock(lock);
    if (e instanceof Elsewhere) return null;
    throw e;
  }
}

const handlers: { [K in Kind]: (ask: Requests[K]['ask']) => Promise<Requests[K]['answer']> } = {
  async build({ root, list, ...how }) {
    const answers: Requests['build']['answer'] = [];
    for (const one of list)
      answers.push(await build(root, how, one).catch((e: unknown) => ({ error: told(e) })));
    return answers;
  },
  flush: async ({ lists }) => lists.map((paths) => tried(() => flush(paths))),
  place: async ({ root, list }) =>
    list.map((one) => {
      try {
        return { changed: movePlace(root, one) };
      } catch (e) {
        return { error: told(e) };
      }
    }),
  head: async ({ root, list }) => list.map((one) => tried(() => moveHead(root, one))),
  async read({ root, paths }) {
    const objects: (WholeObject | null)[] = [];
    for (const path of paths) objects.push(await readWhole(root, path));
    return objects;
  },
  look: async ({ root, paths }) =>
    paths.map((path) => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined),
  async writeOut({ root }) {
    spawnSync('sync', ['-f', root], { stdio: 'ignore' });
    return null;
  },
  async release({ locks }) {
    for (const lock of locks) releaseLock(lock);
    return null;
  },
};

function tried(work: () => void) {
  try {
    work();
    return null;
  } catch (e) {
    return { error: told(e) };
  }
}

answerRequests(async ({ kind, ask }: { kind: Kind; ask: never }) => {
  const answer = await handlers[kind](ask);
  if (kind !== 'read') return answer;
  const buffers = (answer as Requests['read']['answer']).flatMap((one) => one?.bytes.buffer ?? []);
  return new HandingOver(answer, buffers);
});
