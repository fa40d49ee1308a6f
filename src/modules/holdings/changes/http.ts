import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Holdings } from '../module.ts';
import { differences } from './differences.ts';
import { CHANGE_KINDS, type Changeset, type UnitChange } from './store/changesets.ts';

const tags = ['changes'];

const ChangesetSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  kind: Type.Enum([...CHANGE_KINDS]),
  reason: Nullable(Type.String()),
  by: Type.String(),
  at: Type.String(),
  /** How many times an entry was changed by it. */
  changes: Type.Integer(),
  /** The changeset this one takes back, with how many of its changes were left; null in finishedAt: it is under way. */
  undoes: Nullable(Type.String()),
  left: Type.Integer(),
  finishedAt: Nullable(Type.String()),
  undoneBy: Nullable(Type.String()),
});

const Value = Nullable(Type.Union([Type.String(), Type.Number()]));
const ChangeSchema = {
  id: Type.String(),
  unitId: Type.String(),
  /** Of the entry, once changed. */
  version: Type.Integer(),
  differences: Type.Array(Type.Object({ field: Type.String(), before: Value, after: Value })),
};

const present = (c: Changeset) => ({
  id: c.id,
  archiveId: c.archiveId,
  kind: c.kind,
  reason: c.reason,
  by: c.actorName,
  at: c.at.toISOString(),
  changes: c.changes,
  undoes: c.undoes,
  left: c.leftCount,
  finishedAt: c.finishedAt?.toISOString() ?? null,
  undoneBy: c.undoneBy,
});

const presentChange = (c: UnitChange) => ({
  id: c.id,
  unitId: c.unitId,
  version: c.version,
  differences: differences(c),
});

/** The history of descriptions: who changed what, when and why, and taking it back. */
export function registerChanges(app: App, holdings: Holdings): void {
  const read = { config: { policy: 'holdings.read' as const } };
  app.get(
    '/api/v1/archives/:archiveId/changesets',
    {
      ...read,
      schema: {
        tags,
        params: Type.Object({ archiveId: Id }),
        querystring: Type.Object({
          kind: Type.Optional(Type.Enum([...CHANGE_KINDS])),
          /** Those of who asks alone. */
          mine: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: { 200: PageOf(ChangesetSchema) },
      },
    },
    async (req) => {
      const { kind, mine, cursor, limit } = req.query;
      const page = await holdings.changesets(req.actor, {
        archiveId: req.params.archiveId,
        ...(kind ? { kinds: [kind] } : {}),
        mine,
        cursor,
        limit: limit ?? 50,
      });
      return { ...page, items: page.items.map(present) };
    },
  );
  app.get(
    '/api/v1/changesets/:id',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: {
          200: Type.Interface([ChangesetSchema], {
            items: Type.Array(
              Type.Object({
                ...ChangeSchema,
                referenceCode: Nullable(Type.String()),
                title: Nullable(Type.String()),
              }),
            ),
            next: Nullable(Type.String()),
            /** The first of what taking back left, and why. */
            leftChanges: Type.Array(
              Type.Object({
                unitId: Type.String(),
                why: Type.Enum(['changed', 'gone', 'forbidden', 'codeTaken', 'place']),
                fields: Type.Array(Type.String()),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const { cursor, limit } = req.query;
      const { changeset, changes, left } = await holdings.changeset(req.actor, req.params.id, {
        cursor,
        limit: limit ?? 50,
      });
      return {
        ...present(changeset),
        items: changes.items.map((c) => ({
          ...presentChange(c),
          referenceCode: c.referenceCode,
          title: c.title,
        })),
        next: changes.next,
        leftChanges: left.map(({ unitId, why, fields }) => ({ unitId, why, fields: [...fields] })),
      };
    },
  );
  app.post(
    '/api/v1/changesets/:id/undo',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.Optional(Nullable(Type.String({ maxLength: 1_000 }))) }),
        response: {
          200: Type.Object({
            /** The changeset that takes back. */
            id: Type.String(),
            undone: Type.Integer(),
            left: Type.Integer(),
          }),
          /** Begun, or waiting for another person's word: then there is no job yet. */
          202: Type.Object({ id: Type.String(), jobId: Nullable(Type.String()), waiting: Type.Boolean() }),
        },
      },
    },
    async (req, reply) => {
      const begun = await holdings.undo(req.actor, req.params.id, req.body.reason);
      const { id, undone, left, jobId, waiting } = begun;
      if (waiting || jobId !== null) return reply.status(202).send({ id, jobId, waiting });
      return reply.status(200).send({ id, undone, left });
    },
  );
  app.get(
    '/api/v1/units/:id/versions',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: {
          200: PageOf(
            Type.Object({
              ...ChangeSchema,
              changesetId: Type.String(),
              kind: Type.Enum([...CHANGE_KINDS]),
              reason: Nullable(Type.String()),
              by: Type.String(),
              at: Type.String(),
            }),
          ),
        },
      },
    },
    async (req) => {
      const { cursor, limit } = req.query;
      const page = await holdings.versions(req.actor, req.params.id, { cursor, limit: limit ?? 50 });
      return {
        ...page,
        items: page.items.map((v) => ({
          ...presentChange(v),
          changesetId: v.changesetId,
          kind: v.kind,
          reason: v.reason,
          by: v.actorName,
          at: v.at.toISOString(),
        })),
      };
    },
  );
}
