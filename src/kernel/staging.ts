import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFile, writeDurably } from './durably.ts';
import { Refusal } from './errors.ts';
import type { Scanner } from './scanner.ts';

/** A file uploaded and waiting to be used. Hostile until checked. */
export interface StagedFile {
  id: string;
  path: string;
  /** Name as the sender's machine had it. */
  name: string;
  /** Path inside the chosen folder, where a folder was sent. */
  relativePath: string | null;
  bytes: number;
}

/** The place where uploads wait (resumable: they arrive in pieces, see http/uploads.ts). */
export interface Staging {
  folder: string;
  /**
   * A whole upload of this person, scanned for malware where the site has a scanner.
   *
   * @throws Refusal `upload.notFound` also for another person's, `upload.wrongState` while pieces are missing,
   *   `upload.infected` (with `finding`, `name` and `relativePath`), `upload.notScanned`
   */
  file(id: string, personId: string): Promise<StagedFile>;
  /** The same without scanning: that it is there, whole and theirs. */
  arrived(id: string, personId: string): Promise<StagedFile>;
  /**
   * Copies a file of this machine in, as a whole upload of somebody, under a name the caller chose; a second time nothing changes.
   *
   * @param upload.id 32 hexadecimal digits
   * @returns its bytes
   */
  adopt(
    path: string,
    upload: { id: string; personId: string; name: string; relativePath: string | null },
  ): Promise<number>;
  remove(id: string): Promise<void>;
}

/** What looks through uploads before they are used, and is told what it found. */
export interface UploadWatch extends Scanner {
  found(what: { id: string; personId: string; name: string; finding: string }): Promise<void>;
}

/** What is kept beside each upload (the upload server's own record). */
interface UploadRecord {
  size?: number;
  metadata?: Record<string, string | null>;
}

/** @param watch undefined: uploads are not scanned for malware */
export function createStaging(folder: string, watch?: UploadWatch): Staging {
  // Whole and clean: an upload does not change any more.
  const clean = new Set<string>();
  const missing = () => new Refusal('upload.notFound', 'There is no such upload.');
  /** Stands in the place of a file that was deleted, and says why. */
  const findingOf = (id: string) => readFile(join(folder, `${id}.infected`), 'utf8').catch(() => undefined);

  async function arrived(id: string, personId: string): Promise<StagedFile> {
    if (!/^[0-9a-f]{32}$/.test(id)) throw missing();
    const path = join(folder, id);
    const record = await readFile(`${path}.json`, 'utf8').then(
      (text): UploadRecord => JSON.parse(text),
      () => undefined,
    );
    if (!record || record.metadata?.person !== personId) throw missing();
    const { filename, relativePath } = record.metadata;
    const named = { name: filename ?? id, relativePath: relativePath ?? null };
    const finding = await findingOf(id);
    if (finding !== undefined) throw infected(finding, named);
    const { size } = await stat(path);
    if (size !== record.size) {
      throw new Refusal('upload.wrongState', 'The upload has not arrived whole yet.', {
        have: size,
        of: record.size,
      });
    }
    return { id, path, ...named, bytes: size };
  }

  return {
    folder,
    arrived,
    async file(id, personId) {
      const f = await arrived(id, personId);
      if (!watch || clean.has(id)) return f;
      const finding = await watch.scan(f.path);
      if (finding === undefined) {
        clean.add(id);
        return f;
      }
      await watch.found({ id, personId, name: f.name, finding });
      await writeDurably(join(folder, `${id}.infected`), finding);
      await rm(f.path, { force: true });
      throw infected(finding, f);
    },
    async adopt(from, { id, personId, name, relativePath }) {
      if (!/^[0-9a-f]{32}$/.test(id)) throw missing();
      const path = join(folder, id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const there = await arrived(id, personId).catch(() => undefined);
      if (there) return there.bytes;
      await rm(path, { force: true });
      await copyFile(from, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      await chmod(path, 0o600);
      await syncFile(path);
      const { size } = await stat(path);
      const record = { id, size, metadata: { filename: name, relativePath, person: personId } };
      await writeDurably(`${path}.json`, JSON.stringify(record));
      return size;
    },
    async remove(id) {
      if (!/^[0-9a-f]{32}$/.test(id)) return;
      clean.delete(id);
      for (const end of ['', '.json', '.infected']) await rm(join(folder, `${id}${end}`), { force: true });
    },
  };
}

function infected(
  finding: string,
  { name, relativePath }: Pick<StagedFile, 'name' | 'relativePath'>,
): Refusal {
  return new Refusal(
    'upload.infected',
    `The malware scanner found “${finding}” in this file. It was deleted and is not taken in.`,
    { finding, name, relativePath },
  );
}
