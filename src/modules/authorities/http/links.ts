import Type from 'typebox';
import { type App, Id, IdParams, Nullable } from '#kernel/http/route';
import type { Authorities } from '../module.ts';
import type { LinksOfUnit } from '../queries/links.ts';
import { CreatorsSchema, LinksSchema, RoleSchema, UnitRelationSchema } from './schemas.ts';

const tags = ['authorities'];
const seen = { policy: 'public' as const };
const kept = { policy: 'holdings.write' as const };

function present({ authorities, related, allowed }: LinksOfUnit) {
  return {
    authorities: authorities.map(({ byName, at, ...l }) => ({ ...l, by: byName, at: at.toISOString() })),
    related: related.map(({ byName, at, ...r }) => ({ ...r, by: byName, at: at.toISOString() })),
    allowed,
  };
}

/** What an entry, and a fonds, have to do with authorities and with other entries. */
export function registerLinks(app: App, authorities: Authorities): void {
  const links = async (actor: Parameters<Authorities['linksOf']>[0], id: string) =>
    present(await authorities.linksOf(actor, id));
  app.get(
    '/api/v1/units/:id/links',
    { config: seen, schema: { tags, params: IdParams, response: { 200: LinksSchema } } },
    async (req) => links(req.actor, req.params.id),
  );
  app.post(
    '/api/v1/units/:id/authorities',
    {
      config: kept,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ authorityId: Id, role: RoleSchema }),
        response: { 201: LinksSchema },
      },
    },
    async (req, reply) => {
      await authorities.link(req.actor, { unitId: req.params.id, ...req.body });
      return reply.status(201).send(await links(req.actor, req.params.id));
    },
  );
  app.delete(
    '/api/v1/units/:id/authorities/:authorityId',
    {
      config: kept,
      schema: {
        tags,
        params: Type.Object({ id: Id, authorityId: Id }),
        querystring: Type.Object({ role: RoleSchema }),
      },
    },
    async (req, reply) => {
      const { id, authorityId } = req.params;
      await authorities.unlink(req.actor, { unitId: id, authorityId, role: req.query.role });
      return reply.status(204).send();
    },
  );
  app.post(
    '/api/v1/units/:id/related',
    {
      config: kept,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          otherId: Id,
          /** What this entry is to the other. */
          type: UnitRelationSchema,
          note: Type.Optional(Nullable(Type.String({ maxLength: 2_000 }))),
        }),
        response: { 201: LinksSchema },
      },
    },
    async (req, reply) => {
      await authorities.relateUnits(req.actor, req.params.id, req.body);
      return reply.status(201).send(await links(req.actor, req.params.id));
    },
  );
  app.delete(
    '/api/v1/units/:id/related/:relationId',
    { config: kept, schema: { tags, params: Type.Object({ id: Id, relationId: Id }) } },
    async (req, reply) => {
      await authorities.unrelateUnits(req.actor, req.params.id, req.params.relationId);
      return reply.status(204).send();
    },
  );
  app.get(
    '/api/v1/fonds/:id/creators',
    { config: seen, schema: { tags, params: IdParams, response: { 200: CreatorsSchema } } },
    async (req) => authorities.creatorsOf(req.actor, req.params.id),
  );
  app.post(
    '/api/v1/fonds/:id/creators',
    {
      config: kept,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ authorityId: Id }),
        response: { 201: CreatorsSchema },
      },
    },
    async (req, reply) => {
      await authorities.nameCreator(req.actor, { fondsId: req.params.id, ...req.body });
      return reply.status(201).send(await authorities.creatorsOf(req.actor, req.params.id));
    },
  );
  app.delete(
    '/api/v1/fonds/:id/creators/:authorityId',
    { config: kept, schema: { tags, params: Type.Object({ id: Id, authorityId: Id }) } },
    async (req, reply) => {
      await authorities.removeCreator(req.actor, {
        fondsId: req.params.id,
        authorityId: req.params.authorityId,
      });
      return reply.status(204).send();
    },
  );
}
