import { describe, expect, it } from 'vitest';
import { createStorageRoot, openRepository } from '#formats/ocfl';
import { atPlace } from '../atPlace.ts';
import { Killed, type PlaceKind } from '../place.ts';
import { contentOf, errorsOf, ID, version } from '../words.ts';

const OTHER = 'urn:x:other';

export function removesWhole(kind: PlaceKind): void {
  describe('removes', () => {
    const here = atPlace(kind);

    it('an object with all its versions, and no other', async () => {
      const { repository, store, place } = here;
      await repository.putVersion(ID, version({ a: 'one' }));
      await repository.putVersion(ID, version({ a: 'two' }));
      await repository.putVersion(OTHER, version({ a: 'three' }));
      await repository.destroyObject(ID);
      expect(await repository.exists(ID)).toBe(false);
      expect(await repository.leavesAnything(ID)).toBe(false);
      expect(await contentOf(repository, undefined, OTHER)).toEqual({ a: 'three' });
      expect(await errorsOf(store)).toEqual([]);
      expect(await place.leftovers()).toEqual([]);
    });

    it('nothing that is being written', async () => {
      const { repository, place } = here;
      await repository.putVersion(ID, version({ a: 'one' }));
      const lock = await (await place.open()).lock(repository.pathOf(ID));
      await expect(repository.destroyObject(ID)).rejects.toMatchObject({ code: 'ocfl.locked' });
      await lock.release();
      expect(await contentOf(repository)).toEqual({ a: 'one' });
    });

    it('to the end when it is done again after a kill at any step', { timeout: 240_000 }, async () => {
      for (let steps = 1; steps < 100; steps++) {
        const place = await kind.make();
        const store = await place.open();
        await createStorageRoot(store);
        const repository = await openRepository({ store });
        await repository.putVersion(ID, version({ a: 'one', b: 'two' }));
        const dying = place
          .dying(steps, true)
          .then((s) => openRepository({ store: s }))
          .then((r) => r.destroyObject(ID));
        const done = await dying.then(
          () => true,
          (e: unknown) => {
            if (!(e instanceof Killed)) throw e;
            return false;
          },
        );
        await place.kill();
        // Whole, or not to be read as an object at all.
        const again = await openRepository({ store: await place.open() });
        if (await again.exists(ID)) expect(await contentOf(again)).toEqual({ a: 'one', b: 'two' });
        await again.destroyObject(ID);
        expect(await again.leavesAnything(ID)).toBe(false);
        await again.sweepStaging();
        expect(await errorsOf(store)).toEqual([]);
        expect(await place.leftovers()).toEqual([]);
        await place.close();
        if (done) return;
      }
      throw new Error('removing needs more steps than were tried');
    });
  });
}
