import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical.ts';

export type HashAlgorithm = 'sha256' | 'sm3';

/** Who acts. The name is kept beside the id: a trail must read well after accounts are gone. */
export interface AuditActor {
  id: string | null;
  name: string;
  /** For whom the actor stands in, archive by archive: an entry of such an archive names them in its detail. */
  delegatedBy?: ReadonlyMap<string, readonly { id: string; name: string }[]>;
}

/** How an act ended. An entry without one tells of an act that was done. */
export type AuditResult = 'done' | 'refused' | 'failed';

/** The rule an act was done or refused under. */
export interface AuditRule {
  id: string;
  version: string;
}

/** Circumstances of an act: what stands in an entry only where it is known. */
export interface Circumstances {
  /** Why, in the words of who acts. */
  purpose?: string | undefined;
  /** Network address the act was asked for from. */
  address?: string | undefined;
  result?: AuditResult | undefined;
  rule?: AuditRule | undefined;
}

/** One act on a record or a right. */
export interface AuditAct extends Circumstances {
  actor: AuditActor;
  /** Archive the thing belongs to, or null for the installation itself. */
  archiveId: string | null;
  /** Stable, dotted: `unit.created`, `import.committed`, `certificate.issued`. */
  act: string;
  target: { type: string; id: string };
  /** Before and after, and what else tells of the act. Text, integers, booleans, lists and objects of them. */
  detail?: Record<string, unknown>;
}

export interface AuditEntry extends AuditAct {
  id: string;
  at: Date;
  detail: Record<string, unknown>;
}

/**
 * The bytes an entry's leaf hash is made over: canonical JSON (RFC 8785) of all its fields. A circumstance that is not
 * known is not in the bytes, so that entries from before there were circumstances keep their hashes.
 */
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
      purpose: e.purpose,
      address: e.address,
      result: e.result,
      rule: e.rule && { id: e.rule.id, version: e.rule.version },
    }),
    'utf8',
  );
}

/** Leaf hash of RFC 9162, 2.1.1: H(0x00 || entry). */
export function leafHashOf(algorithm: HashAlgorithm, e: AuditEntry): Buffer {
  return createHash(algorithm).update(Buffer.of(0)).update(entryBytes(e)).digest();
}
