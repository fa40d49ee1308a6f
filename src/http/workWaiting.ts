import { type Actor, can } from '#kernel/actor';
import type { Database } from '#kernel/db';
import type { Jobs } from '#kernel/jobs';
import { t } from '#kernel/wording';
import type { Access } from '#modules/access';
import type { Accessions } from '#modules/accessions';
import type { Classified } from '#modules/classified';
import type { Digitisation } from '#modules/digitisation';
import type { Guidance } from '#modules/guidance';
import type { CatalogueImport, Holdings } from '#modules/holdings';
import type { Identity } from '#modules/identity';
import type { Intake } from '#modules/intake';
import type { Disposals, Keeping } from '#modules/preservation';
import type { Transfers } from '#modules/transfer';

/** What My work asks. */
export interface WorkDeps {
  db: Database;
  jobs: Jobs;
  holdings: Holdings;
  imports: CatalogueImport;
  digitisation: Digitisation;
  access: Access;
  identity: Pick<Identity, 'rightsChanges'>;
  disposals: Pick<Disposals, 'waiting'>;
  copies: Pick<Keeping, 'alarmsWaiting'>;
  transfers: Pick<Transfers, 'waiting' | 'stuck' | 'blocked'>;
  guidance: Pick<Guidance, 'waiting'>;
  classified: Pick<Classified, 'list'>;
  intake: Pick<Intake, 'waiting'>;
  accessions: Pick<Accessions, 'waiting'>;
}

/** Changes of rights that wait; nobody decides on his own. */
async function rightsWaiting(deps: WorkDeps, actor: Actor) {
  const { items } = await deps.identity.rightsChanges(actor, { state: 'proposed', limit: 100 });
  return items.map((c) => ({
    kind: 'rightsChange' as const,
    id: c.id,
    title: c.personName ? `${c.personName} · ${c.reason}` : c.reason,
    since: c.proposedAt.toISOString(),
    archiveId: c.archiveId,
    by: c.proposedBy,
    mayDecide: can(actor, 'rights.approve', c.archiveId) && c.personId !== actor.id,
  }));
}

/** Lists of what is to be destroyed that wait for voices. */
async function disposalsWaiting(deps: WorkDeps, actor: Actor) {
  return (await deps.disposals.waiting(actor, 100)).map((d) => ({
    kind: 'disposal' as const,
    id: d.id,
    title: `${d.number} · ${d.title}`,
    since: d.proposedAt.toISOString(),
    archiveId: d.archiveId,
    by: d.proposedBy,
    mayDecide: d.mayDecide,
  }));
}

/** Batches on their way from an agency that wait for a hand. */
async function transfersWaiting(deps: WorkDeps, actor: Actor) {
  return (await deps.transfers.waiting(actor, 100)).map(({ batch, mayAct }) => ({
    kind: 'transfer' as const,
    id: batch.id,
    title: `${batch.agencyName} · ${batch.title}`,
    since: batch.movedAt.toISOString(),
    archiveId: batch.archiveId,
    // Their own is for its preparers to go on with as well.
    by: mayAct ? '' : batch.preparedBy,
    mayDecide: mayAct,
  }));
}

/** Batches that go on no further by themselves. */
async function stuckTransfers(deps: WorkDeps, actor: Actor) {
  return (await deps.transfers.stuck(actor, 100)).map((batch) => ({
    kind: 'stuckTransfer' as const,
    id: batch.id,
    title: `${batch.agencyName} · ${batch.title}`,
    since: (batch.failingSince ?? batch.movedAt).toISOString(),
    archiveId: batch.archiveId,
    by: '',
    mayDecide: true,
  }));
}

const KIND_OF = {
  scheduleReturned: 'schedule',
  scheduleSubmitted: 'schedule',
  yearPrepared: 'yearFiling',
  question: 'remark',
  notice: 'notice',
  depositUnsealing: 'deposit',
} as const;
const hasKind = (kind: string): kind is keyof typeof KIND_OF => Object.hasOwn(KIND_OF, kind);

/** What agencies and archive wait for of each other. */
async function guidanceWaiting(deps: WorkDeps, actor: Actor) {
  return (await deps.guidance.waiting(actor, 100)).flatMap((d) => {
    if (!hasKind(d.kind)) return [];
    const kind = KIND_OF[d.kind];
    const about =
      kind === 'yearFiling'
        ? { kind: 'agency', id: d.agencyId, year: d.year }
        : d.aboutId && { kind: d.about ?? '', id: d.aboutId, year: null };
    const title = [d.agencyName, d.year, d.label].filter(Boolean).join(' · ');
    const one = { kind, id: d.id, title, since: d.day, archiveId: d.archiveId, by: '', mayDecide: true };
    return [about ? { ...one, about } : one];
  });
}

/** Systems of agencies that wait to be let in, or wait with a change. */
async function systemsWaiting(deps: WorkDeps, actor: Actor) {
  return (await deps.intake.waiting(actor, 100)).map(({ system, mayDecide }) => ({
    kind: 'senderSystem' as const,
    id: system.id,
    title: (system.wanted ?? system.settings).name,
    since: system.proposedAt.toISOString(),
    archiveId: system.archiveId,
    by: system.proposedBy,
    mayDecide,
  }));
}

/** What was set apart and waits for the security administrator: by its number alone. */
async function blockedWaiting(deps: WorkDeps, actor: Actor) {
  const doors = await deps.classified.list(actor, { waiting: true, cursor: undefined, limit: 50 });
  const batches = (await deps.transfers.blocked(actor)).filter((b) => b.state === 'blocked');
  const one = (id: string, title: string, at: Date, archiveId: string) => {
    return {
      kind: 'blocked' as const,
      id,
      title,
      since: at.toISOString(),
      archiveId,
      by: '',
      mayDecide: true,
    };
  };
  return [
    ...doors.items.map((b) => one(b.id, b.number, b.lastAt, b.archiveId)),
    ...batches.map((b) => one(b.id, b.number, b.movedAt, b.archiveId)),
  ];
}

/** Proposals on what came, to be decided; and what was promised, or is expected again, and is late or due within days. */
async function accessionsWaiting(deps: WorkDeps, actor: Actor) {
  const { proposed, due } = await deps.accessions.waiting(actor, 50);
  return [
    ...proposed.map((a) => ({
      kind: 'accessionDecision' as const,
      id: a.id,
      title: `${a.number} · ${a.title}`,
      since: a.decision?.proposedAt ?? a.registeredOn,
      archiveId: a.archiveId,
      by: a.decision?.proposedBy ?? '',
      mayDecide: can(actor, 'accessions.decide', a.archiveId, 'whole') && a.registeredBy !== actor.id,
    })),
    ...due.map((e) => {
      const title = [e.number, e.title].filter(Boolean).join(' · ');
      return {
        kind: 'accessionDue' as const,
        id: e.id,
        title: (e.late ?? 0) > 0 ? t(actor.language, 'work.accessionLate', { title, n: e.late ?? 0 }) : title,
        since: `${e.day}T00:00:00.000Z`,
        archiveId: e.archiveId,
        by: '',
        mayDecide: true,
        about: { kind: e.kind, id: e.id, year: null },
      };
    }),
  ];
}

/** Drafts of descriptions that wait to be looked through. */
async function unitDraftsWaiting(deps: WorkDeps, actor: Actor) {
  return (await deps.holdings.draftsWaiting(actor, 100)).map((d) => ({
    kind: 'unitDraft' as const,
    id: d.id,
    title: [d.authorName, d.input.title ?? d.reason].filter(Boolean).join(' · '),
    since: (d.submittedAt ?? d.updatedAt).toISOString(),
    archiveId: d.archiveId,
    by: d.authorId,
    mayDecide: d.mayDecide,
  }));
}

/** Moves, joinings and divisions by which people would reach other records. */
async function rearrangementsWaiting(deps: WorkDeps, actor: Actor) {
  return (await deps.holdings.arrangement.waiting(actor, 100)).map((r) => ({
    kind: 'rearrangement' as const,
    id: r.id,
    title: r.reason,
    since: r.proposedAt.toISOString(),
    archiveId: r.archiveId,
    by: r.proposedBy,
    mayDecide: r.mayDecide,
  }));
}

/** Everything that waits for somebody, in no order, with who asked for it and whether the actor may decide. */
export async function everythingWaiting(deps: WorkDeps, actor: Actor) {
  const changes = (await deps.holdings.accessWaiting(actor, 100)).map((c) => ({
    kind: 'accessChange' as const,
    id: c.id,
    title: c.reason,
    since: c.proposedAt.toISOString(),
    archiveId: c.archiveId,
    by: c.proposedBy,
    mayDecide: c.mayDecide,
  }));
  const requests = (await deps.access.certificatesWaiting(actor, 100)).map((c) => ({
    kind: 'certificate' as const,
    id: c.id,
    title: c.matter,
    since: c.requestedAt.toISOString(),
    archiveId: c.archiveId,
    by: c.requestedBy,
    mayDecide: c.mayDecide,
  }));
  const leave = (await deps.holdings.leaveWaiting(actor, 100)).map((g) => ({
    kind: 'grant' as const,
    id: g.id,
    title: `${g.personName} · ${g.title}`,
    since: g.givenAt.toISOString(),
    archiveId: g.archiveId,
    by: g.givenBy,
    mayDecide: g.personId !== actor.id,
  }));
  return [
    ...requests,
    ...changes,
    ...leave,
    ...(await unitDraftsWaiting(deps, actor)),
    ...(await rearrangementsWaiting(deps, actor)),
    ...(await accessionsWaiting(deps, actor)),
    ...(await rightsWaiting(deps, actor)),
    ...(await disposalsWaiting(deps, actor)),
    ...(await transfersWaiting(deps, actor)),
    ...(await stuckTransfers(deps, actor)),
    ...(await guidanceWaiting(deps, actor)),
    ...(await systemsWaiting(deps, actor)),
    ...(await blockedWaiting(deps, actor)),
  ];
}
