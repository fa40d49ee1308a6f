import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { moveDurably, syncFolder, writeDurably } from '#kernel/durably';
import { exactName } from '#kernel/fileNames';
import type { DropEntry, Receipt } from '../store/drop.ts';

/** The folders of one system: what it lays down lies on top, the rest is ours. */
export interface DropFolders {
  top: string;
  done: string;
  refused: string;
  taken: string;
}

export const foldersOf = (top: string): DropFolders => ({
  top,
  done: join(top, 'done'),
  refused: join(top, 'refused'),
  taken: join(top, '.taken'),
});

export async function makeFolders(f: DropFolders): Promise<void> {
  for (const folder of [f.top, f.done, f.refused, f.taken])
    await mkdir(folder, { recursive: true, mode: 0o770 });
}

const READY = '.ready';
const OURS: ReadonlySet<string> = new Set(['done', 'refused']);
/** Half written, by the habits of programs that copy. */
const UNFINISHED = /\.(?:part|partial|tmp|crdownload|filepart)$|~$/i;

/**
 * Names that lie on top, with those that were said to be whole. One that is no Unicode text can be opened by nobody who knows it by
 * its characters: it goes to what was refused, by its bytes.
 */
export async function namesIn(f: DropFolders): Promise<{ name: string; ready: boolean }[]> {
  const all: string[] = [];
  for (const bytes of await readdir(f.top, { encoding: 'buffer' })) {
    const name = bytes.toString('utf8');
    if (Buffer.from(name).equals(bytes)) all.push(name);
    else await refuseUnreadable(f, bytes);
  }
  const there = new Set(all);
  return all
    .filter((n) => !n.startsWith('.') && !OURS.has(n) && !n.endsWith(READY) && !UNFINISHED.test(n))
    .map((name) => ({ name, ready: there.has(name + READY) }));
}

async function refuseUnreadable(f: DropFolders, bytes: Buffer): Promise<void> {
  const name = exactName(bytes);
  const to = join(f.refused, name);
  await rename(Buffer.concat([Buffer.from(`${f.top}/`), bytes]), to);
  const at = new Date().toISOString();
  const receipt = {
    entry: '',
    name,
    id: null,
    kind: null,
    outcome: 'refused',
    at,
    code: 'intake.drop',
    detail: 'name',
  } as const;
  await writeDurably(`${to}.receipt.json`, text(receipt));
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

export const placeOf = (f: DropFolders, e: Pick<DropEntry, 'id'>): string => join(f.taken, e.id, 'entry');

/** Moves an entry aside in one step. @returns false where it is not there any more */
export async function moveAside(f: DropFolders, e: DropEntry): Promise<boolean> {
  const to = placeOf(f, e);
  await mkdir(join(f.taken, e.id), { recursive: true, mode: 0o770 });
  if (await isThere(to)) return true;
  try {
    await rename(join(f.top, e.name), to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await rm(join(f.taken, e.id), { recursive: true, force: true });
    return false;
  }
  await rm(join(f.top, e.name + READY), { force: true });
  await syncFolder(f.taken);
  return true;
}

/** Puts an entry back whose sender was still writing to it. */
export async function putBack(f: DropFolders, e: DropEntry): Promise<boolean> {
  const to = join(f.top, e.name);
  if (await isThere(to)) return false;
  await rename(placeOf(f, e), to);
  await rm(join(f.taken, e.id), { recursive: true, force: true });
  return true;
}

/**
 * Writes the receipt where the sender looks for it, and clears the entry away: what was taken is ours now, what was refused lies
 * beside its receipt, what was set apart lies here no more.
 */
export async function conclude(f: DropFolders, e: DropEntry, receipt: Receipt): Promise<void> {
  const refused = receipt.outcome === 'refused';
  const folder = refused || receipt.outcome === 'setAside' ? f.refused : f.done;
  const from = placeOf(f, e);
  const to = await freeStem(join(folder, receipt.name ?? e.id), e.id, refused && (await isThere(from)));
  if (to !== undefined) {
    if (refused && (await isThere(from))) await rename(from, to);
    await putReceipt(f, e, `${to}.receipt.json`, receipt);
  }
  await rm(join(f.taken, e.id), { recursive: true, force: true });
}

/** Written where the entry was taken to, and moved when it is whole: a kill leaves nothing half among what the sender looks at. */
async function putReceipt(f: DropFolders, e: DropEntry, to: string, receipt: Receipt): Promise<void> {
  const made = join(f.taken, e.id, 'receipt.json');
  await mkdir(join(f.taken, e.id), { recursive: true, mode: 0o770 });
  await writeDurably(made, text(receipt));
  await moveDurably(made, to);
}

/**
 * Where an entry's receipt goes: of two of one name the later has its id behind it.
 *
 * @param alsoThing whether the entry itself goes beside it
 * @returns undefined where it lies there already: it was written before a kill
 */
async function freeStem(plain: string, id: string, alsoThing: boolean): Promise<string | undefined> {
  const later = `${plain}.${id}`;
  for (const stem of [plain, later]) {
    const there = await readFile(`${stem}.receipt.json`, 'utf8').catch(() => undefined);
    if (there?.includes(id)) return undefined;
    if (there !== undefined || (alsoThing && stem === plain && (await isThere(stem)))) continue;
    return stem;
  }
  return later;
}

const text = (receipt: Receipt): string => `${JSON.stringify(receipt, null, 2)}\n`;
