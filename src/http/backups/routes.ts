import Type from 'typebox';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { type App, IdParams, PageOf, PageQuery } from '#kernel/http/route';
import type { Backups } from '#modules/backup';
import { Lang, languageOf, sendPage } from '../portal/reply.ts';
import { drillReport } from './report.ts';
import { Drill, Kept, Progress, presentDrill, presentRun, Run, Status } from './schemas.ts';

const tags = ['backups'];
const read = { config: { policy: 'preservation.read' as const } };
const manage = { config: { policy: 'stores.manage' as const } };
const Started = Type.Object({ id: Type.String(), jobId: Type.String() });
const Query = Type.Object(PageQuery);

interface Deps {
  backups: Backups;
  timeZone: string;
}

const afterOf = (cursor: string | undefined) => {
  if (cursor === undefined) return undefined;
  const [at, id] = decodeCursor(cursor, ['string', 'string']) as [string, string];
  return { at: new Date(at), id };
};

/** One page of rows that were asked for, newest first. */
function pageOf<R extends { askedAt: Date; id: string }, P>(rows: R[], limit: number, present: (r: R) => P) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    items: shown.map(present),
    next: more ? encodeCursor([last.askedAt.toISOString(), last.id]) : null,
  };
}

/** Backups and drills: how they stand, what was done, and beginning them. */
export function registerBackups(app: App, { backups, timeZone }: Deps): void {
  app.get('/api/v1/backups', { ...read, schema: { tags, response: { 200: Status } } }, async (req) => {
    const s = await backups.status(req.actor);
    return {
      ...s,
      keep: s.keep ?? null,
      times: [...s.times],
      bytesPerSecond: s.bytesPerSecond ?? null,
      drillDays: s.drillDays ?? null,
      next: s.next?.toISOString() ?? null,
      nextDrill: s.nextDrill?.toISOString() ?? null,
      made: s.made ? presentRun(s.made) : null,
      tried: s.tried ? presentRun(s.tried) : null,
      drill: s.drill ? presentDrill(s.drill) : null,
    };
  });

  app.get(
    '/api/v1/backups/kept',
    { ...read, schema: { tags, response: { 200: Type.Object({ items: Type.Array(Kept) }) } } },
    async (req) => ({
      items: (await backups.kept(req.actor)).map((b) => ({
        id: b.id,
        takenAt: b.takenAt,
        encrypted: b.encrypted,
        version: b.madeBy?.lantai ?? null,
        keyIncluded: b.masterKey?.included ?? null,
        rows: b.totals?.rows ?? null,
        files: b.totals?.files ?? null,
        bytes: b.totals?.bytes ?? null,
        storedBytes: b.totals?.stored ?? null,
        trouble: b.trouble,
      })),
    }),
  );

  app.get(
    '/api/v1/backups/runs',
    { ...read, schema: { tags, querystring: Query, response: { 200: PageOf(Run) } } },
    async (req) => {
      const limit = req.query.limit ?? 50;
      const rows = await backups.runs(req.actor, { limit: limit + 1, after: afterOf(req.query.cursor) });
      return pageOf(rows, limit, presentRun);
    },
  );

  app.post(
    '/api/v1/backups/runs',
    { ...manage, schema: { tags, response: { 202: Started } } },
    async (req, reply) => reply.status(202).send(await backups.start(req.actor)),
  );

  app.get(
    '/api/v1/backups/runs/:id',
    {
      ...read,
      schema: { tags, params: IdParams, response: { 200: Type.Object({ run: Run, progress: Progress }) } },
    },
    async (req) => {
      const run = await backups.run(req.actor, req.params.id);
      return { run: presentRun(run), progress: (await backups.progress(run.jobId)) ?? null };
    },
  );

  app.get(
    '/api/v1/backups/drills',
    { ...read, schema: { tags, querystring: Query, response: { 200: PageOf(Drill) } } },
    async (req) => {
      const limit = req.query.limit ?? 50;
      const rows = await backups.drillRuns(req.actor, { limit: limit + 1, after: afterOf(req.query.cursor) });
      return pageOf(rows, limit, presentDrill);
    },
  );

  app.post(
    '/api/v1/backups/drills',
    {
      ...manage,
      schema: {
        tags,
        // A backup's name; absent: the newest.
        body: Type.Object({ backup: Type.Optional(Type.String({ maxLength: 100 })) }),
        response: { 202: Started },
      },
    },
    async (req, reply) =>
      reply.status(202).send(await backups.startDrill(req.actor, { at: req.body.backup })),
  );

  app.get(
    '/api/v1/backups/drills/:id',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        response: { 200: Type.Object({ drill: Drill, progress: Progress }) },
      },
    },
    async (req) => {
      const drill = await backups.drill(req.actor, req.params.id);
      return { drill: presentDrill(drill), progress: (await backups.progress(drill.jobId)) ?? null };
    },
  );

  // A page to print, for who is to be shown that backups can be restored.
  app.get(
    '/api/v1/backups/drills/:id/report',
    { ...read, schema: { hide: true, params: IdParams, querystring: Type.Object(Lang) } },
    async (req, reply) => {
      const drill = await backups.drill(req.actor, req.params.id);
      return sendPage(req, reply, drillReport(languageOf(req), drill, timeZone));
    },
  );
}
