import { openRepository } from '#formats/ocfl';
import type { DigestPool } from '#kernel/checksums';
import { openSealed, seal } from '#kernel/sealing';
import type { StoreRow } from '../store/stores.ts';
import {
  createProbing,
  type OpenStore,
  openCopies,
  PATIENCE,
  type Patience,
  type Probed,
  type StoreSecrets,
} from './openStore.ts';

type Row = Pick<StoreRow, 'id' | 'isMain' | 'location' | 'sealed'>;

export type OpenStores = ReturnType<typeof createOpenStores>;

const placeOfSeal = (id: string) => `preservation.store/${id}`;

/** Closes a store's secrets for the database. */
export const sealSecrets = (id: string, secrets: StoreSecrets, masterKey: Uint8Array): string =>
  seal(Buffer.from(JSON.stringify(secrets), 'utf8'), placeOfSeal(id), masterKey);

/**
 * Stores by their rows, each opened once, and again after its row changed.
 *
 * @param main the storage root, which the house has open
 */
export function createOpenStores(
  pool: DigestPool,
  masterKey: Uint8Array,
  main: OpenStore,
  patience: Patience = PATIENCE,
) {
  const probing = createProbing(patience);
  const opened = new Map<string, { key: string; store: Promise<OpenStore> }>();

  function anew({ id, location, sealed }: Row): Promise<OpenStore> {
    const text = sealed && openSealed(sealed, placeOfSeal(id), masterKey).toString('utf8');
    const secrets = text ? (JSON.parse(text) as StoreSecrets) : null;
    return openCopies({ location, secrets }, { pool, limits: patience.calls });
  }

  return {
    /** @throws Refusal and file errors when the store is not there */
    async open(row: Row): Promise<OpenStore> {
      if (row.isMain) return main;
      const key = JSON.stringify([row.location, row.sealed]);
      const before = opened.get(row.id);
      if (before?.key === key) return before.store;
      const store = anew(row);
      opened.set(row.id, { key, store });
      store.catch(() => opened.delete(row.id));
      return store;
    },
    /** Looks at a store as if for the first time. Never throws. A disk with another store's note is foreign. */
    async probe(row: Row): Promise<Probed> {
      const seen = await probing.probe(row.id, async () => {
        if (row.isMain) return { ...main, repository: await openRepository({ store: main.store }) };
        const store = await anew(row);
        store.close();
        return store;
      });
      if (row.isMain || seen.note === null || seen.note.storeId === row.id) return seen;
      return { ...seen, reach: 'foreign', trouble: 'another store lies there, by its note', note: null };
    },
    /** A store that was away is opened anew. */
    forget: (id: string) => opened.delete(id),
  };
}
