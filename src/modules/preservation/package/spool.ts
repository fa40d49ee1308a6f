import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewFile } from '#formats/ocfl';

/** Documents kept in memory at once; what is more goes to the disk, so that none of this grows with an object. */
const IN_MEMORY = 16 * 1024 * 1024;

export type Source = NewFile['source'];

/** Documents made for a version, until it is written. */
export interface Spool extends AsyncDisposable {
  /** Keeps a document. */
  keep(text: string): Promise<Source>;
}

/** A document on the disk. Of a large object there are hundreds of thousands, so each is kept small. */
class Aside {
  readonly #folder: string;
  readonly #number: number;
  constructor(folder: string, number: number) {
    this.#folder = folder;
    this.#number = number;
  }
  get path(): string {
    return join(this.#folder, String(this.#number));
  }
}

/** @param folder where what does not fit into memory is laid aside */
export function openSpool(folder: string): Spool {
  let held = 0;
  let count = 0;
  let aside: Promise<string> | undefined;
  return {
    async keep(text) {
      const bytes = Buffer.from(text, 'utf8');
      if (held + bytes.length <= IN_MEMORY) {
        held += bytes.length;
        return { bytes };
      }
      aside ??= mkdtemp(join(folder, 'package-'));
      const kept = new Aside(await aside, ++count);
      await writeFile(kept.path, bytes);
      return kept;
    },
    async [Symbol.asyncDispose]() {
      if (aside) await rm(await aside, { recursive: true, force: true });
    },
  };
}

/** A document that was kept. */
export async function textOf(source: Source): Promise<string> {
  if ('bytes' in source) return Buffer.from(source.bytes).toString('utf8');
  return readFile(source.path, 'utf8');
}

/** What lay aside so long belongs to nobody who still works. */
const ABANDONED_MS = 2 * 24 * 3_600_000;

/** Makes the folder, and clears away what killed writers left in it. */
export async function clearScratch(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (!name.startsWith('package-')) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(join(folder, name), { recursive: true, force: true });
  }
}
