import type { AuditActor } from './audit.ts';
import { archivesScope, PUBLIC, type Scope, SYSTEM } from './db.ts';
import { Refusal } from './errors.ts';
import type { Language } from './wording.ts';

/** What a role may let a person do in an archive. */
export const CAPABILITIES = [
  'holdings.read',
  'holdings.write',
  'import.run',
  'access.propose',
  'access.decide',
  'certificate.request',
  'certificate.approve',
  'people.manage',
  'audit.read',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

export { LANGUAGES, type Language } from './wording.ts';

/** Who asks: a signed-in person, the public, or the system itself (command line, jobs). */
export interface Actor {
  kind: 'person' | 'public' | 'system';
  id: string | null;
  /** For the audit trail. */
  name: string;
  language: Language;
  /** Capabilities per archive id; archives below a subtree membership are written out. */
  rights: ReadonlyMap<string, ReadonlySet<Capability>>;
}

export function publicActor(language: Language = 'zh-CN'): Actor {
  return { kind: 'public', id: null, name: 'public', language, rights: new Map() };
}

/** The system acting for somebody at the command line, or for itself in a job. */
export function systemActor(name: string, id: string | null = null): Actor {
  return { kind: 'system', id, name, language: 'zh-CN', rights: new Map() };
}

/** Whether the actor may do this in this archive. */
export function can(actor: Actor, capability: Capability, archiveId: string): boolean {
  return actor.kind === 'system' || (actor.rights.get(archiveId)?.has(capability) ?? false);
}

/**
 * Demands a capability.
 *
 * @param hidden refusal for those who may not even know of the thing: answers like "does not exist"
 */
export function demand(actor: Actor, capability: Capability, archiveId: string, hidden?: Refusal): void {
  if (can(actor, capability, archiveId)) return;
  if (hidden && !can(actor, 'holdings.read', archiveId)) throw hidden;
  throw new Refusal('actor.forbidden', 'Your roles in this archive do not include this.', { capability });
}

/** The rows that exist for the actor: those of the archives whose holdings it may read, and what is open. */
export function scopeOf(actor: Actor): Scope {
  if (actor.kind === 'system') return SYSTEM;
  if (actor.kind === 'public') return PUBLIC;
  return archivesScope([...actor.rights].filter(([, c]) => c.has('holdings.read')).map(([id]) => id));
}

export function auditActor(actor: Actor): AuditActor {
  return { id: actor.id, name: actor.name };
}
