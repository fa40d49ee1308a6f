import { Readable } from 'node:stream';
import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { registerTrust } from './httpTrust.ts';
import type { Checks } from './module.ts';
import {
  AnswersSchema,
  FindingSchema,
  presentFinding,
  presentItem,
  presentRun,
  presentScheme,
  presentSchemeItem,
  ReportSchema,
  RunSchema,
  SchemeItemSchema,
  SchemeSchema,
  SlugSchema,
  StageSchema,
} from './schemas.ts';

const tags = ['checks'];
/** Of an agency's records who sees its filing, of what is held who sees its keeping: the command behind each decides. */
const config = { policy: 'signedIn' as const };
const ArchiveParams = Type.Object({ archiveId: Id });

export function registerChecks(app: App, { checks }: { checks: Checks }): void {
  registerSchemes(app, checks);
  registerTrust(app, checks);
  app.post(
    '/api/v1/archives/:archiveId/checks',
    {
      config: { policy: 'preservation.manage' as const },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({
          /** Number of a fonds, reference code or id of an entry. */
          id: Type.String({ minLength: 1, maxLength: 200 }),
          /** Code of the archive. */
          archive: Type.String({ minLength: 1, maxLength: 50 }),
          stage: StageSchema,
          category: Type.Optional(Nullable(Type.String({ maxLength: 50 }))),
        }),
        response: { 202: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => reply.status(202).send({ id: await checks.startHeld(req.actor, req.body) }),
  );
  app.get(
    '/api/v1/checks',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({
          ...PageQuery,
          archiveId: Type.Optional(Id),
          about: Type.Optional(Type.String({ maxLength: 50 })),
          aboutId: Type.Optional(Type.String({ maxLength: 500 })),
        }),
        response: { 200: PageOf(RunSchema) },
      },
    },
    async (req) => {
      const { limit = 50, ...rest } = req.query;
      const { items, next } = await checks.runs(req.actor, { ...rest, limit });
      return { items: items.map(presentRun), next };
    },
  );
  app.get(
    '/api/v1/checks/:id',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(LangQuery),
        response: { 200: ReportSchema },
      },
    },
    async (req) => {
      const { run, items } = await checks.report(req.actor, req.params.id);
      const language = languageOf(req);
      return { ...presentRun(run), items: items.map((i) => presentItem(i, language)) };
    },
  );
  app.get(
    '/api/v1/checks/:id/findings',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ ...PageQuery, ...LangQuery, slug: SlugSchema }),
        response: { 200: PageOf(FindingSchema) },
      },
    },
    async (req) => {
      const { cursor, limit = 50, slug } = req.query;
      const { items, next } = await checks.findings(req.actor, { id: req.params.id, slug, cursor, limit });
      return { items: items.map((f) => presentFinding(f, languageOf(req))), next };
    },
  );
  app.post(
    '/api/v1/checks/:id/answers',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: AnswersSchema,
        response: { 200: Type.Object({ verdict: Type.Enum(['qualified', 'unqualified', 'open']) }) },
      },
    },
    async (req) => ({ verdict: await checks.answer(req.actor, req.params.id, req.body.answers) }),
  );
  registerDownloads(app, checks);
}

function registerSchemes(app: App, checks: Checks): void {
  app.get(
    '/api/v1/archives/:archiveId/check-schemes',
    {
      config,
      schema: {
        tags,
        params: ArchiveParams,
        response: { 200: Type.Object({ items: Type.Array(SchemeSchema) }) },
      },
    },
    async (req) => {
      const { own, shipped } = await checks.schemes(req.actor, req.params.archiveId);
      const nobody = { reason: null, proposedBy: null, proposedAt: null, decidedBy: null, decidedAt: null };
      const asShipped = shipped.map(({ stage, category, profile, items }) => ({
        id: null,
        stage,
        category,
        profile,
        version: 0,
        state: 'shipped' as const,
        items: items.map(presentSchemeItem),
        mine: false,
        ...nobody,
      }));
      return { items: [...asShipped, ...own.map((s) => presentScheme(s, req.actor.id))] };
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/check-schemes',
    {
      config: { policy: 'preservation.manage' as const },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({
          stage: StageSchema,
          category: Nullable(Type.String({ maxLength: 50 })),
          profile: Nullable(Type.String({ maxLength: 50 })),
          items: Type.Array(SchemeItemSchema, { minItems: 1, maxItems: 100 }),
          reason: Type.String({ minLength: 1, maxLength: 2_000 }),
        }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => {
      const id = await checks.proposeScheme(req.actor, { archiveId: req.params.archiveId, ...req.body });
      return reply.status(201).send({ id });
    },
  );
  app.post(
    '/api/v1/check-schemes/:id/decision',
    {
      config: { policy: 'preservation.manage' as const },
      schema: { tags, params: IdParams, body: Type.Object({ approve: Type.Boolean() }) },
    },
    async (req, reply) => {
      await checks.decideScheme(req.actor, req.params.id, req.body.approve);
      return reply.status(204).send();
    },
  );
}

function registerDownloads(app: App, checks: Checks): void {
  const schema = { tags, params: IdParams, querystring: Type.Object(LangQuery) };
  for (const ending of ['json', 'xml'] as const)
    app.get(`/api/v1/checks/:id/report.${ending}`, { config, schema }, async (req, reply) => {
      const report = await checks[ending](req.actor, req.params.id, languageOf(req));
      return sendFile(
        reply,
        { type: `application/${ending}; charset=utf-8`, name: `check-report.${ending}` },
        Readable.from(report),
      );
    });
  app.get('/api/v1/checks/:id/report.pdf', { config, schema }, async (req, reply) => {
    const pdf = await checks.pdf(req.actor, req.params.id, languageOf(req));
    return sendFile(reply, { type: 'application/pdf', name: 'check-report.pdf' }, pdf);
  });
}
