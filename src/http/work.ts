import Type from 'typebox';
import { type Actor, can, scopeOf } from '#kernel/actor';
import { historyOf } from '#kernel/audit';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Database } from '#kernel/db';
import { type App, IdParams, Nullable, PageQuery } from '#kernel/http/route';
import type { Jobs } from '#kernel/jobs';
import type { Access } from '#modules/access';
import type { Classified } from '#modules/classified';
import type { Digitisation } from '#modules/digitisation';
import type { Guidance } from '#modules/guidance';
import type { CatalogueImport, Holdings } from '#modules/holdings';
import type { Identity } from '#modules/identity';
import type { Intake } from '#modules/intake';
import { AlarmSchema, type Disposals, type Keeping, presentAlarm } from '#modules/preservation';
import type { Transfers } from '#modules/transfer';
import { JobSchema, presentJob } from './jobs.ts';

const Waiting = Type.Object({
  kind: Type.Enum([
    'accessChange',
    'blocked',
    'certificate',
    'deposit',
    'disposal',
    'grant',
    'notice',
    'remark',
    'rightsChange',
    'schedule',
    'senderSystem',
    'stuckTransfer',
    'transfer',
    'yearFiling',
  ]),
  id: Type.String(),
  title: Type.String(),
  since: Type.String(),
  archiveId: Type.String(),
  /** What is opened for it, where that is another thing: what a remark is about, the agency and year of a filing. */
  about: Type.Optional(
    Type.Object({ kind: Type.String(), id: Type.String(), year: Nullable(Type.Integer()) }),
  ),
});

/** A wizard that was left on its way. */
const Draft = Type.Object({
  kind: Type.Enum(['import', 'scanImport']),
  id: Type.String(),
  title: Type.String(),
  state: Type.Enum(['draft', 'checked', 'matched', 'failed']),
  since: Type.String(),
  archiveId: Type.String(),
});

const MOST_DRAFTS = 20;
const MOST_ALARMS = 50;

interface WorkDeps {
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
}

/** Imports this person left on their way, newest first. */
async function draftsOf(deps: WorkDeps, actor: Actor) {
  const catalogues = await deps.imports.drafts(actor, MOST_DRAFTS);
  const scans = await deps.digitisation.drafts(actor, MOST_DRAFTS);
  return [
    ...catalogues.map((d) => ({ ...d, kind: 'import' as const, title: d.fileName })),
    ...scans.map((d) => ({ ...d, kind: 'scanImport' as const, title: d.firstPath ?? '' })),
  ]
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .slice(0, MOST_DRAFTS)
    .map(({ kind, id, title, state, archiveId, createdAt }) => {
      return { kind, id, title, state, archiveId, since: createdAt.toISOString() };
    });
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

/** Each person's first page: what waits for me, what I asked for or began, what runs or failed. */
export function registerWork(app: App, deps: WorkDeps): void {
  app.get(
    '/api/v1/me/work',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags: ['work'],
        response: {
          200: Type.Object({
            waiting: Type.Array(Waiting),
            mine: Type.Array(Waiting),
            drafts: Type.Array(Draft),
            jobs: Type.Array(JobSchema),
            /** What copies and stores need somebody for; of archives whose holdings this person looks after. */
            alarms: Type.Array(AlarmSchema),
          }),
        },
      },
    },
    async ({ actor }) => {
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
      const all = [
        ...requests,
        ...changes,
        ...leave,
        ...(await rightsWaiting(deps, actor)),
        ...(await disposalsWaiting(deps, actor)),
        ...(await transfersWaiting(deps, actor)),
        ...(await stuckTransfers(deps, actor)),
        ...(await guidanceWaiting(deps, actor)),
        ...(await systemsWaiting(deps, actor)),
        ...(await blockedWaiting(deps, actor)),
      ].sort((a, b) => (a.since < b.since ? -1 : 1));
      const jobs = await deps.db.as(scopeOf(actor), (tx) => deps.jobs.recent(tx, 50));
      return {
        waiting: all.filter((w) => w.mayDecide && w.by !== actor.id),
        mine: all.filter((w) => w.by === actor.id),
        drafts: await draftsOf(deps, actor),
        jobs: jobs.filter((j) => j.state !== 'done').map(presentJob),
        alarms: (await deps.copies.alarmsWaiting(actor, MOST_ALARMS)).map(presentAlarm),
      };
    },
  );

  app.get(
    '/api/v1/units/:id/history',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags: ['holdings'],
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                id: Type.String(),
                at: Type.String(),
                actor: Type.String(),
                act: Type.String(),
                detail: Type.Record(Type.String(), Type.Unknown()),
              }),
            ),
            next: Nullable(Type.String()),
          }),
        },
      },
    },
    async (req) => {
      const { unit } = await deps.holdings.readUnit(req.actor, req.params.id);
      const limit = req.query.limit ?? 50;
      const before = req.query.cursor ? String(decodeCursor(req.query.cursor, ['string'])[0]) : undefined;
      const rows = await deps.db.as(scopeOf(req.actor), (tx) =>
        historyOf(tx, { type: 'unit', id: unit.id }, { before, limit: limit + 1 }),
      );
      const items = rows.slice(0, limit);
      return {
        items: items.map((e) => ({ ...e, at: e.at.toISOString() })),
        next: rows.length > limit ? encodeCursor([items.at(-1)!.id]) : null,
      };
    },
  );
}
