import Type from 'typebox';
import { type App, Id, IdParams, Nullable } from '#kernel/http/route';
import type { Arrangement } from './arrangement.ts';
import { ACCESS_STATUSES, LEVELS } from './domain/unit.ts';

const tags = ['tree'];

const BranchSchema = Type.Object({
  id: Type.String(),
  fondsId: Type.String(),
  level: Type.Enum([...LEVELS]),
  referenceCode: Nullable(Type.String()),
  title: Type.String(),
  date: Nullable(Type.String()),
  accessStatus: Type.Enum([...ACCESS_STATUSES]),
  pageCount: Type.Integer(),
  childCount: Type.Integer(),
  version: Type.Integer(),
});
const WindowSchema = Type.Object({
  at: Type.Integer(),
  total: Type.Integer(),
  items: Type.Array(BranchSchema),
});
const PathSchema = Type.Object({
  fondsId: Type.String(),
  steps: Type.Array(Type.Object({ id: Type.String(), index: Type.Integer() })),
});

/** The tree of the holdings, window by window. */
export function registerTree(app: App, { arrangement }: { arrangement: Arrangement }): void {
  app.get(
    '/api/v1/tree/:id',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          at: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
          around: Type.Optional(Id),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
        }),
        response: { 200: WindowSchema },
      },
    },
    async (req) => arrangement.window(req.actor, req.params.id, { limit: 100, ...req.query }),
  );
  app.get(
    '/api/v1/tree/:id/jump',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          code: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          title: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
          from: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000_000 })),
        }),
        response: { 200: Type.Object({ found: Nullable(PathSchema), next: Nullable(Type.Integer()) }) },
      },
    },
    async (req) => arrangement.jump(req.actor, req.params.id, req.query),
  );
  app.get(
    '/api/v1/units/:id/tree-path',
    {
      config: { policy: 'holdings.read', reads: 'description' },
      schema: { tags, params: IdParams, response: { 200: PathSchema } },
    },
    async (req) => arrangement.path(req.actor, req.params.id),
  );
}
