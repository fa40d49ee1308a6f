import Type from 'typebox';
import { type App, Id, IdParams, PageOf } from '#kernel/http/route';
import type { Holdings } from '../module.ts';
import {
  BodySchema,
  CategorySchema,
  FormSchema,
  JudgedSchema,
  LevelSchema,
  presentForm,
  presentVersion,
  presentWithBody,
  VersionSchema,
  VersionWithBodySchema,
} from './schemas.ts';

const tags = ['description'];
const ArchiveParams = Type.Object({ archiveId: Id });
const Category = Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' }));

/** How an archive describes: schemes and their versions, the forms they make, and what is found of what is written. */
export function registerDescribing(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/archives/:archiveId/description-schemes',
    {
      config: { policy: 'holdings.read' },
      schema: { tags, params: ArchiveParams, response: { 200: PageOf(VersionSchema) } },
    },
    async (req) => ({
      items: (await holdings.schemeHistory(req.actor, req.params.archiveId)).map(presentVersion),
      next: null,
    }),
  );
  app.get(
    '/api/v1/description-schemes/:id',
    {
      config: { policy: 'holdings.read' },
      schema: { tags, params: IdParams, response: { 200: VersionWithBodySchema } },
    },
    async (req) => {
      const found = await holdings.schemeOne(req.actor, req.params.id);
      return presentWithBody(found);
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/description-schemes',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({
          category: CategorySchema,
          validFrom: Type.String({ format: 'date' }),
          body: BodySchema,
          reason: Type.Optional(Type.Union([Type.String({ maxLength: 1_000 }), Type.Null()])),
          /** The version it was made from; null where there was none. */
          basedOn: Type.Union([Type.Integer(), Type.Null()]),
        }),
        response: { 201: VersionSchema },
      },
    },
    async (req, reply) => {
      const { reason, ...input } = req.body;
      const id = await holdings.putSchemeInForce(req.actor, req.params.archiveId, {
        ...input,
        reason: reason ?? null,
      });
      return reply.status(201).send(presentVersion(await holdings.schemeOne(req.actor, id)));
    },
  );
  app.delete(
    '/api/v1/description-schemes/:id',
    {
      config: { policy: 'holdings.write' },
      schema: { tags, params: IdParams, response: { 204: Type.Null() } },
    },
    async (req, reply) => {
      await holdings.withdrawScheme(req.actor, req.params.id);
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/description-form',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Object({
          category: Category,
          level: LevelSchema,
          /** As the standards have it, before the archive says anything. */
          standard: Type.Optional(Type.Boolean()),
        }),
        response: { 200: FormSchema },
      },
    },
    async (req) => {
      const { category, level, standard } = req.query;
      const at = { category: category ?? null, level };
      return presentForm(
        standard ? holdings.standardForm(at) : await holdings.formOf(req.actor, req.params.archiveId, at),
      );
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/description-schemes/preview',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({ category: CategorySchema, level: LevelSchema, body: BodySchema }),
        response: { 200: FormSchema },
      },
    },
    async (req) => presentForm(await holdings.previewForm(req.actor, req.params.archiveId, req.body)),
  );
  app.post(
    '/api/v1/archives/:archiveId/units/judge',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({
          fondsId: Type.Optional(Id),
          parentId: Type.Optional(Type.Union([Id, Type.Null()])),
          level: LevelSchema,
          values: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 40_000 })),
        }),
        response: { 200: JudgedSchema },
      },
    },
    async (req) => {
      const { findings, ...rest } = await holdings.judgeWritten(req.actor, req.params.archiveId, req.body);
      return {
        ...rest,
        findings: findings.map(({ field, rule, weight, says, source }) => ({
          field,
          rule,
          weight,
          says,
          source,
        })),
      };
    },
  );
}
