import Type from 'typebox';
import { type App, Id, IdParams, PageOf } from '#kernel/http/route';
import type { Holdings } from '../module.ts';
import type { OfferedView } from './views.ts';

const tags = ['holdings'];
const config = { policy: 'holdings.read' as const };
const ArchiveParams = Type.Object({ archiveId: Id });

const given = {
  name: Type.String({ maxLength: 200 }),
  /** Offered to everybody who works in the archive. */
  shared: Type.Boolean(),
  /** Filters, order, groups and columns. */
  state: Type.Record(Type.String(), Type.Unknown()),
};
const ViewSchema = Type.Object({
  id: Type.String(),
  ...given,
  owner: Type.String(),
  mine: Type.Boolean(),
  version: Type.Integer(),
});

const present = ({ id, name, shared, state, ownerName, mine, version }: OfferedView) => ({
  id,
  name,
  shared,
  state,
  owner: ownerName,
  mine,
  version,
});

/** Views of tables, kept under names. */
export function registerViews(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/archives/:archiveId/table-views',
    { config, schema: { tags, params: ArchiveParams, response: { 200: PageOf(ViewSchema) } } },
    async (req) => ({
      items: (await holdings.tableViews(req.actor, req.params.archiveId)).map(present),
      next: null,
    }),
  );
  app.post(
    '/api/v1/archives/:archiveId/table-views',
    {
      config,
      schema: { tags, params: ArchiveParams, body: Type.Object(given), response: { 201: ViewSchema } },
    },
    async (req, reply) =>
      reply.status(201).send(present(await holdings.addView(req.actor, req.params.archiveId, req.body))),
  );
  app.put(
    '/api/v1/table-views/:id',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ ...given, version: Type.Integer() }),
        response: { 200: ViewSchema },
      },
    },
    async (req) => {
      const { version, ...input } = req.body;
      return present(await holdings.changeView(req.actor, req.params.id, version, input));
    },
  );
  app.delete(
    '/api/v1/table-views/:id',
    { config, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async (req, reply) => {
      await holdings.removeView(req.actor, req.params.id);
      return reply.status(204).send(null);
    },
  );
}
