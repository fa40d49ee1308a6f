import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { registerTransferMedia } from './httpMedia.ts';
import { registerTransferPapers } from './httpPapers.ts';
import type { Transfers } from './module.ts';
import {
  ActBody,
  BatchReadSchema,
  BatchSchema,
  ChoiceSchema,
  DescriptionBody,
  FindingSchema,
  MovesSchema,
  movesTable,
  NewBatchBody,
  PlanSchema,
  present,
  presentMove,
  presentPlan,
  StateSchema,
} from './schemas.ts';

const tags = ['transfers'];
const reading = { policy: 'filing.read' as const };
const Reason = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 4_000 }) });

export function registerTransfers(app: App, { transfers }: { transfers: Transfers }): void {
  registerPlans(app, transfers);
  registerBatches(app, transfers);
  registerTransferPapers(app, transfers);
  registerTransferMedia(app, transfers);
  registerBlocked(app, transfers);
}

function registerPlans(app: App, transfers: Transfers): void {
  app.get(
    '/api/v1/transfer-plans',
    {
      config: reading,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          agency: Type.Optional(Id),
          year: Type.Optional(Type.Integer({ minimum: 1900, maximum: 2999 })),
          ...PageQuery,
        }),
        response: { 200: PageOf(PlanSchema) },
      },
    },
    async (req) => {
      const { archive, agency, year, cursor, limit = 50 } = req.query;
      const { items, next } = await transfers.plans(req.actor, {
        archiveId: archive,
        agencyId: agency,
        year,
        cursor,
        limit,
      });
      return { items: items.map(presentPlan), next };
    },
  );
  app.post(
    '/api/v1/transfer-plans',
    {
      config: { policy: 'transfer.receive' },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          agencyId: Id,
          year: Type.Integer({ minimum: 1900, maximum: 2999 }),
          content: Type.String({ minLength: 1, maxLength: 2_000 }),
          dueOn: Type.String({ format: 'date' }),
          items: Nullable(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
          note: Nullable(Type.String({ maxLength: 2_000 })),
        }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => reply.status(201).send({ id: await transfers.plan(req.actor, req.body) }),
  );
  app.post(
    '/api/v1/transfer-plans/:id/cancellation',
    { config: { policy: 'transfer.receive' }, schema: { tags, params: IdParams, body: Reason } },
    async (req, reply) => {
      await transfers.cancelPlan(req.actor, req.params.id, req.body.reason);
      return reply.status(204).send();
    },
  );
}

function registerBatches(app: App, transfers: Transfers): void {
  const read = async (actor: Parameters<Transfers['read']>[0], id: string) => {
    const { batch, moves, ...more } = await transfers.read(actor, id);
    return { ...present(batch), moves: moves.map(presentMove), ...more };
  };
  // What states there are and who moves them: for the screen that explains it, and for other programs.
  app.get(
    '/api/v1/transfers/moves',
    { config: reading, schema: { tags, response: { 200: MovesSchema } } },
    async () => movesTable(),
  );
  app.get(
    '/api/v1/transfers',
    {
      config: reading,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          agency: Type.Optional(Id),
          state: Type.Optional(StateSchema),
          ...PageQuery,
        }),
        response: { 200: PageOf(BatchSchema) },
      },
    },
    async (req) => {
      const { archive, agency, state, cursor, limit = 50 } = req.query;
      const { items, next } = await transfers.list(req.actor, {
        archiveId: archive,
        agencyId: agency,
        state,
        cursor,
        limit,
      });
      return { items: items.map(present), next };
    },
  );
  app.post(
    '/api/v1/transfers',
    {
      config: { policy: 'filing.write' },
      schema: { tags, body: NewBatchBody, response: { 201: BatchReadSchema } },
    },
    async (req, reply) => {
      const id = await transfers.begin(req.actor, req.body);
      return reply.status(201).send(await read(req.actor, id));
    },
  );
  app.get(
    '/api/v1/transfers/:id',
    { config: reading, schema: { tags, params: IdParams, response: { 200: BatchReadSchema } } },
    async (req) => read(req.actor, req.params.id),
  );
  app.patch(
    '/api/v1/transfers/:id',
    {
      config: { policy: 'filing.write' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ ...DescriptionBody, version: Type.Integer({ minimum: 1 }) }),
        response: { 200: BatchReadSchema },
      },
    },
    async (req) => {
      await transfers.describe(req.actor, req.params.id, req.body);
      return read(req.actor, req.params.id);
    },
  );
  app.put(
    '/api/v1/transfers/:id/content',
    {
      config: { policy: 'filing.write' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          uploadIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100_000 }),
        }),
        response: { 200: BatchReadSchema },
      },
      bodyLimit: 8 * 1024 * 1024,
    },
    async (req) => {
      await transfers.give(req.actor, req.params.id, req.body.uploadIds);
      return read(req.actor, req.params.id);
    },
  );
  app.put(
    '/api/v1/transfers/:id/records',
    {
      config: { policy: 'filing.write' },
      schema: { tags, params: IdParams, body: ChoiceSchema, response: { 200: BatchReadSchema } },
    },
    async (req) => {
      await transfers.draw(req.actor, req.params.id, req.body);
      return read(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/transfers/:id/acts',
    {
      config: reading,
      schema: { tags, params: IdParams, body: ActBody, response: { 200: BatchReadSchema } },
    },
    async (req) => {
      await transfers.act(req.actor, req.params.id, req.body);
      return read(req.actor, req.params.id);
    },
  );
  app.get(
    '/api/v1/transfers/:id/findings',
    {
      config: reading,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          side: Type.Enum(['agency', 'archive']),
          severity: Type.Optional(Type.Enum(['error', 'warning', 'info'])),
          ...PageQuery,
        }),
        response: { 200: PageOf(FindingSchema) },
      },
    },
    async (req) => {
      const { side, severity, cursor, limit = 50 } = req.query;
      return transfers.findings(req.actor, { id: req.params.id, side, severity, cursor, limit });
    },
  );
}

function registerBlocked(app: App, transfers: Transfers): void {
  const config = { policy: 'secrets.handle' as const };
  app.get(
    '/api/v1/blocked-transfers',
    { config, schema: { tags, response: { 200: Type.Object({ items: Type.Array(BatchSchema) }) } } },
    async (req) => {
      return { items: (await transfers.blocked(req.actor)).map(present) };
    },
  );
  app.get(
    '/api/v1/blocked-transfers/:id',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            ...BatchSchema.properties,
            places: Type.Array(
              Type.Object({ seq: Type.Integer(), place: Type.String(), what: Type.String() }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const { batch, places } = await transfers.lookAtBlocked(req.actor, req.params.id);
      return { ...present(batch), places };
    },
  );
  app.post(
    '/api/v1/blocked-transfers/:id/removal',
    { config, schema: { tags, params: IdParams, body: Reason } },
    async (req, reply) => {
      await transfers.removeBlocked(req.actor, req.params.id, req.body.reason);
      return reply.status(204).send();
    },
  );
}
