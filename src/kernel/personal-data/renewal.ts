import type { AuditActor, AuditTrail } from '../audit.ts';
import type { Database, Tx } from '../db.ts';
import type { JobKind, Jobs } from '../jobs.ts';
import type { Log } from '../log.ts';
import type { PersonalCipher } from './cipher.ts';
import { deleteKey, keysToReplace, retiredKeys } from './keys.ts';
import type { PersonalVault } from './vault.ts';

export const RENEW_PERSONAL_JOB = 'renew-personal-data';

/** Which values are closed anew: those an earlier version left readable, or those under a replaced key. */
export type Renewed = 'readable' | 'replacedKey';

/** Where a module keeps personal data of one purpose. */
export interface PersonalShelf {
  purpose: string;
  /**
   * Closes at most `limit` such values anew, in the given transaction of the owner, in the order of their ids.
   *
   * @param after where the batch before ended
   * @returns last: where this one ended, null when there was none left; broken: what does not open and stays as it is
   */
  renew(tx: Tx, which: Renewed, limit: number, after: string | null): Promise<RenewedBatch>;
}

export interface RenewedBatch {
  done: number;
  last: string | null;
  broken: readonly string[];
}

export interface RenewalDeps {
  db: Database;
  log: Log;
  audit: AuditTrail;
  vault: PersonalVault;
  cipher: PersonalCipher;
  shelves: readonly PersonalShelf[];
}

export interface PersonalRenewal {
  kind: JobKind;
  /** Closes what an earlier version left readable, before anything is served. Killed, the next start goes on. */
  settle(): Promise<number>;
  /**
   * New keys for writing, in one archive or all; the job then closes what lies under the old ones anew.
   *
   * @returns how many keys were replaced; each is an entry of the trail
   */
  rotate(jobs: Jobs, o: RotationOrder): Promise<number>;
  /** Replaces keys of another cipher than the set one, and starts the job where replaced keys are left. */
  startWhereNeeded(jobs: Jobs): Promise<void>;
}

/** Who asks for new keys, and why. */
export interface RotationOrder {
  actor: AuditActor;
  reason?: string;
  archiveId?: string;
}

const BATCH = 200;
const SYSTEM: AuditActor = { id: null, name: 'lantai' };

export function createRenewal({ db, log, audit, vault, cipher, shelves }: RenewalDeps): PersonalRenewal {
  const purposes = shelves.map((shelf) => shelf.purpose);

  /** Each batch is its own transaction: whatever ends this, what is done is done and the rest is found again. */
  async function renewAll(
    which: Renewed,
    signal?: AbortSignal,
    told?: (done: number) => void,
  ): Promise<number> {
    let done = 0;
    for (const shelf of shelves) {
      let after: string | null = null;
      do {
        signal?.throwIfAborted();
        const batch: RenewedBatch = await db.system((tx) => shelf.renew(tx, which, BATCH, after));
        for (const id of batch.broken)
          log.error({ purpose: shelf.purpose, id }, 'personal data that does not open');
        done += batch.done;
        told?.(done);
        after = batch.last;
      } while (after !== null);
    }
    return done;
  }

  async function dropUnused(): Promise<void> {
    for (const id of await retiredKeys(db.owner)) {
      try {
        await db.system((tx) => deleteKey(tx, id));
      } catch (e) {
        // A value was written under it since, by a transaction that had begun before: the next run finds it.
        if (!(e instanceof Error && 'code' in e && e.code === '23503')) throw e;
      }
    }
  }

  async function replace(
    o: { archiveId?: string; otherThan?: PersonalCipher },
    by: Omit<RotationOrder, 'archiveId'>,
  ): Promise<number> {
    const found = await keysToReplace(db.owner, { ...o, purposes });
    for (const { archiveId, purpose } of found)
      await db.system(async (tx) => {
        await vault.replaceKey(tx, archiveId, purpose);
        await audit.append(tx, {
          actor: by.actor,
          archiveId,
          act: 'personal.keyReplaced',
          target: { type: 'archive', id: archiveId },
          ...(by.reason === undefined ? {} : { purpose: by.reason }),
          detail: { of: purpose, cipher },
        });
      });
    return found.length;
  }

  const start = (jobs: Jobs) =>
    db.system((tx) => jobs.enqueue(tx, RENEW_PERSONAL_JOB, {}, { followed: false }));

  return {
    kind: {
      name: RENEW_PERSONAL_JOB,
      async run({ signal, progress }) {
        const renewed = await renewAll('replacedKey', signal, (done) => progress({ step: 'storing', done }));
        await dropUnused();
        return { renewed };
      },
    },
    settle: () => renewAll('readable'),
    async rotate(jobs, { archiveId, ...by }) {
      const replaced = await replace(archiveId === undefined ? {} : { archiveId }, by);
      if (replaced > 0) await start(jobs);
      return replaced;
    },
    async startWhereNeeded(jobs) {
      await replace({ otherThan: cipher }, { actor: SYSTEM });
      if ((await retiredKeys(db.owner)).length > 0) await start(jobs);
    },
  };
}
