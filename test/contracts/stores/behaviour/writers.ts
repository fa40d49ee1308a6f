import { describe, expect, it } from 'vitest';
import { openRepository } from '#formats/ocfl';
import { atPlace } from '../atPlace.ts';
import type { PlaceKind } from '../place.ts';
import { contentOf, errorsOf, ID, version } from '../words.ts';

export function keepsWritersApart(kind: PlaceKind): void {
  describe('keeps writers apart', () => {
    const here = atPlace(kind);

    it('with a lock that one has at a time, in one process or several', async () => {
      const other = await here.place.open();
      const lock = await here.store.lock('a/b');
      await expect(here.store.lock('a/b')).rejects.toMatchObject({ code: 'ocfl.locked' });
      await expect(other.lock('a/b')).rejects.toMatchObject({ code: 'ocfl.locked' });
      await (await other.lock('a/c')).release();
      await lock.release();
      await (await other.lock('a/b')).release();
      expect(await here.place.leftovers()).toEqual([]);
    });

    it('so that of many at one object each wrote whole or was refused', async () => {
      const writers = await Promise.all(
        Array.from({ length: 6 }, async () => openRepository({ store: await here.place.open() })),
      );
      const outcomes = await Promise.allSettled(
        writers.map((w, i) => w.putVersion(ID, version({ [`file${i}`]: `${i}` }))),
      );
      const good = outcomes.flatMap((o, i) => (o.status === 'fulfilled' ? [i] : []));
      expect(good.length).toBeGreaterThan(0);
      for (const o of outcomes)
        if (o.status === 'rejected')
          expect(['ocfl.locked', 'ocfl.headMoved', 'ocfl.objectExists']).toContain(o.reason.code);
      const wanted = Object.fromEntries(good.map((i) => [`file${i}`, `${i}`]));
      expect(await contentOf(here.repository)).toEqual(wanted);
      expect(await here.repository.listVersions(ID)).toHaveLength(good.length);
      expect(await errorsOf(here.store)).toEqual([]);
      expect(await here.place.leftovers()).toEqual([]);
    });

    it('and refuses a version after another head than was meant', async () => {
      await here.repository.putVersion(ID, version({ a: 'x' }));
      const late = here.repository.putVersion(ID, version({ b: 'y' }, { expectedHead: null }));
      await expect(late).rejects.toMatchObject({ code: 'ocfl.headMoved' });
    });

    it('and leaves those that live alone when it sweeps', async () => {
      const path = here.repository.pathOf(ID);
      const lock = await here.store.lock(path);
      const draft = await here.store.draft({ objectPath: path, version: 'v1', isNew: true });
      await draft.putBytes('v1/content/a', Buffer.from('x'));
      const other = await openRepository({ store: await here.place.open() });
      expect(await other.sweepStaging()).toEqual({ discarded: 0, recovered: [] });
      expect((await draft.readAll('v1/content/a', 10))?.toString()).toBe('x');
      await draft.discard();
      await lock.release();
      expect(await here.place.leftovers()).toEqual([]);
    });
  });
}
