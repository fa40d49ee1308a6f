import { mkdir, readFile, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createStorageRoot,
  type StoreLocation as FullLocation,
  type OcflRepository,
  openStore as openOcflStore,
  openRepository,
  type S3Limits,
  type Store,
} from '#formats/ocfl';
import type { DigestPool } from '#kernel/checksums';
import { makeFolderDurably, writeDurably } from '#kernel/durably';
import { isRefusal, messageOf, Refusal } from '#kernel/errors';
import type { Reach, StoreLocation } from '../store/stores.ts';

/** A store that can be read and written now. */
export interface OpenStore {
  readonly store: Store;
  readonly repository: OcflRepository;
  /** The storage root as a folder of this machine, where it is one; such stores are read by threads of their own. */
  readonly folder: string | null;
  /** Where damaged bytes are kept, outside the root. */
  readonly quarantine: string | null;
  close(): void;
}

/** What a store says of itself, beside its root. */
export interface StoreNote {
  /** Everything put into the store before this moment is in it. */
  at: string;
  storeId: string;
}

export interface Probed {
  reach: Reach;
  trouble: string | null;
  freeBytes: number | null;
  totalBytes: number | null;
  /** null where none was ever written, or none can be read. */
  note: StoreNote | null;
}

/** How long a store may take. */
export interface Patience {
  /** Longer than this for a few small reads, and it counts as slow. */
  slowMs: number;
  /** No answer at all within this, and it is away. */
  goneMs: number;
  /** Of calls to an S3 server. */
  calls?: Partial<S3Limits>;
}
export const PATIENCE: Patience = { slowMs: 2_000, goneMs: 15_000 };

export const stagingOf = (path: string): string => `${path}.staging`;
const noteFile = (path: string) => join(stagingOf(path), 'store.json');
export const quarantineOf = (path: string): string => `${path}.quarantine`;

/** A store's location with its secrets, as opening one takes it. */
export interface Reachable {
  location: StoreLocation;
  secrets: StoreSecrets | null;
}

export interface StoreSecrets {
  accessKey: string;
  secretKey: string;
}

function placeOf({ location, secrets }: Reachable): FullLocation {
  if (location.kind === 'folder') return location;
  if (secrets === null)
    throw new Refusal('store.noSecrets', 'A store on S3 needs an access key and a secret key.');
  return { ...location, ...secrets };
}

/**
 * Opens a place for copies.
 *
 * @param o.make makes the storage root where there is none; without it an empty folder is refused (a disk that is not
 * mounted leaves one)
 * @throws Refusal `ocfl.noRoot`, `ocfl.badLayout`, `ocfl.notEmpty`, `store.unreachable` …
 */
export async function openCopies(
  at: Reachable,
  o: { pool: DigestPool; make?: boolean; limits?: Partial<S3Limits> | undefined },
): Promise<OpenStore> {
  const { pool, limits = {} } = o;
  const opened = await openOcflStore(placeOf(at), { pool, limits, flush: 'filesystem' });
  const { store } = opened;
  const folder = at.location.kind === 'folder' ? at.location.root : null;
  if (o.make) {
    await opened.check();
    if (folder) await makeFolderDurably(folder);
    await createStorageRoot(store);
  }
  return {
    store,
    folder,
    close: opened.close,
    repository: await openRepository({ store }),
    quarantine: folder && quarantineOf(folder),
  };
}

/**
 * Notes beside a folder's root that all before this moment is in it: how one that comes back old is known. A bucket is not
 * put back as a disk is; there only verifying tells.
 */
export async function writeNote({ folder }: Pick<OpenStore, 'folder'>, note: StoreNote): Promise<void> {
  if (folder === null) return;
  const path = noteFile(folder);
  await mkdir(dirname(path), { recursive: true });
  await writeDurably(path, `${JSON.stringify(note)}\n`);
}

async function readNote(root: string): Promise<StoreNote | null> {
  try {
    const value: unknown = JSON.parse(await readFile(noteFile(root), 'utf8'));
    if (typeof value !== 'object' || value === null || !('at' in value) || !('storeId' in value)) return null;
    return { at: String(value.at), storeId: String(value.storeId) };
  } catch {
    return null;
  }
}

const away = (trouble: string): Probed => ({
  reach: 'unreachable',
  trouble,
  freeBytes: null,
  totalBytes: null,
  note: null,
});

async function look(open: () => Promise<Pick<OpenStore, 'folder'>>, slowMs: number): Promise<Probed> {
  const begun = performance.now();
  let folder: string | null;
  try {
    folder = (await open()).folder;
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return { ...away(e.message), reach: e.code === 'ocfl.badLayout' ? 'foreign' : 'unreachable' };
  }
  const room = folder === null ? null : await statfs(folder);
  const note = folder === null ? null : await readNote(folder);
  const took = Math.round(performance.now() - begun);
  return {
    reach: took > slowMs ? 'slow' : 'reachable',
    trouble: took > slowMs ? `a few small reads took ${took} ms` : null,
    freeBytes: room && room.bavail * room.bsize,
    totalBytes: room && room.blocks * room.bsize,
    note,
  };
}

export type Probing = ReturnType<typeof createProbing>;

/**
 * Looks whether stores are there, and how they are. A store that does not answer is away. One that hangs is not asked again
 * before it has answered: each question holds one of the few threads that read files for the whole process.
 */
export function createProbing(patience: Patience = PATIENCE) {
  const pending = new Map<string, Promise<Probed>>();
  return {
    /**
     * Never throws.
     *
     * @param place one place, one question at a time
     * @param open opens it anew, and so reads its root's own files
     */
    async probe(place: string, open: () => Promise<Pick<OpenStore, 'folder'>>): Promise<Probed> {
      const looking =
        pending.get(place) ??
        look(open, patience.slowMs)
          .catch((e: unknown) => away(messageOf(e)))
          .finally(() => pending.delete(place));
      pending.set(place, looking);
      let timer: NodeJS.Timeout | undefined;
      const tooLong = new Promise<Probed>((resolve) => {
        const answer = () => resolve(away(`no answer within ${patience.goneMs / 1000} seconds`));
        timer = setTimeout(answer, patience.goneMs);
      });
      try {
        return await Promise.race([looking, tooLong]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
