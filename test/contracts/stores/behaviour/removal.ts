import { describe, expect, it } from 'vitest';
import { createStorageRoot, type OcflRepository, openRepository } from '#formats/ocfl';
import { atPlace } from '../atPlace.ts';
import { Killed, type PlaceKind } from '../place.ts';
import { contentOf, errorsOf, ID, version } from '../words.ts';

const MOST_STEPS = 150;
const OTHER = 'urn:uuid:01900000-0000-7000-8000-000000000002';

async function twoObjects(repository: OcflRepository): Promise<void> {
  await repository.putVersion(ID, version({ 'content/a.txt': 'first', 'metadata/b.json': '{}' }));
  await repository.putVersion(ID, version({ 'content/a.txt': 'second' }));
  await repository.putVersion(OTHER, version({ 'content/a.txt': 'stays' }));
}

/** An object taken out for good: for disposal alone. */
export function letsGo(kind: PlaceKind): void {
  describe('taking an object out', () => {
    const here = atPlace(kind);

    it('leaves nothing of it, and its neighbours as they are; twice is as good as once', async () => {
      const store = await here.place.open();
      await createStorageRoot(store);
      const repository = await openRepository({ store });
      await twoObjects(repository);
      await repository.destroyObject(ID);
      expect(await repository.leavesAnything(ID)).toBe(false);
      expect(await repository.exists(ID)).toBe(false);
      await expect(repository.getObject(ID)).rejects.toMatchObject({ code: 'ocfl.notFound' });
      expect(await contentOf(repository, undefined, OTHER)).toEqual({ 'content/a.txt': 'stays' });
      await repository.destroyObject(ID);
      expect(await errorsOf(store)).toEqual([]);
      expect(await here.place.leftovers()).toEqual([]);
    });

    it('is refused while somebody writes it', async () => {
      const store = await here.place.open();
      await createStorageRoot(store);
      const repository = await openRepository({ store });
      await twoObjects(repository);
      const lock = await store.lock(repository.pathOf(ID));
      await expect(repository.destroyObject(ID)).rejects.toMatchObject({ code: 'ocfl.locked' });
      await lock.release();
      expect(await contentOf(repository)).toMatchObject({ 'content/a.txt': 'second' });
    });

    it.each([
      ['before', false],
      ['after', true],
    ])(
      'killed %s any step, is whole or not to be read, and goes the next time',
      async (_, answered) => {
        for (let steps = 1; steps < MOST_STEPS; steps++) {
          const place = await kind.make();
          const first = await place.open();
          await createStorageRoot(first);
          await twoObjects(await openRepository({ store: first }));
          let done = true;
          try {
            const dying = await openRepository({ store: await place.dying(steps, answered) });
            await dying.destroyObject(ID);
          } catch (e) {
            if (!(e instanceof Killed)) throw e;
            done = false;
          }
          await place.kill();
          const store = await place.open();
          const repository = await openRepository({ store });
          await repository.sweepStaging();
          if (await repository.exists(ID).catch(() => false))
            expect(await contentOf(repository)).toMatchObject({ 'content/a.txt': 'second' });
          await repository.destroyObject(ID);
          expect(await repository.leavesAnything(ID)).toBe(false);
          expect(await contentOf(repository, undefined, OTHER)).toEqual({ 'content/a.txt': 'stays' });
          expect(await errorsOf(store)).toEqual([]);
          expect(await place.leftovers()).toEqual([]);
          await place.close();
          if (done) return;
        }
        throw new Error('the removal needs more steps than were tried');
      },
      240_000,
    );
  });
}
