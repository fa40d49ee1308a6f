import type { Clock } from '../clock.ts';
import { type Database, sql, type Tx } from '../db.ts';
import { messageOf } from '../errors.ts';
import type { KeyOwner, Keyring } from '../keyring.ts';
import type { Log } from '../log.ts';
import { append, emptyFrontier, type Frontier, rootOf, treeHash } from '../merkle.ts';
import { signStatement } from '../signing/statement.ts';
import type { HashAlgorithm } from './entry.ts';

const BATCH = 5_000;
/** Entries get their place within a second of their commit. */
const EVERY_MS = 500;
const CHECKPOINT_EVERY_MS = 60_000;
const SEQUENCER_LOCK = 4_201_949_102;

export const INSTALLATION: KeyOwner = { id: null, code: 'LANTAI', name: 'Lantai' };

export interface SequencerDeps {
  db: Database;
  clock: Clock;
  log: Log;
  keyring: Keyring;
  /** Of a tree that is begun now. */
  algorithm: HashAlgorithm;
  /** Keeps a checkpoint in a second place (a file beside the database). */
  publish(statement: string): Promise<void>;
}

export interface Sequencer {
  /** Places what is committed now. Returns how many entries got a place. */
  place(): Promise<number>;
  /** Signs the present head of the tree, unless it is signed already. */
  checkpoint(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/**
 * Gives committed entries their place in the tree. One sequencer works at a time (an advisory lock); writers of entries
 * wait for nobody.
 */
export function createSequencer(deps: SequencerDeps): Sequencer {
  const { db, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let lastCheckpoint = 0;
  let stopped = false;

  const placeBatch = () =>
    db.system(async (tx) => {
      const locked = await sql<{
        ok: boolean;
      }>`select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) as ok`.execute(tx);
      if (!locked.rows[0]!.ok) return 0;
      const waiting = await sql<{ id: string; leaf: Buffer }>`with w as (
          delete from audit.unplaced where entry_id in (
            select entry_id from audit.unplaced order by at, entry_id limit ${BATCH}) returning entry_id)
        select e.id, e.leaf_hash as leaf from w join audit.entry e on e.id = w.entry_id order by e.at, e.id`.execute(
        tx,
      );
      if (waiting.rows.length === 0) return 0;
      const { algorithm, ...before } = await readFrontier(tx, deps.algorithm);
      const tree = treeHash(algorithm);
      const after = append(
        tree,
        before,
        waiting.rows.map((r) => r.leaf),
      );
      await sql`insert into audit.leaf (position, entry_id, leaf_hash)
        select ${before.size}::bigint + n - 1, id, leaf from unnest(${waiting.rows.map((r) => r.id)}::uuid[],
          ${waiting.rows.map((r) => r.leaf)}::bytea[]) with ordinality as t (id, leaf, n)`.execute(tx);
      await sql`insert into audit.frontier (one, algorithm, size, hashes)
        values (true, ${algorithm}, ${after.size}, ${[...after.peaks]}::bytea[])
        on conflict (one) do update set size = excluded.size, hashes = excluded.hashes`.execute(tx);
      return waiting.rows.length;
    });

  const checkpoint = () =>
    db
      .system(async (tx) => {
        const frontier = await readFrontier(tx, deps.algorithm);
        if (frontier.size === 0) return undefined;
        const known = await sql`select 1 from audit.checkpoint where size = ${frontier.size}`.execute(tx);
        if (known.rows.length > 0) return undefined;
        const { algorithm } = frontier;
        const root = rootOf(treeHash(algorithm), frontier);
        const keys = await deps.keyring.signing(tx, INSTALLATION);
        const statement = signStatement(keys, {
          type: 'lantai/checkpoint',
          payload: { size: frontier.size, root: root.toString('hex'), algorithm },
          now: deps.clock.now(),
        }).toString('utf8');
        await sql`insert into audit.checkpoint (size, root, algorithm, statement, made_at)
          values (${frontier.size}, ${root}, ${algorithm}, ${statement}, ${deps.clock.now()})
          on conflict do nothing`.execute(tx);
        return statement;
      })
      .then((statement) => (statement ? deps.publish(statement) : undefined));

  async function round(): Promise<void> {
    while (!stopped && (await placeBatch()) === BATCH);
    if (Date.now() - lastCheckpoint >= CHECKPOINT_EVERY_MS) {
      lastCheckpoint = Date.now();
      await checkpoint();
    }
  }

  return {
    async place() {
      let placed = 0;
      for (let n = await placeBatch(); n > 0; n = await placeBatch()) placed += n;
      return placed;
    },
    checkpoint,
    start() {
      const tick = () => {
        working = round()
          .catch((e) => log.error({ err: messageOf(e) }, 'audit sequencer'))
          .then(() => {
            if (!stopped) timer = setTimeout(tick, EVERY_MS);
          });
      };
      tick();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}

/** The edge of the tree. A tree keeps the algorithm it was begun with, whatever the setting says later. */
async function readFrontier(tx: Tx, begun: HashAlgorithm): Promise<Frontier & { algorithm: HashAlgorithm }> {
  const r = await sql<{ algorithm: HashAlgorithm; size: number; hashes: Buffer[] }>`
    select algorithm, size, hashes from audit.frontier`.execute(tx);
  const row = r.rows[0];
  return row
    ? { algorithm: row.algorithm, size: row.size, peaks: row.hashes }
    : { algorithm: begun, ...emptyFrontier };
}
