import {
  type AuditTrail,
  type CheckpointCopy,
  createAuditTrail,
  createCountersigning,
  createSequencer,
  type HashAlgorithm,
  verifyAudit,
} from '#kernel/audit';
import { fixedClock } from '#kernel/clock';
import { type Database, openDatabase, type Tx } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createKeyring, type KeyOwner } from '#kernel/keyring';
import { silentLog } from '#kernel/log';
import { createOutbound } from '#kernel/outbound';
import { newMasterKey } from '#kernel/signing/sealing';
import { freshDatabase } from './database.ts';

/** An audit trail of the test's own, with its sequencer, copy and countersigning archives. */
export type Trail = Awaited<ReturnType<typeof openTrail>>;

export const COUNTIES: readonly KeyOwner[] = [
  { id: '0190b5a0-0000-7000-8000-0000000000a1', code: '990111', name: '石桥县档案馆' },
  { id: '0190b5a0-0000-7000-8000-0000000000a2', code: '990112', name: '白鹭县档案馆' },
];

export async function openTrail(o: { algorithm?: HashAlgorithm; peers?: readonly string[] } = {}) {
  const fresh = await freshDatabase();
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 3 });
  const algorithm = o.algorithm ?? 'sha256';
  const clock = fixedClock('2025-03-01T02:00:00Z');
  const audit: AuditTrail = createAuditTrail(clock, newId, algorithm);
  const keyring = createKeyring({
    clock,
    masterKey: newMasterKey(),
    statementAlgorithm: 'ed25519',
    pdfAlgorithm: 'p256',
  });
  const lines: string[] = [];
  const copy = memoryCopy(lines);
  const sequencer = createSequencer({ db, clock, log: silentLog, keyring, algorithm, copies: [copy] });
  const countersigning = createCountersigning({
    db,
    clock,
    keyring,
    audit,
    outbound: createOutbound(o.peers ?? []),
    archives: async () => COUNTIES,
  });

  return {
    url: fresh.url,
    db,
    clock,
    audit,
    keyring,
    sequencer,
    countersigning,
    /** What the second place holds. */
    lines,
    /** Writes entries, a millisecond apart. */
    async act(n: number, act = 'unit.corrected'): Promise<string[]> {
      const ids: string[] = [];
      await db.system(async (tx) => {
        for (let i = 0; i < n; i++) {
          clock.set(new Date(clock.now().getTime() + 1).toISOString());
          ids.push(
            await audit.append(tx, {
              actor: { id: i % 3 === 0 ? null : COUNTIES[0]!.id, name: `王某${i % 4}` },
              archiveId: COUNTIES[i % 2]!.id,
              act,
              target: { type: 'unit', id: `u${i}` },
              detail: { before: { title: '旧' }, after: { title: `新${i}`, pages: i } },
              ...(i % 2 === 0 ? { address: '192.0.2.7', purpose: '查考' } : {}),
            }),
          );
        }
      });
      return ids;
    },
    /** Gives places and signs the head, a minute later. */
    async sign(): Promise<void> {
      await sequencer.place();
      clock.set(new Date(clock.now().getTime() + 60_000).toISOString());
      await sequencer.checkpoint();
    },
    verify: () => verifyAudit({ db, clock, keyring, copies: [copy] }),
    /** Verifies inside a transaction, with what it has changed and not committed. */
    verifyIn: (tx: Tx, copied: string[] = lines) =>
      verifyAudit({ db: withSnapshot(db, tx), clock, keyring, copies: [memoryCopy(copied)] }),
    async close(): Promise<void> {
      await db.close();
      await fresh.drop();
    },
  };
}

function withSnapshot(db: Database, tx: Tx): Database {
  return { ...db, snapshot: (fn) => fn(tx) };
}

export function memoryCopy(lines: string[]): CheckpointCopy {
  return {
    name: 'copy',
    async last() {
      const statement = lines.at(-1);
      if (statement === undefined) return undefined;
      return { size: Number(/"size":(\d+)/.exec(statement)?.[1]), statement };
    },
    add: async (statements) => void lines.push(...statements),
    async lines() {
      return (async function* () {
        yield* lines;
      })();
    },
  };
}
