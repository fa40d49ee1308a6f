import Type from 'typebox';
import { type Actor, scopeOf } from '#kernel/actor';
import { historyOf } from '#kernel/audit';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { type App, IdParams, Nullable, PageQuery } from '#kernel/http/route';
import { AlarmSchema, presentAlarm } from '#modules/preservation';
import { JobSchema, presentJob } from './jobs.ts';
import { everythingWaiting, type WorkDeps } from './workWaiting.ts';

const Waiting = Type.Object({
  kind: Type.Enum([
    'accessChange',
    'accessionDecision',
    'accessionDue',
    'blocked',
    'certificate',
    'deposit',
    'disposal',
    'unitDraft',
    'grant',
    'notice',
    'rearrangement',
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
      const all = (await everythingWaiting(deps, actor)).sort((a, b) => (a.since < b.since ? -1 : 1));
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
