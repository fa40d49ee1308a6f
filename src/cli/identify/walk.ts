import { readdirSync, statSync } from 'node:fs';
import { Refusal } from '#kernel/errors';

/** A file to be identified. */
export interface Walked {
  /** As it was given, joined with the path below. What is no UTF-8 in a name is shown as U+FFFD. */
  readonly path: string;
  /** As the system knows it. */
  readonly place: string | Uint8Array;
}

/** What a walk met and did not go into. */
export interface Passed {
  /** Links and devices. */
  passed: number;
  /** Folders that could not be read. */
  readonly unread: { path: string; error: string }[];
}

/** @throws Refusal `identify.nothingThere` */
export function demandThere(path: string): void {
  try {
    statSync(path);
  } catch (cause) {
    const why = cause instanceof Error && 'code' in cause ? cause.code : '';
    if (why === 'ENOENT' || why === 'ENOTDIR')
      throw new Refusal('identify.nothingThere', `There is nothing at ${path}.`, { path }, { cause });
    if (typeof why !== 'string' || why === '') throw cause;
    // It is there and can not be looked at: the result says so.
  }
}

const SLASH = Buffer.from('/');

/**
 * All files of a path: itself, or what lies in and below it, folder by folder in the order of names' bytes. Links are not
 * followed, except the path itself; links and devices are counted. The bytes of names are kept: discs come with names in
 * GB18030, which as text would lead nowhere.
 */
export async function* walk(path: string, passed: Passed): AsyncGenerator<Walked> {
  try {
    if (!statSync(path).isDirectory()) {
      yield { path, place: path };
      return;
    }
  } catch {
    // Whoever opens it will be told why.
    yield { path, place: path };
    return;
  }
  yield* folder(path, Buffer.from(path), passed);
}

async function* folder(shown: string, place: Buffer, passed: Passed): AsyncGenerator<Walked> {
  let entries: { name: Buffer; folder: boolean; file: boolean }[];
  try {
    entries = readdirSync(place, { withFileTypes: true, encoding: 'buffer' }).map((e) => ({
      name: Buffer.from(e.name),
      folder: e.isDirectory(),
      file: e.isFile(),
    }));
  } catch (e) {
    if (!(e instanceof Error && 'syscall' in e)) throw e;
    passed.unread.push({ path: shown, error: e.message });
    return;
  }
  entries.sort((a, b) => Buffer.compare(a.name, b.name));
  const ends = place.at(-1) === 0x2f;
  for (const { name, folder: isFolder, file } of entries) {
    const path = `${shown}${ends ? '' : '/'}${name.toString('utf8')}`;
    const bytes = Buffer.concat(ends ? [place, name] : [place, SLASH, name]);
    if (isFolder) yield* folder(path, bytes, passed);
    else if (file) yield { path, place: Buffer.from(path).equals(bytes) ? path : bytes };
    else passed.passed++;
  }
}
