import type { Clock } from './clock.ts';
import { type Sql, sql, type Tx } from './db.ts';
import type { PdfAlgorithm, StatementAlgorithm } from './signing/algorithms.ts';
import {
  createKeySet,
  type KeySet,
  maySign,
  openKeySet,
  type PublicKeySet,
  type SealedKeySet,
  sealKeySet,
} from './signing/keyset.ts';
import { trustBundlePem } from './signing/trust.ts';

/** Whose keys: an archive, or the installation itself (id null). */
export interface KeyOwner {
  id: string | null;
  code: string;
  name: string;
}

export interface KeyringOptions {
  clock: Clock;
  /** 32 bytes, kept outside the database. */
  masterKey: Uint8Array;
  statementAlgorithm: StatementAlgorithm;
  pdfAlgorithm: PdfAlgorithm;
  /** Told of new public certificates, so that they are kept in the storage root too. */
  published?(owner: KeyOwner, pem: string): Promise<void>;
}

export interface Keyring {
  /** The living key set of an owner; made at first use, replaced when past its time. */
  signing(tx: Tx, owner: KeyOwner): Promise<KeySet>;
  /** Retires the living set and makes a new one. What the old one signed stays verifiable. */
  rotate(tx: Tx, owner: KeyOwner): Promise<KeySet>;
  /** All public certificates an owner ever had, newest first, as one PEM text. */
  trustBundle(db: Sql, ownerId: string | null): Promise<string>;
}

const YEARS = 10;
/**
 * A new set may sign from so long before it was made: by then its first user has looked at the clock, and another machine's
 * clock may be behind. Without it, a set made in the next second would be "not yet valid" for who had it made.
 */
const CLOCKS_DIFFER_MS = 10 * 60_000;

export function createKeyring(o: KeyringOptions): Keyring {
  async function make(tx: Tx, owner: KeyOwner): Promise<KeySet> {
    const set = await createKeySet({
      archiveCode: owner.code,
      // A certificate's name field holds 64 characters; the signing code asks for 51 at most.
      archiveName: [...owner.name].slice(0, 50).join(''),
      statementAlgorithm: o.statementAlgorithm,
      pdfAlgorithm: o.pdfAlgorithm,
      now: new Date(o.clock.now().getTime() - CLOCKS_DIFFER_MS),
      years: YEARS,
    });
    const sealed = sealKeySet(set, o.masterKey);
    await sql`insert into lantai.key_set (id, archive_id, public, sealed)
      values (${set.id}, ${owner.id}, ${JSON.stringify(sealed.public)}::jsonb,
        ${JSON.stringify({ pdfKey: sealed.pdfKey, statementKey: sealed.statementKey })}::jsonb)`.execute(tx);
    await o.published?.(owner, await bundle(tx, owner.id));
    return set;
  }

  async function retire(tx: Tx, owner: KeyOwner): Promise<void> {
    await sql`update lantai.key_set set retired_at = now()
      where archive_id is not distinct from ${owner.id}::uuid and retired_at is null`.execute(tx);
  }

  async function living(tx: Tx, ownerId: string | null): Promise<SealedKeySet | undefined> {
    const r = await sql<{ public: PublicKeySet; sealed: Omit<SealedKeySet, 'public'> }>`
      select public, sealed from lantai.key_set
      where archive_id is not distinct from ${ownerId}::uuid and retired_at is null`.execute(tx);
    const row = r.rows[0];
    return row && { public: row.public, ...row.sealed };
  }

  /** One maker at a time for an owner, so that two first uses do not make two sets. */
  async function lock(tx: Tx, owner: KeyOwner): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`keys:${owner.id ?? ''}`}, 0))`.execute(tx);
  }

  async function bundle(db: Sql, ownerId: string | null): Promise<string> {
    const r = await sql<{ public: PublicKeySet }>`select public from lantai.key_set
      where archive_id is not distinct from ${ownerId}::uuid order by created_at desc`.execute(db);
    return r.rows.length === 0 ? '' : trustBundlePem(...r.rows.map((x) => x.public));
  }

  return {
    async signing(tx, owner) {
      let stored = await living(tx, owner.id);
      if (!stored || !maySign(stored.public, o.clock.now())) {
        await lock(tx, owner);
        stored = await living(tx, owner.id);
        if (stored && !maySign(stored.public, o.clock.now())) await retire(tx, owner);
        if (!stored || !maySign(stored.public, o.clock.now())) return make(tx, owner);
      }
      return openKeySet(stored, o.masterKey);
    },
    async rotate(tx, owner) {
      await lock(tx, owner);
      await retire(tx, owner);
      return make(tx, owner);
    },
    trustBundle: bundle,
  };
}

/** Key sets in a database that this master key does not open, by their ids. */
export async function closedKeySets(db: Sql, masterKey: Uint8Array): Promise<string[]> {
  const r = await sql<{ id: string; public: PublicKeySet; sealed: Omit<SealedKeySet, 'public'> }>`
    select id, public, sealed from lantai.key_set order by created_at`.execute(db);
  return r.rows
    .filter((row) => {
      try {
        openKeySet({ public: row.public, ...row.sealed }, masterKey);
        return false;
      } catch {
        return true;
      }
    })
    .map((row) => row.id);
}
