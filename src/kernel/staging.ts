import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from './errors.ts';

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
   * A whole upload of this person.
   *
   * @throws Refusal `upload.notFound` also for another person's, `upload.wrongState` while pieces are missing
   */
  file(id: string, personId: string): Promise<StagedFile>;
  remove(id: string): Promise<void>;
}

/** What is kept beside each upload (the upload server's own record). */
interface UploadRecord {
  size?: number;
  metadata?: Record<string, string | null>;
}

export function createStaging(folder: string): Staging {
  return {
    folder,
    async file(id, personId) {
      const missing = new Refusal('upload.notFound', 'There is no such upload.');
      if (!/^[0-9a-f]{32}$/.test(id)) throw missing;
      const path = join(folder, id);
      const record = await readFile(`${path}.json`, 'utf8').then(
        (text): UploadRecord => JSON.parse(text),
        () => undefined,
      );
      if (!record || record.metadata?.person !== personId) throw missing;
      const { size } = await stat(path);
      if (size !== record.size) {
        throw new Refusal('upload.wrongState', 'The upload has not arrived whole yet.', {
          have: size,
          of: record.size,
        });
      }
      const { filename, relativePath } = record.metadata;
      return { id, path, name: filename ?? id, relativePath: relativePath ?? null, bytes: size };
    },
    async remove(id) {
      if (!/^[0-9a-f]{32}$/.test(id)) return;
      await rm(join(folder, id), { force: true });
      await rm(join(folder, `${id}.json`), { force: true });
    },
  };
}
