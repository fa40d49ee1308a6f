import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPlace } from '../atPlace.ts';
import type { PlaceKind } from '../place.ts';
import { errorsOf, ID, version } from '../words.ts';

const MIB = 1024 * 1024;

export function takesWhatIsLarge(kind: PlaceKind): void {
  describe('takes', () => {
    const here = atPlace(kind);
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'lantai-large-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    /** A file of this many bytes, no two pieces of it the same. */
    async function large(bytes: number): Promise<{ path: string; sha512: string }> {
      const path = join(folder, `${bytes}.bin`);
      const file = await open(path, 'w');
      const hash = createHash('sha512');
      for (let at = 0, n = 0; at < bytes; at += MIB, n++) {
        const piece = createHash('sha512').update(String(n)).digest();
        const chunk = Buffer.alloc(Math.min(MIB, bytes - at), piece);
        hash.update(chunk);
        await file.writeFile(chunk);
      }
      await file.close();
      return { path, sha512: hash.digest('hex') };
    }

    it.each([8 * MIB - 1, 8 * MIB, 8 * MIB + 1, 16 * MIB])('a file of %i bytes', async (bytes) => {
      const { path, sha512 } = await large(bytes);
      const put = await here.repository.putVersion(ID, {
        ...version({}),
        files: [{ logicalPath: 'a.bin', source: { path } }],
      });
      expect(put.files[0]).toMatchObject({ size: bytes, digests: { sha512 } });
      expect(await errorsOf(here.store)).toEqual([]);
    });

    it('a file of 120 MB, and any part of it', { timeout: 120_000 }, async () => {
      const bytes = 120_000_123;
      const { path, sha512 } = await large(bytes);
      const put = await here.repository.putVersion(ID, {
        ...version({}),
        files: [{ logicalPath: 'a.bin', source: { path }, expect: { sha512 } }],
      });
      expect(put.files[0]?.digests.sha512).toBe(sha512);
      const range = { start: 77_777_777, end: 77_777_777 + 3 * MIB };
      const opened = await here.repository.openFile(ID, 'a.bin', { range });
      expect(opened.size).toBe(bytes);
      const wanted = await buffer(createReadStream(path, range));
      expect((await buffer(opened.stream)).equals(wanted)).toBe(true);
      expect(await errorsOf(here.store)).toEqual([]);
    });

    it('bytes that come piece by piece, more than one part of them', { timeout: 120_000 }, async () => {
      const lock = await here.store.lock('x');
      const draft = await here.store.draft({ objectPath: 'x', version: 'v1', isNew: true });
      function* pieces() {
        for (let n = 0; n < 500; n++) yield Buffer.alloc(100_000, n);
      }
      const put = await draft.putStream('v1/content/stream', pieces(), ['sha256']);
      expect(put.size).toBe(50_000_000);
      expect(await draft.digest('v1/content/stream', ['sha256'])).toEqual(put);
      const top = await draft.putStream('inventory.json', pieces(), ['sha256']);
      expect(await draft.digest('inventory.json', ['sha256'])).toEqual(top);
      await draft.discard();
      await lock.release();
      expect(await here.store.list('x')).toBeNull();
      expect(await here.place.leftovers()).toEqual([]);
    });

    it('many files in one object', { timeout: 120_000 }, async () => {
      const names = Array.from({ length: 1200 }, (_, i) => [`part${i % 7}/${i}.txt`, `content ${i}`]);
      await here.repository.putVersion(ID, version(Object.fromEntries(names)));
      expect((await here.repository.getObject(ID)).files()).toHaveLength(1200);
      expect(await errorsOf(here.store)).toEqual([]);
      expect(await here.store.list(`${here.repository.pathOf(ID)}/v1/content/part3`)).toHaveLength(171);
    });
  });
}
