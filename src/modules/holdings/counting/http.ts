import Type from 'typebox';
import { Refusal } from '#kernel/errors';
import { type App, Id, Nullable } from '#kernel/http/route';
import type { Holdings } from '../module.ts';
import { COUNTED_BY, type CountedBy } from './store/counts.ts';

const sums = {
  units: Type.Integer(),
  /** Pages of paper, as described. */
  pages: Type.Integer(),
  digitalPages: Type.Integer(),
  /** Entries that have digital pages. */
  digitalUnits: Type.Integer(),
};

/** How many entries there are, by what people count by: kept with every change, so that asking is cheap however many there are. */
export function registerCounts(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/archives/:archiveId/counts',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags: ['holdings'],
        params: Type.Object({ archiveId: Id }),
        querystring: Type.Object({
          /** What is counted by, with commas: `fonds,year`. Absent: all together. */
          by: Type.Optional(Type.String({ maxLength: 100 })),
          fonds: Type.Optional(Id),
          level: Type.Optional(Type.String({ maxLength: 20 })),
          category: Type.Optional(Type.String({ maxLength: 50 })),
          year: Type.Optional(Type.Integer()),
          retention: Type.Optional(Type.String({ maxLength: 50 })),
          access: Type.Optional(Type.String({ maxLength: 20 })),
        }),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                /** Values of what is counted by, in the order asked; null: not described. */
                of: Type.Array(Nullable(Type.Union([Type.String(), Type.Integer()]))),
                ...sums,
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const { by, ...filter } = req.query;
      const rows = await holdings.counts(
        req.actor,
        { archiveId: req.params.archiveId, ...filter },
        countedBy(by),
      );
      return { items: rows };
    },
  );
}

function countedBy(words: string | undefined): CountedBy[] {
  if (!words) return [];
  return words.split(',').map((word) => {
    const found = COUNTED_BY.find((by) => by === word.trim());
    if (!found) throw new Refusal('request.invalid', `Entries are not counted by "${word}".`);
    return found;
  });
}
