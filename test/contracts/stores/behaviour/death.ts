import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStorageRoot, openRepository } from '#formats/ocfl';
import { atPlace } from '../atPlace.ts';
import { Killed, type Place, type PlaceKind } from '../place.ts';
import { contentOf, errorsOf, ID, version } from '../words.ts';

const MOST_STEPS = 150;

export function survivesDeath(kind: PlaceKind): void {
  describe.each([
    ['before', false],
    ['after', true],
  ])('a writer killed %s any step', (_, answered) => {
    const here = atPlace(kind);

    /** Lets the work run in processes that die at their first, second, third … step, until one gets through. */
    async function dieEverywhere(
      work: (place: Place, steps: number) => Promise<unknown>,
      after: (place: Place, acknowledged: boolean) => Promise<void>,
    ): Promise<void> {
      for (let steps = 1; steps < MOST_STEPS; steps++) {
        const place = await kind.make();
        await createStorageRoot(await place.open());
        let acknowledged = true;
        try {
          await work(place, steps);
        } catch (e) {
          if (!(e instanceof Killed)) throw e;
          acknowledged = false;
        }
        await place.kill();
        await after(place, acknowledged);
        await place.close();
        if (acknowledged) return;
      }
      throw new Error('the work needs more steps than were tried');
    }
    const opened = async (place: Place) => openRepository({ store: await place.open() });
    const dying = async (place: Place, steps: number) => {
      const store = await place.dying(steps, answered);
      return openRepository({ store });
    };

    async function isWholeAgain(place: Place): Promise<void> {
      const store = await place.open();
      const repository = await openRepository({ store });
      const { recovered } = await repository.sweepStaging();
      expect(recovered.filter((r) => r.recovery.outcome === 'damaged')).toEqual([]);
      expect(await errorsOf(store)).toEqual([]);
      expect(await place.leftovers()).toEqual([]);
    }

    it('of a new object leaves it there whole, or not at all', { timeout: 240_000 }, async () => {
      const content = { a: 'one', 'b/c': 'two' };
      await dieEverywhere(
        async (place, steps) => (await dying(place, steps)).putVersion(ID, version(content)),
        async (place, acknowledged) => {
          const before = await opened(place);
          if (acknowledged || (await before.exists(ID))) expect(await contentOf(before)).toEqual(content);
          await isWholeAgain(place);
          const repository = await opened(place);
          if (acknowledged || (await repository.exists(ID)))
            expect(await contentOf(repository)).toEqual(content);
          await repository.putVersion(ID, version(content));
          expect(await contentOf(repository)).toEqual(content);
        },
      );
      expect(here.place).toBeDefined();
    });

    it('of a version of files that are held already leaves none of them twice', {
      timeout: 240_000,
    }, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'lantai-twice-'));
      const path = join(folder, 'same');
      await writeFile(path, 'one');
      const files = ['b', 'c'].map((logicalPath) => ({ logicalPath, source: { path } }));
      await dieEverywhere(
        async (place, steps) => {
          await (await opened(place)).putVersion(ID, version({ a: 'one' }));
          await (await dying(place, steps)).putVersion(ID, { ...version({}), files });
        },
        async (place) => {
          await isWholeAgain(place);
          expect((await contentOf(await opened(place))).a).toBe('one');
        },
      );
      await rm(folder, { recursive: true });
    });

    it('of a version leaves the old head or the new one', { timeout: 240_000 }, async () => {
      const old = { a: 'one', b: 'two' };
      const next = { a: 'ONE', b: 'two', c: 'two', 'd/e': 'three' };
      await dieEverywhere(
        async (place, steps) => {
          await (await opened(place)).putVersion(ID, version(old));
          await (await dying(place, steps)).putVersion(ID, version({ a: 'ONE', c: 'two', 'd/e': 'three' }));
        },
        async (place, acknowledged) => {
          const possible = acknowledged ? [next] : [old, next];
          expect(possible).toContainEqual(await contentOf(await opened(place)));
          expect(await contentOf(await opened(place), 'v1')).toEqual(old);
          await isWholeAgain(place);
          const repository = await opened(place);
          expect(possible).toContainEqual(await contentOf(repository));
          await repository.putVersion(ID, version({ z: 'last' }));
          expect(await contentOf(repository)).toMatchObject({ z: 'last' });
        },
      );
    });

    it('is followed by the next writer without a sweep', { timeout: 240_000 }, async () => {
      await dieEverywhere(
        async (place, steps) => {
          await (await opened(place)).putVersion(ID, version({ a: 'one' }));
          await (await dying(place, steps)).putVersion(ID, version({ a: 'two' }));
        },
        async (place) => {
          const store = await place.open();
          const repository = await openRepository({ store });
          await repository.putVersion(ID, version({ b: 'three' }));
          const content = await contentOf(repository);
          expect(content.b).toBe('three');
          expect(['one', 'two']).toContain(content.a);
          await isWholeAgain(place);
        },
      );
    });

    it('while it recovers leaves a root that can be recovered', { timeout: 240_000 }, async () => {
      await dieEverywhere(
        async (place, steps) => {
          await (await opened(place)).putVersion(ID, version({ a: 'one' }));
          // About where versions become visible.
          const first = await dying(place, kind.name.startsWith('a bucket') ? 30 : 12);
          await first.putVersion(ID, version({ a: 'two' })).catch((e: unknown) => {
            if (!(e instanceof Killed)) throw e;
          });
          await place.kill();
          await (await dying(place, steps)).sweepStaging();
        },
        async (place) => {
          await isWholeAgain(place);
          expect(['one', 'two']).toContain((await contentOf(await opened(place))).a);
        },
      );
    });
  });
}
