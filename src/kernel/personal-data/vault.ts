import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Sql, Tx } from '../db.ts';
import type { NewId } from '../ids.ts';
import { openSealed, seal } from '../sealing.ts';
import {
  closeValue,
  keyIdOf,
  matchOf,
  type OpenKey,
  openKey,
  openValue,
  type PersonalCipher,
  ValueBroken,
} from './cipher.ts';
import { insertKey, keyById, keyInUse, keysOf, lockKeys, retireKey, type StoredKey } from './keys.ts';
import { type MatchField, normalised } from './normalised.ts';

export interface VaultOptions {
  clock: Clock;
  newId: NewId;
  /** 32 bytes, kept outside the database. */
  masterKey: Uint8Array;
  /** For keys made from now on. Values under another cipher stay readable. */
  cipher: PersonalCipher;
}

/** The key new values of an archive and purpose are closed with. */
export interface WritingKey {
  /** Stored beside each value, as a reference to lantai.data_key. */
  id: string;
  /** @param place what the value belongs to; it opens for the same place alone */
  close(place: string, value: string): string;
  /** Null where nothing is left to match. */
  match(field: MatchField, value: string): Buffer | null;
}

/**
 * Keeps personal data closed in the database: a data key per archive and purpose, itself closed with the master key.
 * All functions take part in the caller's transaction. The application's role reads and adds the closed keys of its
 * archives; replacing one is the system's.
 */
export interface PersonalVault {
  writing(tx: Tx, archiveId: string, purpose: string): Promise<WritingKey>;
  /** @throws ValueBroken */
  open(tx: Tx, place: string, closed: string): Promise<string>;
  /** What a value may be found by, under the key in use and those being replaced. Empty: nothing to match. */
  matches(tx: Tx, archiveId: string, purpose: string, field: MatchField, value: string): Promise<Buffer[]>;
  /** Puts a new key in the place of the one in use; values under the old one stay readable. */
  replaceKey(tx: Tx, archiveId: string, purpose: string): Promise<void>;
}

export function createVault(o: VaultOptions): PersonalVault {
  // Opened keys by id: an id never stands for another key, so nothing here grows stale.
  const opened = new Map<string, OpenKey>();
  const place = (k: Pick<StoredKey, 'id' | 'archiveId' | 'purpose' | 'cipher'>) =>
    `lantai/data-key/${k.id}/${k.archiveId}/${k.purpose}/${k.cipher}`;

  function unwrap(stored: StoredKey): OpenKey {
    const known = opened.get(stored.id);
    if (known) return known;
    const key = openKey(stored.id, stored.cipher, openSealed(stored.sealed, place(stored), o.masterKey));
    opened.set(stored.id, key);
    return key;
  }

  async function make(tx: Tx, archiveId: string, purpose: string): Promise<StoredKey> {
    const key = { id: o.newId(), archiveId, purpose, cipher: o.cipher };
    const stored = { ...key, sealed: seal(randomBytes(32), place(key), o.masterKey) };
    await insertKey(tx, stored, o.clock.now());
    return stored;
  }

  async function current(tx: Tx, archiveId: string, purpose: string): Promise<StoredKey> {
    const known = await keyInUse(tx, archiveId, purpose);
    if (known) return known;
    await lockKeys(tx, archiveId, purpose);
    return (await keyInUse(tx, archiveId, purpose)) ?? make(tx, archiveId, purpose);
  }

  async function byId(tx: Sql, id: string): Promise<OpenKey> {
    const known = opened.get(id);
    if (known) return known;
    const stored = await keyById(tx, id);
    if (!stored) throw new ValueBroken(`the data key ${id} is not there`);
    return unwrap(stored);
  }

  return {
    async writing(tx, archiveId, purpose) {
      const key = unwrap(await current(tx, archiveId, purpose));
      return {
        id: key.id,
        close: (at, value) => closeValue(key, at, value),
        match(field, value) {
          const normal = normalised(field, value);
          return normal === '' ? null : matchOf(key, field, normal);
        },
      };
    },
    async open(tx, at, closed) {
      const id = keyIdOf(closed);
      const key = await byId(tx, id);
      return openValue(key, at, closed);
    },
    async matches(tx, archiveId, purpose, field, value) {
      const normal = normalised(field, value);
      if (normal === '') return [];
      const keys = await keysOf(tx, archiveId, purpose);
      return keys.map((key) => matchOf(unwrap(key), field, normal));
    },
    async replaceKey(tx, archiveId, purpose) {
      await lockKeys(tx, archiveId, purpose);
      const old = await keyInUse(tx, archiveId, purpose);
      if (old) await retireKey(tx, old.id, o.clock.now());
      await make(tx, archiveId, purpose);
    },
  };
}
