import type { AuditActor } from './audit.ts';
import type { Capability } from './capabilities.ts';
import type { Clock } from './clock.ts';
import { PUBLIC, type Scope, SYSTEM } from './db.ts';
import { Refusal } from './errors.ts';
import {
  filingReachOf,
  fits,
  type Grant,
  isWhole,
  type Post,
  reachOf,
  type Thing,
  type Viewer,
} from './visibility.ts';
import type { Language } from './wording.ts';

export { CAPABILITIES, type Capability } from './capabilities.ts';
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
  /** How the session was opened: with the password alone or a proof in its place, or with a second factor. */
  factors?: 'password' | 'two';
  /** When the person last proved to be who they are. Absent: by an API token, never in this way. */
  authenticatedAt?: Date | null;
  /** The session or API token the request came with. */
  via?: { kind: 'session' | 'token'; id: string };
  /** Has roles that count only in a session with a second factor. */
  withheld?: boolean;
  /** The same post by post, with the categories a post is limited to. Absent: one post of each archive's rights. */
  posts?: readonly Post[];
  /** Leave given in single cases that has not run out. */
  grants?: readonly Grant[];
  /** Archives where the person stands in for others besides, and for whom. */
  delegatedBy?: ReadonlyMap<string, readonly { id: string; name: string }[]>;
  /** The day of the asking in the archives' time zone, `YYYY-MM-DD`; leave in single cases counts by it. */
  today?: string;
}

export function publicActor(language: Language = 'zh-CN'): Actor {
  return { kind: 'public', id: null, name: 'public', language, rights: new Map() };
}

/** The system acting for somebody at the command line, or for itself in a job. */
export function systemActor(name: string, id: string | null = null): Actor {
  return { kind: 'system', id, name, language: 'zh-CN', rights: new Map() };
}

/** What an act is on: an entry of the catalogue, by what posts are limited to, or the archive with all its entries. */
export type ActOn = Pick<Thing, 'category' | 'fondsId'> | 'whole';

/**
 * Whether the actor may do this in this archive.
 *
 * @param on absent: to anything there, as for offering a page. An act names what it is on: one post has to have the
 * capability and reach that far. On an entry the post has to read it as well, as in the rule of visibility.
 */
export function can(actor: Actor, capability: Capability, archiveId: string, on?: ActOn): boolean {
  if (actor.kind === 'system') return true;
  if (on === undefined) return actor.rights.get(archiveId)?.has(capability) ?? false;
  return viewerOf(actor).posts.some(
    (p) =>
      p.archiveId === archiveId &&
      p.capabilities.has(capability) &&
      (on === 'whole' ? isWhole(p) : p.capabilities.has('holdings.read') && fits(p, on)),
  );
}

/**
 * Demands a capability.
 *
 * @param hidden refusal for those who may not even know of the thing: answers like "does not exist"
 * @param on what the act is on; see `can`
 */
export function demand(
  actor: Actor,
  capability: Capability,
  archiveId: string,
  hidden?: Refusal,
  on?: ActOn,
): void {
  if (can(actor, capability, archiveId, on)) return;
  if (hidden && !can(actor, 'holdings.read', archiveId, on)) throw hidden;
  throw new Refusal('actor.forbidden', 'Your roles in this archive do not include this.', { capability });
}

/** An agency, and the archive it gives its records to. */
export interface AgencyOf {
  archiveId: string;
  agencyId: string;
}

/**
 * Whether the actor may do this for an agency: in its own name by a post there, in the archive's by a post that no agency
 * limits. A post has to read filing as well.
 */
export function canFor(actor: Actor, capability: Capability, { archiveId, agencyId }: AgencyOf): boolean {
  if (actor.kind === 'system') return true;
  return viewerOf(actor).posts.some(
    (p) =>
      p.archiveId === archiveId &&
      p.categories === null &&
      p.capabilities.has('filing.read') &&
      p.capabilities.has(capability) &&
      (!p.agencies || p.agencies.includes(agencyId)),
  );
}

/**
 * Demands a capability for an agency.
 *
 * @param hidden refusal for those who may not see what the agency files: answers like "does not exist"
 */
export function demandFor(actor: Actor, capability: Capability, agency: AgencyOf, hidden: Refusal): void {
  if (canFor(actor, capability, agency)) return;
  if (!canFor(actor, 'filing.read', agency)) throw hidden;
  throw new Refusal('actor.forbidden', 'Your roles do not include this for this agency.', { capability });
}

/**
 * Demands that the person proved who they are within the last minutes: for acts that change rights, make tokens, unmask or
 * revoke. The screens ask for the proof and go on.
 *
 * @throws Refusal session.stale; for an API token too, which proves nobody's presence
 */
export function demandFresh(actor: Actor, clock: Clock, minutes = 10): void {
  if (actor.kind === 'system') return;
  const since = actor.authenticatedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  if (clock.now().getTime() - since <= minutes * 60_000) return;
  throw new Refusal('session.stale', 'Show once more that it is you, then go on.', { minutes });
}

/** Who asks, as the rule of visibility takes it. */
export function viewerOf(actor: Actor): Viewer {
  return {
    kind: actor.kind,
    posts:
      actor.posts ??
      [...actor.rights].map(([archiveId, capabilities]) => ({
        archiveId,
        role: '',
        capabilities,
        categories: null,
        fonds: null,
      })),
    grants: actor.grants ?? [],
  };
}

/** The rows that exist for the actor, and those whose pages and text do. */
export function scopeOf(actor: Actor): Scope {
  if (actor.kind === 'system') return SYSTEM;
  if (actor.kind === 'public') return PUBLIC;
  const viewer = viewerOf(actor);
  const today = actor.today ?? '';
  return {
    exists: reachOf(viewer, 'exists', today),
    content: reachOf(viewer, 'content', today),
    filing: filingReachOf(viewer),
    ...(actor.today ? { today: actor.today } : {}),
  };
}

export function auditActor(actor: Actor): AuditActor {
  const { id, name, delegatedBy } = actor;
  return { id, name, ...(delegatedBy ? { delegatedBy } : {}) };
}
