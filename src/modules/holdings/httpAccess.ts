import Type from 'typebox';
import { Refusal } from '#kernel/errors';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { filterOf } from './httpFilter.ts';
import type { Holdings } from './module.ts';
import { presentChange } from './present.ts';
import { AccessChangeSchema, UnitFilterSchema } from './schemas.ts';

const tags = ['access'];
const Day = Type.String({ format: 'date' });

/** Proposals of an access status and their decision by a second person. */
export function registerAccessChanges(app: App, holdings: Holdings): void {
  const read = { config: { policy: 'holdings.read' as const } };
  app.post(
    '/api/v1/access-changes',
    {
      config: { policy: 'access.propose' },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          unitIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 20_000 })),
          filter: Type.Optional(UnitFilterSchema),
          /** Absent: the status stays. */
          status: Type.Optional(Type.String({ maxLength: 20 })),
          /** The day an opening takes effect; absent or null: at once. */
          opensOn: Type.Optional(Nullable(Day)),
          /** The first day after the embargo; null lifts it, absent leaves it. */
          embargoUntil: Type.Optional(Nullable(Day)),
          reason: Type.String({ maxLength: 1_000 }),
          basis: Type.Optional(Type.String({ maxLength: 1_000 })),
        }),
        response: { 201: AccessChangeSchema },
      },
    },
    async (req, reply) => {
      const { filter, ...proposal } = req.body;
      if (!filter && !proposal.unitIds) throw new Refusal('access.none', 'No entry was chosen.');
      const id = await holdings.proposeAccess(req.actor, {
        ...proposal,
        filter: filter && filterOf(req.body.archiveId, filter),
      });
      const { change } = await holdings.accessChange(req.actor, id, { limit: 1 });
      return reply.status(201).send(presentChange(change));
    },
  );
  app.get(
    '/api/v1/access-changes',
    {
      ...read,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          state: Type.Optional(Type.Enum(['proposed', 'approved', 'rejected'])),
          ...PageQuery,
        }),
        response: { 200: PageOf(AccessChangeSchema) },
      },
    },
    async (req) => {
      const { archive, state, cursor, limit } = req.query;
      const page = await holdings.accessChanges(req.actor, {
        archiveId: archive,
        state,
        cursor,
        limit: limit ?? 50,
      });
      return { ...page, items: page.items.map(presentChange) };
    },
  );
  app.get(
    '/api/v1/access-changes/:id',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: {
          200: Type.Object({
            change: AccessChangeSchema,
            items: Type.Array(
              Type.Object({
                id: Type.String(),
                referenceCode: Nullable(Type.String()),
                title: Type.String(),
                date: Nullable(Type.String()),
                before: Type.String(),
                beforeOpensOn: Nullable(Type.String()),
                beforeEmbargoUntil: Nullable(Type.String()),
              }),
            ),
            next: Nullable(Type.String()),
          }),
        },
      },
    },
    async (req) => {
      const found = await holdings.accessChange(req.actor, req.params.id, {
        ...req.query,
        limit: req.query.limit ?? 50,
      });
      return { ...found, change: presentChange(found.change) };
    },
  );
  app.post(
    '/api/v1/access-changes/:id/decision',
    {
      config: { policy: 'access.decide' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          decision: Type.Enum(['approved', 'rejected']),
          note: Type.Optional(Type.String({ maxLength: 1_000 })),
        }),
        response: { 200: AccessChangeSchema },
      },
    },
    async (req) =>
      presentChange(
        await holdings.decideAccess(
          req.actor,
          req.params.id,
          req.body.decision as 'approved' | 'rejected',
          req.body.note?.trim() || null,
        ),
      ),
  );
}
