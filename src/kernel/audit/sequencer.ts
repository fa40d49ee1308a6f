import type { Clock } from '../clock.ts';
import { type Database, sql } from '../db.ts';
import { messageOf } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import type { Log } from '../log.ts';
import { append, treeHash } from '../merkle.ts';
import { checkpointsAfter, SIGNING_LOCK, signHead } from './checkpoints.ts';
import type { CheckpointCopy } from './copy.ts';
import type { HashAlgorithm } from './entry.ts';
import { readFrontier, writeFrontier } from './frontier.ts';
import { nodeCollector, nodesAreStored, remakeNodes, storeNodes } from './nodes.ts';
import { goesOnAfter } from './restored.ts';
import { ownTrust } from './trust.ts';

const BATCH = 5_000;
/** Entries get their place within a second of their commit. */
const EVERY_MS = 500;
/** Unless it is set otherwise. */
const CHECKPOINT_EVERY_MS = 60_000;
const SEQUENCER_LOCK = 4_201_949_102;
const COPIED_AT_ONCE = 500;

export interface SequencerDeps {
  db: Database;
  clock: Clock;
  log: Log;
  keyring: Keyring;
  /** Of a tree that is begun now. */
  algorithm: HashAlgorithm;
  /** Second places that keep the checkpoints. */
  copies: readonly CheckpointCopy[];
  /** How long a head waits at most to be signed. Default a minute. */
  checkpointEveryMs?: number;
  /** What has to be said before anything is signed. */
  settle?(): Promise<void>;
  /** Told after a checkpoint was signed: other archives countersign it. */
  onCheckpoint?(): Promise<void>;
  /** Told now and then, an hour apart at least: what has had its time goes. */
  onHour?(): Promise<void>;
}

export interface Sequencer {
  /** Places what is committed now. Returns how many entries got a place. */
  place(): Promise<number>;
  /** Signs the present head of the tree, unless it is signed already, and brings the copies up to it. */
  checkpoint(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/**
 * Gives committed entries their place in the tree. One sequencer works at a time (an advisory lock); writers of entries
 * wait for nobody.
 */
export function createSequencer(deps: SequencerDeps): Sequencer {
  const { db, log, checkpointEveryMs = CHECKPOINT_EVERY_MS } = deps;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let lastCheckpoint = 0;
  let lastHour = 0;
  let hourly: Promise<void> | undefined;
  let stopped = false;

  const placeBatch = () =>
    db.system(async (tx) => {
      const locked = await sql<{
        ok: boolean;
      }>`select pg_try_advisory_xact_lock(${SEQUENCER_LOCK}) as ok`.execute(tx);
      if (!locked.rows[0]!.ok) return 0;
      // A mark whose entry is gone stays: it is what shows that there was one.
      const waiting = await sql<{ id: string; leaf: Buffer }>`with w as (
          delete from audit.unplaced where entry_id in (
            select u.entry_id from audit.unplaced u where exists (select 1 from audit.entry e where e.id = u.entry_id)
            order by u.at, u.entry_id limit ${BATCH}) returning entry_id)
        select e.id, e.leaf_hash as leaf from w join audit.entry e on e.id = w.entry_id order by e.at, e.id`.execute(
        tx,
      );
      if (waiting.rows.length === 0) return 0;
      const { algorithm, ...before } = await readFrontier(tx, deps.algorithm);
      const tree = treeHash(algorithm);
      if (!(await nodesAreStored(tx, before.size))) await remakeNodes(tx, tree);
      const { nodes, onNode } = nodeCollector();
      const leaves = waiting.rows.map((r) => r.leaf);
      const after = append(tree, before, leaves, onNode);
      await sql`insert into audit.leaf (position, entry_id, leaf_hash)
        select ${before.size}::bigint + n - 1, id, leaf from unnest(${waiting.rows.map((r) => r.id)}::uuid[],
          ${leaves}::bytea[]) with ordinality as t (id, leaf, n)`.execute(tx);
      await storeNodes(tx, nodes);
      await writeFrontier(tx, algorithm, after);
      return waiting.rows.length;
    });

  async function checkpoint(): Promise<void> {
    await deps.settle?.();
    const made = await db.system(async (tx) => {
      await sql`select pg_advisory_xact_lock(${SIGNING_LOCK})`.execute(tx);
      return signHead(deps, tx);
    });
    for (const copy of deps.copies) await bringUp(copy);
    if (made) await deps.onCheckpoint?.();
  }

  /** A place that can not be reached now gets what it lacks later; work does not wait for it. */
  async function bringUp(copy: CheckpointCopy): Promise<void> {
    try {
      for (;;) {
        const end = await copy.last();
        const lacking = await db.system(async (tx) =>
          checkpointsAfter(tx, await goesOnAfter(tx, () => ownTrust(deps, tx), end), COPIED_AT_ONCE),
        );
        if (lacking.length === 0) return;
        await copy.add(lacking.map((c) => c.statement));
      }
    } catch (e) {
      log.error(
        { err: messageOf(e), copy: copy.name },
        'checkpoints could not be written to their second place',
      );
    }
  }

  async function round(): Promise<void> {
    while (!stopped && (await placeBatch()) === BATCH);
    if (Date.now() - lastCheckpoint >= checkpointEveryMs) {
      lastCheckpoint = Date.now();
      await checkpoint();
    }
    if (deps.onHour && !hourly && Date.now() - lastHour >= 3_600_000) {
      lastHour = Date.now();
      // Beside the rounds: entries are placed within a second whatever else has its time.
      hourly = deps
        .onHour()
        .catch((e) => log.error({ err: messageOf(e) }, 'what is done every hour'))
        .finally(() => {
          hourly = undefined;
        });
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
      await hourly;
    },
  };
}
