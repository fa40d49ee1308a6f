import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStorageRoot, openRepository, walkObjects } from '#formats/ocfl';
import { atPlace } from '../atPlace.ts';
import type { PlaceKind } from '../place.ts';
import { contentOf, errorsOf, ID, version } from '../words.ts';

export function keepsVersions(kind: PlaceKind): void {
  describe('keeps versions', () => {
    const here = atPlace(kind);

    it('that others would accept, and gives each of them back', async () => {
      const { repository, store, place } = here;
      const first = { 'pages/0001.jpg': 'one', 'pages/0002.jpg': 'two' };
      await repository.putVersion(ID, version(first));
      const put = await repository.putVersion(
        ID,
        version({ 'pages/0001.jpg': 'ONE', 'copy.jpg': 'two' }, { remove: ['pages/0002.jpg'] }),
      );
      expect(put).toMatchObject({ version: 'v2', written: true });
      expect(put.files[1]).toMatchObject({ contentPath: 'v1/content/pages/0002.jpg', deduplicated: true });
      expect(await contentOf(repository)).toEqual({ 'pages/0001.jpg': 'ONE', 'copy.jpg': 'two' });
      expect(await contentOf(repository, 'v1')).toEqual(first);
      expect(await errorsOf(store)).toEqual([]);
      expect(await place.leftovers()).toEqual([]);
    });

    it('that another process sees at once', async () => {
      await here.repository.putVersion(ID, version({ a: 'x' }));
      const other = await openRepository({ store: await here.place.open() });
      expect(await contentOf(other)).toEqual({ a: 'x' });
      await other.putVersion(ID, version({ b: 'y' }));
      expect(await contentOf(here.repository)).toEqual({ a: 'x', b: 'y' });
    });

    it('from files, each content once', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'lantai-source-'));
      const source = { path: join(folder, '原件 ①.tif') };
      await writeFile(source.path, Buffer.alloc(300_000, 7));
      const files = ['a/1.tif', 'b/2.tif'].map((logicalPath) => ({ logicalPath, source }));
      const put = await here.repository.putVersion(ID, { ...version({}), files });
      expect(put.files.map((f) => f.deduplicated)).toEqual([false, true]);
      expect(await here.store.list(`${put.path}/v1/content`)).toEqual([{ name: 'a', kind: 'folder' }]);
      expect(await errorsOf(here.store)).toEqual([]);
      expect((await here.repository.putVersion(ID, { ...version({}), files })).written).toBe(false);
      await rm(folder, { recursive: true });
    });

    it('of content of any kind, empty content too', async () => {
      const content = { empty: '', zero: '\0'.repeat(5), text: '全宗\r\n\u{20000}\uFEFF', 'a/b/c/d': 'deep' };
      await here.repository.putVersion(ID, version(content));
      expect(await contentOf(here.repository)).toEqual(content);
      expect(await errorsOf(here.store)).toEqual([]);
    });

    it.each(['urn:x:中文 全宗', 'urn:x:../../etc', 'a/b\\c:*?"<>|', `long${'x'.repeat(300)}`, '%2e%2e', ' '])(
      'of an object called %j',
      async (id) => {
        await here.repository.putVersion(id, version({ a: id }));
        expect(await contentOf(here.repository, undefined, id)).toEqual({ a: id });
        expect(await errorsOf(here.store)).toEqual([]);
        const walked: string[] = [];
        for await (const path of walkObjects(here.store)) walked.push(path);
        expect(walked).toEqual([here.repository.pathOf(id)]);
      },
    );

    it('of many objects at once, and fails only those that are wrong', async () => {
      const list = Array.from({ length: 20 }, (_, i) => ({
        objectId: `urn:x:${i}`,
        next: version({ a: `${i}` }),
      }));
      list[7] = { objectId: 'urn:x:7', next: version({ '../escape': 'x' }) };
      list[8] = { objectId: 'urn:x:9', next: version({ a: 'twice in one batch' }) };
      const outcomes = await here.repository.putVersions(list);
      expect(outcomes[7]).toMatchObject({ error: { code: 'ocfl.unsafePath' } });
      const twice = [outcomes[8], outcomes[9]].filter((o) => o && 'error' in o);
      expect(twice).toMatchObject([{ error: { code: 'ocfl.locked' } }]);
      expect(outcomes.filter((o) => 'result' in o)).toHaveLength(18);
      expect(await errorsOf(here.store)).toEqual([]);
      expect(await here.place.leftovers()).toEqual([]);
    });

    it('only of the source that was meant, and leaves nothing of another', async () => {
      const file = {
        logicalPath: 'a',
        source: { bytes: Buffer.from('x') },
        expect: { sha256: '0'.repeat(64) },
      };
      const put = here.repository.putVersion(ID, { ...version({ b: 'y' }), files: [file] });
      await expect(put).rejects.toMatchObject({ code: 'ocfl.sourceDiffers' });
      const missing = { logicalPath: 'a', source: { path: '/nowhere/at/all' } };
      const from = here.repository.putVersion(ID, { ...version({}), files: [missing] });
      await expect(from).rejects.toMatchObject({ code: 'ENOENT' });
      expect(await here.repository.exists(ID)).toBe(false);
      expect(await here.store.list(here.repository.pathOf(ID))).toBeNull();
      expect(await here.place.leftovers()).toEqual([]);
    });

    it('in a root that is made once, and is finished when its making was interrupted', async () => {
      await createStorageRoot(here.store);
      await here.place.lose('0=ocfl_1.1');
      await createStorageRoot(here.store);
      expect(await errorsOf(here.store)).toEqual([]);
      const other = { extension: '0004-hashed-n-tuple-storage-layout', config: {} };
      await expect(createStorageRoot(here.store, other)).rejects.toMatchObject({ code: 'ocfl.rootDiffers' });
    });
  });
}
