import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Disposals } from './module.ts';
import { LegalHoldSchema, NamedHoldSchema, presentHold } from './schemas.ts';

const tags = ['disposal'];
const Words = Type.String({ minLength: 1, maxLength: 2_000 });

/** Marks that keep content from being destroyed: set by one who may propose, ended by one who may decide. */
export function registerLegalHolds(app: App, disposals: Disposals): void {
  app.get(
    '/api/v1/legal-holds',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          /** Those that are over too. */
          ended: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: { 200: PageOf(NamedHoldSchema) },
      },
    },
    async (req) => {
      const { archive, ended, cursor, limit } = req.query;
      const page = await disposals.legalHolds(req.actor, {
        archiveId: archive,
        ended: ended ?? false,
        cursor,
        limit: limit ?? 50,
      });
      return { ...page, items: page.items.map(presentHold) };
    },
  );
  app.post(
    '/api/v1/legal-holds',
    {
      config: { policy: 'disposal.propose' },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          unitId: Type.Optional(Nullable(Id)),
          fondsId: Type.Optional(Nullable(Id)),
          reason: Words,
          basis: Words,
          until: Type.Optional(Nullable(Type.String({ format: 'date' }))),
        }),
        response: { 201: LegalHoldSchema },
      },
    },
    async (req, reply) =>
      reply.status(201).send(presentHold(await disposals.setLegalHold(req.actor, req.body))),
  );
  app.post(
    '/api/v1/legal-holds/:id/end',
    {
      config: { policy: 'disposal.decide' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Words }),
        response: { 200: LegalHoldSchema },
      },
    },
    async (req) => presentHold(await disposals.endLegalHold(req.actor, req.params.id, req.body.reason)),
  );
}
