import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical.ts';
import type { Clock } from '../clock.ts';
import { sql, type Tx } from '../db.ts';
import type { NewId } from '../ids.ts';

export type HashAlgorithm = 'sha256' | 'sm3';

/** Who acts. The name is kept beside the id: a trail must read well after accounts are gone. */
export interface AuditActor {
  id: string | null;
  name: string;
}

/** One act on a record or a right. */
export interface AuditAct {
  actor: AuditActor;
  /** Archive the thing belongs to, or null for the installation itself. */
  archiveId: string | null;
  /** Stable, dotted: `unit.created`, `import.committed`, `certificate.issued`. */
  act: string;
  target: { type: string; id: string };
  /** Why, under which rule, before and after. Text, integers, booleans, lists and objects of them. */
  detail?: Record<string, unknown>;
}

export interface AuditEntry extends Required<AuditAct> {
  id: string;
  at: Date;
}

/** Writes entries in the transaction of the act. If it can not be written, the act does not happen. */
export interface AuditTrail {
  append(tx: Tx, act: AuditAct): Promise<string>;
}

/** The bytes an entry's leaf hash is made over: canonical JSON (RFC 8785) of all its fields. */
export function entryBytes(e: AuditEntry): Buffer {
  return Buffer.from(
    canonicalJson({
      id: e.id,
      at: e.at.toISOString(),
      actor: { id: e.actor.id, name: e.actor.name },
      archiveId: e.archiveId,
      act: e.act,
      target: { type: e.target.type, id: e.target.id },
      detail: e.detail,
    }),
    'utf8',
  );
}

/** Leaf hash of RFC 9162, 2.1.1: H(0x00 || entry). */
export function leafHashOf(algorithm: HashAlgorithm, e: AuditEntry): Buffer {
  return createHash(algorithm).update(Buffer.of(0)).update(entryBytes(e)).digest();
}

/**
 * @param algorithm SHA-256, or SM3 by setting; stored with each entry
 */
export function createAuditTrail(clock: Clock, newId: NewId, algorithm: HashAlgorithm): AuditTrail {
  return {
    async append(tx, act) {
      // Through JSON once, so that the hash is made over what the database will give back.
      const detail = JSON.parse(JSON.stringify(act.detail ?? {})) as Record<string, unknown>;
      const entry: AuditEntry = { ...act, detail, id: newId(), at: clock.now() };
      const leaf = leafHashOf(algorithm, entry);
      await sql`with e as (
        insert into audit.entry (id, at, actor_id, actor_name, archive_id, act, target_type, target_id, detail, algorithm, leaf_hash)
        values (${entry.id}, ${entry.at}, ${entry.actor.id}, ${entry.actor.name}, ${entry.archiveId}, ${entry.act},
          ${entry.target.type}, ${entry.target.id}, ${JSON.stringify(detail)}::jsonb, ${algorithm}, ${leaf}))
        insert into audit.unplaced (entry_id, at) values (${entry.id}, ${entry.at})`.execute(tx);
      return entry.id;
    },
  };
}
