import Type from 'typebox';
import { type App, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Deposits } from './module.ts';

const tags = ['deposits'];
const config = { policy: 'filing.read' as const };

/** What a batch brings beside what its agency had deposited. */
export function registerComparison(app: App, deposits: Deposits): void {
  app.get(
    '/api/v1/transfers/:id/deposit-comparison',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            /** Null where nothing of the batch had been deposited, or it is not compared yet. */
            comparison: Nullable(
              Type.Object({
                round: Type.Integer(),
                deposits: Type.Array(
                  Type.Object({
                    id: Type.String(),
                    number: Type.String(),
                    title: Type.String(),
                    sealedAt: Type.String(),
                  }),
                ),
                same: Type.Integer(),
                changed: Type.Integer(),
                missing: Type.Integer(),
                added: Type.Integer(),
                at: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const found = await deposits.comparison(req.actor, req.params.id);
      return { comparison: found ? { ...found, at: found.at.toISOString() } : null };
    },
  );
  app.get(
    '/api/v1/transfers/:id/deposit-differences',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: {
          200: PageOf(
            Type.Object({
              seq: Type.Integer(),
              kind: Type.Enum(['changed', 'missing', 'added']),
              path: Nullable(Type.String()),
              depositedPath: Nullable(Type.String()),
              depositNumber: Nullable(Type.String()),
            }),
          ),
        },
      },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      return deposits.differences(req.actor, req.params.id, { cursor, limit });
    },
  );
}
