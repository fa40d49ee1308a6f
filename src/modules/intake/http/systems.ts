import Type from 'typebox';
import { type App, Id, IdParams, PageOf, PageQuery, type Request } from '#kernel/http/route';
import type { Intake } from '../module.ts';
import { presentSystem, presentToken, SettingsSchema, SystemPageSchema, SystemSchema } from './schemas.ts';

const tags = ['intake'];
const reading = { policy: 'filing.read' as const };
const registering = { policy: 'filing.approve' as const };
const Version = Type.Integer({ minimum: 1 });
const Note = Type.String({ maxLength: 2_000 });
const page = { 200: SystemPageSchema };
const arrivalOf = (req: Request) => ({ address: req.ip, userAgent: req.headers['user-agent'] });

/** Systems that send, for the people who answer for them. */
export function registerSystems(app: App, intake: Intake): void {
  const show = async (req: Request, id: string) => {
    const { system, tokens, dropFolder, acts } = await intake.system(req.actor, id);
    return { ...presentSystem(system), tokens: tokens.map(presentToken), dropFolder, acts: [...acts] };
  };
  app.get(
    '/api/v1/intake/systems',
    {
      config: reading,
      schema: {
        tags,
        querystring: Type.Object({ archive: Type.Optional(Id), agency: Type.Optional(Id), ...PageQuery }),
        response: { 200: PageOf(SystemSchema) },
      },
    },
    async (req) => {
      const { archive, agency, cursor, limit = 50 } = req.query;
      const { items, next } = await intake.systems(req.actor, {
        archiveId: archive,
        agencyId: agency,
        cursor,
        limit,
      });
      return { items: items.map(presentSystem), next };
    },
  );
  app.post(
    '/api/v1/intake/systems',
    {
      config: registering,
      schema: {
        tags,
        body: Type.Object({ archiveId: Id, agencyId: Id, settings: SettingsSchema }),
        response: { 201: SystemPageSchema },
      },
    },
    async (req, reply) => {
      const { archiveId, agencyId, settings } = req.body;
      const id = await intake.register(req.actor, { archiveId, agencyId }, settings);
      return reply.status(201).send(await show(req, id));
    },
  );
  app.get(
    '/api/v1/intake/systems/:id',
    { config: reading, schema: { tags, params: IdParams, response: page } },
    async (req) => show(req, req.params.id),
  );
  app.put(
    '/api/v1/intake/systems/:id/settings',
    {
      config: registering,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ settings: SettingsSchema, version: Version }),
        response: page,
      },
    },
    async (req) => {
      await intake.change(req.actor, req.params.id, req.body);
      return show(req, req.params.id);
    },
  );
  app.post(
    '/api/v1/intake/systems/:id/decision',
    {
      config: { policy: 'rights.approve' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ agreed: Type.Boolean(), note: Note, version: Version }),
        response: page,
      },
    },
    async (req) => {
      await intake.decide(req.actor, req.params.id, req.body);
      return show(req, req.params.id);
    },
  );
  app.post(
    '/api/v1/intake/systems/:id/end',
    {
      config: reading,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2_000 }) }),
        response: page,
      },
    },
    async (req) => {
      await intake.end(req.actor, req.params.id, req.body.reason);
      return show(req, req.params.id);
    },
  );
  app.post(
    '/api/v1/intake/systems/:id/tokens',
    {
      config: registering,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          name: Type.String({ minLength: 1, maxLength: 200 }),
          days: Type.Integer({ minimum: 1, maximum: 366 }),
        }),
        // The secret is in this one answer and nowhere else.
        response: {
          201: Type.Object({
            id: Type.String(),
            secret: Type.String(),
            expiresAt: Type.String({ format: 'date-time' }),
          }),
        },
      },
    },
    async (req, reply) => {
      const made = await intake.createToken(req.actor, req.params.id, req.body, arrivalOf(req));
      void reply.status(201).header('cache-control', 'no-store');
      return reply.send({ ...made, expiresAt: made.expiresAt.toISOString() });
    },
  );
  app.delete(
    '/api/v1/intake/systems/:id/tokens/:tokenId',
    {
      config: registering,
      schema: { tags, params: Type.Object({ id: Id, tokenId: Id }), response: { 204: Type.Null() } },
    },
    async (req, reply) => {
      await intake.revokeToken(req.actor, req.params, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );
}
