import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../clock.ts';
import { sql, type Tx } from '../db.ts';
import type { NewId } from '../ids.ts';
import {
  type AuditAct,
  type AuditEntry,
  type Circumstances,
  type HashAlgorithm,
  leafHashOf,
} from './entry.ts';
import { writable, writableText } from './text.ts';

/** Writes entries in the transaction of the act. If it can not be written, the act does not happen. */
export interface AuditTrail {
  append(tx: Tx, act: AuditAct): Promise<string>;
  /** Several of one transaction, an entry each. */
  appendAll(tx: Tx, acts: readonly AuditAct[]): Promise<void>;
  /**
   * Runs something under circumstances that every entry written meanwhile takes over, unless it names its own: the
   * address of a request.
   */
  within<T>(circumstances: Circumstances, run: () => T): T;
  /** The circumstances that hold here, for an act that is written down elsewhere. */
  around(): Circumstances;
}

/**
 * @param algorithm SHA-256, or SM3 by setting; stored with each entry
 */
export function createAuditTrail(clock: Clock, newId: NewId, algorithm: HashAlgorithm): AuditTrail {
  const around = new AsyncLocalStorage<Circumstances>();
  const write = async (tx: Tx, entries: readonly AuditEntry[]): Promise<void> => {
    if (entries.length === 0) return;
    const each = <T>(of: (e: AuditEntry) => T) => entries.map(of);
    const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
    await sql`with e as (
      insert into audit.entry (id, at, actor_id, actor_name, archive_id, act, target_type, target_id, detail,
        purpose, address, result, rule, algorithm, leaf_hash)
      select e.id, e.at, e.actor_id, e.actor_name, e.archive_id, e.act, e.target_type, e.target_id, e.detail, e.purpose,
        e.address, e.result, e.rule, ${algorithm}, e.leaf
      from unnest(${each((e) => e.id)}::uuid[], ${each((e) => e.at)}::timestamptz[], ${each((e) => e.actor.id)}::uuid[],
        ${each((e) => e.actor.name)}::text[], ${each((e) => e.archiveId)}::uuid[], ${each((e) => e.act)}::text[],
        ${each((e) => e.target.type)}::text[], ${each((e) => e.target.id)}::text[], ${each((e) => json(e.detail))}::jsonb[],
        ${each((e) => e.purpose ?? null)}::text[], ${each((e) => e.address ?? null)}::text[],
        ${each((e) => e.result ?? null)}::text[], ${each((e) => json(e.rule))}::jsonb[],
        ${each((e) => leafHashOf(algorithm, e))}::bytea[])
        as e (id, at, actor_id, actor_name, archive_id, act, target_type, target_id, detail, purpose, address, result, rule, leaf))
      insert into audit.unplaced (entry_id, at)
      select * from unnest(${each((e) => e.id)}::uuid[], ${each((e) => e.at)}::timestamptz[])`.execute(tx);
  };
  return {
    within: (circumstances, run) => around.run({ ...around.getStore(), ...circumstances }, run),
    around: () => ({ ...around.getStore() }),
    async append(tx, act) {
      const entry = entryToWrite(act, around.getStore() ?? {}, newId(), clock.now());
      await write(tx, [entry]);
      return entry.id;
    },
    appendAll: (tx, acts) =>
      write(
        tx,
        acts.map((act) => entryToWrite(act, around.getStore() ?? {}, newId(), clock.now())),
      ),
  };
}

/** The entry in the form the database will give back, so that its hash is made over just that. */
function entryToWrite(act: AuditAct, around: Circumstances, id: string, at: Date): AuditEntry {
  const purpose = act.purpose ?? around.purpose;
  const address = act.address ?? around.address;
  const result = act.result ?? around.result;
  const rule = act.rule ?? around.rule;
  const standsInFor = act.archiveId === null ? undefined : act.actor.delegatedBy?.get(act.archiveId);
  return {
    id,
    at,
    actor: { id: act.actor.id, name: writableText(act.actor.name) },
    archiveId: act.archiveId,
    act: act.act,
    target: { type: act.target.type, id: writableText(act.target.id) },
    detail: writable({ ...act.detail, ...(standsInFor ? { delegatedBy: standsInFor } : {}) }),
    ...(purpose === undefined ? {} : { purpose: writableText(purpose) }),
    ...(address === undefined ? {} : { address: writableText(address) }),
    ...(result === undefined ? {} : { result }),
    ...(rule === undefined ? {} : { rule: { id: rule.id, version: rule.version } }),
  };
}
