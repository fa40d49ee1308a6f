import { setTimeout as sleep } from 'node:timers/promises';
import Type from 'typebox';
import { type Actor, scopeOf } from '#kernel/actor';
import type { Database } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { type App, IdParams, Nullable } from '#kernel/http/route';
import type { JobRecord, Jobs } from '#kernel/jobs';

const tags = ['jobs'];
const POLL_MS = 500;
const STREAM_MS = 10 * 60_000;

export const JobSchema = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  archiveId: Nullable(Type.String()),
  title: Type.String(),
  state: Type.Enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  progress: Type.Object({
    step: Type.Optional(Type.String()),
    done: Type.Optional(Type.Integer()),
    total: Type.Optional(Type.Integer()),
    rejected: Type.Optional(Type.Integer()),
    rate: Type.Optional(Type.Number()),
  }),
  result: Type.Unknown(),
  error: Nullable(Type.String()),
  refusal: Nullable(
    Type.Object({
      code: Type.String(),
      values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    }),
  ),
  attempt: Type.Integer(),
  createdAt: Type.String(),
  startedAt: Nullable(Type.String()),
  finishedAt: Nullable(Type.String()),
});

export function presentJob(j: JobRecord) {
  return {
    ...j,
    createdAt: j.createdAt.toISOString(),
    startedAt: j.startedAt?.toISOString() ?? null,
    finishedAt: j.finishedAt?.toISOString() ?? null,
  };
}

export function registerJobs(app: App, { db, jobs }: { db: Database; jobs: Jobs }): void {
  const read = (actor: Actor, id: string): Promise<JobRecord> =>
    db.as(scopeOf(actor), async (tx) => {
      const job = await jobs.find(tx, id);
      if (!job) throw new Refusal('job.notFound', 'There is no such job.');
      return job;
    });

  app.get(
    '/api/v1/jobs',
    {
      config: { policy: 'holdings.read' },
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(JobSchema) }) } },
    },
    async (req) => ({
      items: (await db.as(scopeOf(req.actor), (tx) => jobs.recent(tx, 100))).map(presentJob),
    }),
  );

  app.get(
    '/api/v1/jobs/:id',
    { config: { policy: 'holdings.read' }, schema: { tags, params: IdParams, response: { 200: JobSchema } } },
    async (req) => presentJob(await read(req.actor, req.params.id)),
  );

  app.post(
    '/api/v1/jobs/:id/cancel',
    { config: { policy: 'import.run' }, schema: { tags, params: IdParams, response: { 200: JobSchema } } },
    async (req) => {
      await db.as(scopeOf(req.actor), (tx) => jobs.cancel(tx, req.params.id));
      return presentJob(await read(req.actor, req.params.id));
    },
  );

  // Server-sent events: the job's state whenever it changes, until it is over.
  app.get(
    '/api/v1/jobs/:id/events',
    {
      config: { policy: 'holdings.read' },
      schema: { tags, params: IdParams, produces: ['text/event-stream'] },
    },
    async (req, reply) => {
      await read(req.actor, req.params.id);
      reply.hijack();
      const out = reply.raw;
      out.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      const until = Date.now() + STREAM_MS;
      let last = '';
      while (!out.destroyed && Date.now() < until) {
        const job = await read(req.actor, req.params.id).catch(() => undefined);
        if (!job) break;
        const text = JSON.stringify(presentJob(job));
        if (text !== last) out.write(`data: ${text}\n\n`);
        last = text;
        if (job.state !== 'queued' && job.state !== 'running') break;
        await sleep(POLL_MS);
      }
      out.end();
    },
  );
}
