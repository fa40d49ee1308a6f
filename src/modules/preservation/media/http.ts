import Type from 'typebox';
import { type App, Id, IdParams, JobAccepted, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { registerMediaActs } from './httpActs.ts';
import type { MediaSets } from './module.ts';
import {
  DueSchema,
  EstimateSchema,
  MediumDetailSchema,
  MediumSchema,
  OfObjectSchema,
  PlannedSchema,
  PlanOrder,
  PlanSchema,
  presentDue,
  presentHolding,
  presentMedium,
  presentMove,
  presentPlan,
  presentTest,
} from './schemas.ts';
import { MEDIUM_STATES } from './store/media.ts';

const tags = ['media'];

/** Copies kept off-line: plans, media, what they hold, and what is due. */
export function registerMedia(app: App, { media }: { media: MediaSets }): void {
  const read = { config: { policy: 'preservation.read' as const } };
  app.get(
    '/api/v1/preservation/media-plans',
    {
      ...read,
      schema: {
        tags,
        querystring: Type.Object({ archive: Type.Optional(Id), ...PageQuery }),
        response: { 200: PageOf(PlanSchema) },
      },
    },
    async (req) => {
      const { archive, cursor, limit } = req.query;
      const page = await media.plans(req.actor, { archiveId: archive, cursor, limit: limit ?? 50 });
      return { ...page, items: page.items.map(presentPlan) };
    },
  );
  app.post(
    '/api/v1/preservation/media-plans',
    {
      config: { policy: 'preservation.manage' },
      schema: {
        tags,
        body: Type.Object({ ...PlanOrder, title: Type.String({ minLength: 1, maxLength: 300 }) }),
        response: { 202: PlanSchema },
      },
    },
    async (req, reply) => {
      const id = await media.makePlan(req.actor, { ...req.body, kind: String(req.body.kind) });
      return reply.status(202).send(presentPlan((await media.plan(req.actor, id)).plan));
    },
  );
  app.post(
    '/api/v1/preservation/media-plans/estimate',
    {
      config: { policy: 'preservation.manage' },
      schema: { tags, body: Type.Object(PlanOrder), response: { 200: EstimateSchema } },
    },
    async (req) => media.estimate(req.actor, { ...req.body, kind: String(req.body.kind) }),
  );
  app.get(
    '/api/v1/preservation/media-plans/:id',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            plan: PlanSchema,
            media: Type.Array(
              Type.Object({ mediumNo: Type.Integer(), objects: Type.Integer(), bytes: Type.Number() }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const found = await media.plan(req.actor, req.params.id);
      return { ...found, plan: presentPlan(found.plan) };
    },
  );
  app.get(
    '/api/v1/preservation/media-plans/:id/objects',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          medium: Type.Optional(Type.Integer({ minimum: 1 })),
          tooLarge: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: { 200: PageOf(PlannedSchema) },
      },
    },
    async (req) => {
      const { medium, tooLarge, cursor, limit } = req.query;
      const page = await media.objects(req.actor, req.params.id, {
        medium: tooLarge ? 'tooLarge' : medium,
        cursor,
        limit: limit ?? 50,
      });
      return { ...page, items: page.items.map(({ inventoryDigest: _, ...o }) => o) };
    },
  );
  app.post(
    '/api/v1/preservation/media-plans/:id/give-up',
    {
      config: { policy: 'preservation.manage' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 1_000 }) }),
        response: { 200: PlanSchema },
      },
    },
    async (req) => {
      await media.giveUp(req.actor, req.params.id, req.body.reason);
      return presentPlan((await media.plan(req.actor, req.params.id)).plan);
    },
  );
  app.get(
    '/api/v1/preservation/media',
    {
      ...read,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          plan: Type.Optional(Id),
          state: Type.Optional(Type.Enum([...MEDIUM_STATES])),
          purpose: Type.Optional(Type.String({ maxLength: 50 })),
          ...PageQuery,
        }),
        response: { 200: PageOf(MediumSchema) },
      },
    },
    async (req) => {
      const { archive, plan, state, purpose, cursor, limit } = req.query;
      const page = await media.media(req.actor, {
        archiveId: archive,
        planId: plan,
        state,
        purpose,
        cursor,
        limit: limit ?? 50,
      });
      return { ...page, items: page.items.map(presentMedium) };
    },
  );
  app.get(
    '/api/v1/preservation/media/due',
    {
      ...read,
      schema: { tags, querystring: Type.Object({ archive: Id }), response: { 200: DueSchema } },
    },
    async (req) => {
      const { due, figures } = await media.due(req.actor, req.query.archive);
      return {
        figures,
        folders: [...media.folders],
        due: due.map(presentDue),
        rules: { ...media.rules, sets: [...media.rules.sets], testYears: { ...media.rules.testYears } },
      };
    },
  );
  app.get(
    '/api/v1/preservation/media/of-object',
    {
      ...read,
      schema: {
        tags,
        querystring: Type.Object({ object: Type.String({ minLength: 1, maxLength: 500 }) }),
        response: { 200: OfObjectSchema },
      },
    },
    async (req) => {
      const found = await media.ofObject(req.actor, req.query.object);
      return { counted: found.counted, media: found.media.map(presentHolding) };
    },
  );
  app.get(
    '/api/v1/preservation/media/:id',
    { ...read, schema: { tags, params: IdParams, response: { 200: MediumDetailSchema } } },
    async (req) => {
      const { medium, plan, moves, tests } = await media.medium(req.actor, req.params.id);
      return {
        medium: presentMedium(medium),
        plan: presentPlan(plan),
        moves: moves.map(presentMove),
        tests: tests.map(presentTest),
      };
    },
  );
  app.get(
    '/api/v1/preservation/media/:id/losses',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: {
          200: Type.Object({ items: Type.Array(Type.String()), next: Nullable(Type.String()) }),
        },
      },
    },
    async (req) =>
      media.losses(req.actor, req.params.id, { cursor: req.query.cursor, limit: req.query.limit ?? 50 }),
  );
  registerMediaActs(app, media, JobAccepted);
}
