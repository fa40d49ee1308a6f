import Type from 'typebox';
import { type App, Id, IdParams, Nullable } from '#kernel/http/route';
import type { Authorities } from '../module.ts';

const tags = ['authorities'];
const kept = { policy: 'holdings.write' as const };
const Reason = Type.Optional(Nullable(Type.String({ maxLength: 2_000 })));
const MovedSchema = Type.Object({ units: Type.Integer(), fonds: Type.Integer(), relations: Type.Integer() });
const BackSchema = Type.Object({
  /** The record that lives again. */
  name: Type.String(),
  /** Version of the record that stays. */
  version: Type.Integer(),
  /** Links and relations that go back. */
  back: MovedSchema,
  /** Those removed since, which stay removed. */
  gone: MovedSchema,
  /** Names that leave the record that stays. */
  leaving: Type.Array(Type.String()),
  /** What was corrected since and stays. */
  staying: Type.Array(
    Type.Object({
      what: Type.Enum(['name', 'element', 'dates', 'restricted']),
      value: Type.String(),
    }),
  ),
});
const MergeParams = Type.Object({ id: Id, mergeId: Id });

/** Merging a duplicate, and taking that back. */
export function registerMerging(app: App, authorities: Authorities): void {
  app.post(
    '/api/v1/authorities/:id/merge',
    {
      config: kept,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ into: Id, version: Type.Integer(), reason: Reason }),
        response: { 200: MovedSchema },
      },
    },
    async (req) => {
      const { into, version, reason = null } = req.body;
      return authorities.merge(req.actor, req.params.id, { into, version, reason });
    },
  );
  app.get(
    '/api/v1/authorities/:id/merges',
    {
      config: kept,
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                id: Type.String(),
                name: Type.String(),
                at: Type.String(),
                by: Type.String(),
                reason: Nullable(Type.String()),
                takenBackAt: Nullable(Type.String()),
                takenBackBy: Nullable(Type.String()),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const merges = await authorities.merges(req.actor, req.params.id);
      return {
        items: merges.map((m) => ({
          id: m.id,
          name: m.duplicateName,
          at: m.at.toISOString(),
          by: m.byName,
          reason: m.reason,
          takenBackAt: m.takenBackAt?.toISOString() ?? null,
          takenBackBy: m.takenBackByName,
        })),
      };
    },
  );
  app.get(
    '/api/v1/authorities/:id/merges/:mergeId',
    { config: kept, schema: { tags, params: MergeParams, response: { 200: BackSchema } } },
    async (req) => authorities.previewMergeBack(req.actor, req.params.id, req.params.mergeId),
  );
  app.post(
    '/api/v1/authorities/:id/merges/:mergeId/back',
    {
      config: kept,
      schema: {
        tags,
        params: MergeParams,
        body: Type.Object({ version: Type.Integer(), reason: Reason }),
        response: { 200: BackSchema },
      },
    },
    async (req) => {
      const { version, reason = null } = req.body;
      return authorities.takeMergeBack(req.actor, req.params.id, req.params.mergeId, { version, reason });
    },
  );
}
