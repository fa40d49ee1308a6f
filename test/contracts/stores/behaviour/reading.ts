import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { atPlace } from '../atPlace.ts';
import type { PlaceKind } from '../place.ts';
import { contentOf, ID, version } from '../words.ts';

export function readsAsItLies(kind: PlaceKind): void {
  describe('reads', () => {
    const here = atPlace(kind);
    const path = () => `${here.repository.pathOf(ID)}/v1/content/a.txt`;

    it('ranges, from the first byte to beyond the last', async () => {
      await here.repository.putVersion(ID, version({ 'a.txt': '0123456789' }));
      const read = async (start: number, end?: number) =>
        (await buffer(await here.store.open(path(), { start, end }))).toString();
      expect(await read(0, 0)).toBe('0');
      expect(await read(3, 5)).toBe('345');
      expect(await read(7)).toBe('789');
      expect(await read(7, 99)).toBe('789');
      expect(await read(10)).toBe('');
    });

    it('sizes, digests and small files, and says what is absent', async () => {
      await here.repository.putVersion(ID, version({ 'a.txt': '0123456789' }));
      expect(await here.store.sizeOf(path())).toBe(10);
      const sha512 = createHash('sha512').update('0123456789').digest('hex');
      expect(await here.store.digest(path(), ['sha512'])).toMatchObject({ size: 10, digests: { sha512 } });
      expect((await here.store.readAll(path(), 10))?.toString()).toBe('0123456789');
      await expect(here.store.readAll(path(), 9)).rejects.toMatchObject({ code: 'ocfl.tooLarge' });
      const absent = `${path()}.not`;
      expect(await here.store.sizeOf(absent)).toBeNull();
      expect(await here.store.digest(absent, ['sha512'])).toBeNull();
      expect(await here.store.readAll(absent, 10)).toBeNull();
      expect(await here.store.list(absent)).toBeNull();
      await expect(here.store.open(absent)).rejects.toMatchObject({ code: 'ocfl.contentMissing' });
    });

    it('a folder as no file, and a file as no folder', async () => {
      await here.repository.putVersion(ID, version({ 'a.txt': 'x' }));
      const folder = here.repository.pathOf(ID);
      expect(await here.store.sizeOf(folder)).toBeNull();
      expect(await here.store.list(path())).toBeNull();
      expect(await here.store.sizeOf(`${path()}/below`)).toBeNull();
    });

    it.each(['../outside', 'a/../../b', '/etc/passwd', 'a//b', 'a/', './a', 'a\0b', 'a\\b'])(
      'nothing by the path %j',
      async (hostile) => {
        const unsafe = { code: 'ocfl.unsafePath' };
        await expect((async () => here.store.readAll(hostile, 10))()).rejects.toMatchObject(unsafe);
        await expect((async () => here.store.open(hostile))()).rejects.toMatchObject(unsafe);
        await expect((async () => here.store.list(hostile))()).rejects.toMatchObject(unsafe);
        await expect((async () => here.store.sizeOf(hostile))()).rejects.toMatchObject(unsafe);
        await expect((async () => here.store.digest(hostile, ['sha256']))()).rejects.toMatchObject(unsafe);
        await here.store.lock('x');
        const draft = await here.store.draft({ objectPath: 'x', version: 'v1', isNew: true });
        await expect(draft.putBytes(hostile, Buffer.from('x'))).rejects.toMatchObject(unsafe);
        await draft.discard();
      },
    );

    it.each([
      ['a flipped bit', (bytes: Buffer) => Buffer.from(bytes.map((b, i) => (i === 4 ? b ^ 1 : b)))],
      ['a file cut short', (bytes: Buffer) => bytes.subarray(0, 3)],
      ['a file grown longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
    ])('%s as damaged', async (_, change) => {
      await here.repository.putVersion(ID, version({ 'a.txt': '0123456789' }));
      await here.place.alter(path(), change);
      await expect(contentOf(here.repository)).rejects.toMatchObject({ code: 'ocfl.contentDamaged' });
      expect((await here.repository.verify(ID)).map((f) => f.code)).toContain('E092');
    });

    it('a lost file as lost, and an altered inventory as not to be trusted', async () => {
      const { path: object } = await here.repository.putVersion(ID, version({ 'a.txt': 'x', b: 'y' }));
      await here.place.lose(path());
      await expect(contentOf(here.repository)).rejects.toMatchObject({ code: 'ocfl.contentMissing' });
      await here.place.alter(`${object}/inventory.json`, (bytes) =>
        Buffer.from(bytes.toString().replace('Taken in', 'Taken on')),
      );
      await expect(here.repository.getObject(ID)).rejects.toMatchObject({ code: 'ocfl.damagedInventory' });
      await expect(here.repository.putVersion(ID, version({ c: 'z' }))).rejects.toMatchObject({
        code: 'ocfl.damagedObject',
      });
    });
  });
}
