import Type from 'typebox';
import { type App, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { DOORS, MARKS } from './domain/marks.ts';
import type { Classified } from './module.ts';
import type { Blocked } from './store/blocked.ts';

const tags = ['classified'];
const config = { policy: 'secrets.handle' as const };

const BlockedSchema = Type.Object({
  id: Type.String(),
  number: Type.String(),
  archiveId: Type.String(),
  agencyId: Nullable(Type.String()),
  door: Type.Enum([...DOORS]),
  source: Type.String(),
  kinds: Type.Array(Type.Enum([...MARKS])),
  places: Type.Integer(),
  files: Type.Integer(),
  /** How often the same was sent. */
  times: Type.Integer(),
  sentBy: Type.String(),
  at: Type.String(),
  lastAt: Type.String(),
  removed: Nullable(Type.Object({ at: Type.String(), by: Type.String(), reason: Type.String() })),
});

const present = ({
  removedAt,
  removedByName,
  reason,
  sentByName,
  at,
  lastAt,
  ...b
}: Blocked & { number: string }) => {
  return {
    ...b,
    sentBy: sentByName,
    at: at.toISOString(),
    lastAt: lastAt.toISOString(),
    removed: removedAt && { at: removedAt.toISOString(), by: removedByName ?? '', reason: reason ?? '' },
  };
};

/** What was turned away at the doors, for the security administrator. */
export function registerClassified(app: App, { classified }: { classified: Classified }): void {
  app.get(
    '/api/v1/blocked',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({ waiting: Type.Optional(Type.Boolean()), ...PageQuery }),
        response: { 200: PageOf(BlockedSchema) },
      },
    },
    async (req) => {
      const { waiting = false, cursor, limit = 50 } = req.query;
      const { items, next } = await classified.list(req.actor, { waiting, cursor, limit });
      return { items: items.map(present), next };
    },
  );
  app.get(
    '/api/v1/blocked/:id',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            ...BlockedSchema.properties,
            marks: Type.Array(Type.Object({ what: Type.Enum([...MARKS]), place: Type.String() })),
            files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer() })),
          }),
        },
      },
    },
    async (req, reply) => {
      const { blocked, marks, files } = await classified.look(req.actor, req.params.id);
      void reply.header('cache-control', 'private, no-store');
      return { ...present(blocked), marks, files };
    },
  );
  app.post(
    '/api/v1/blocked/:id/removal',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 4_000 }) }),
      },
    },
    async (req, reply) => {
      await classified.remove(req.actor, req.params.id, req.body.reason);
      return reply.status(204).send();
    },
  );
}
