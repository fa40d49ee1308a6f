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
  /**
   * Runs something under circumstances that every entry written meanwhile takes over, unless it names its own: the
   * address of a request.
   */
  within<T>(circumstances: Circumstances, run: () => T): T;
}

/**
 * @param algorithm SHA-256, or SM3 by setting; stored with each entry
 */
export function createAuditTrail(clock: Clock, newId: NewId, algorithm: HashAlgorithm): AuditTrail {
  const around = new AsyncLocalStorage<Circumstances>();
  return {
    within: (circumstances, run) => around.run({ ...around.getStore(), ...circumstances }, run),
    async append(tx, act) {
      const entry = entryToWrite(act, around.getStore() ?? {}, newId(), clock.now());
      const leaf = leafHashOf(algorithm, entry);
      await sql`with e as (
        insert into audit.entry (id, at, actor_id, actor_name, archive_id, act, target_type, target_id, detail,
          purpose, address, result, rule, algorithm, leaf_hash)
        values (${entry.id}, ${entry.at}, ${entry.actor.id}, ${entry.actor.name}, ${entry.archiveId}, ${entry.act},
          ${entry.target.type}, ${entry.target.id}, ${JSON.stringify(entry.detail)}::jsonb,
          ${entry.purpose ?? null}, ${entry.address ?? null}, ${entry.result ?? null},
          ${entry.rule ? JSON.stringify(entry.rule) : null}::jsonb, ${algorithm}, ${leaf}))
        insert into audit.unplaced (entry_id, at) values (${entry.id}, ${entry.at})`.execute(tx);
      return entry.id;
    },
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
