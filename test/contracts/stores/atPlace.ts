import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { createStorageRoot, type OcflRepository, openRepository, type Store } from '#formats/ocfl';
import type { Place, PlaceKind } from './place.ts';

export interface Here {
  place: Place;
  store: Store;
  repository: OcflRepository;
}

/** A storage root in a fresh place of the kind for each test. */
export function atPlace(kind: PlaceKind): Here {
  const here = {} as Here;
  beforeAll(kind.begin, 120_000);
  afterAll(kind.end);
  beforeEach(async () => {
    here.place = await kind.make();
    here.store = await here.place.open();
    await createStorageRoot(here.store);
    here.repository = await openRepository({ store: here.store });
  });
  afterEach(() => here.place.close());
  return here;
}
