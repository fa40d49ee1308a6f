import Type from 'typebox';
import { type App, Id, Nullable, PageQuery } from '#kernel/http/route';
import { filterOf } from '../httpFilter.ts';
import type { Holdings } from '../module.ts';
import { presentRow } from '../present.ts';
import { UnitFilterSchema, UnitRowSchema } from '../schemas.ts';
import type { TableRow } from './store/rows.ts';

const tags = ['holdings'];
const ArchiveParams = Type.Object({ archiveId: Id });
const Word = Type.String({ maxLength: 220 });

export const TableRowSchema = Type.Interface([UnitRowSchema], {
  createdAt: Type.String(),
  updatedAt: Type.String(),
  /** Those elements of the description that were asked for and are written. */
  elements: Type.Record(Type.String(), Type.String()),
});

const ListSchema = Type.Object({
  items: Type.Array(TableRowSchema),
  next: Nullable(Type.String()),
  before: Nullable(Type.String()),
  /** At least so many where it is not exact. */
  total: Type.Integer(),
  totalIsExact: Type.Boolean(),
  /** Not full because looking on would have taken too long: `next` goes on from there. */
  stopped: Type.Boolean(),
});

const sums = { units: Type.Number(), pages: Type.Number(), digitalPages: Type.Number() };

export function presentTableRow({ createdAt, updatedAt, ...row }: TableRow) {
  return {
    ...presentRow(row),
    elements: row.elements,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

/** Tables of entries: pages, totals, groups. */
export function registerTable(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/archives/:archiveId/units',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Interface([UnitFilterSchema], {
          /** `position`, `code` or a field, with `-` before it from the end; empty values stand last. */
          sort: Type.Optional(Word),
          /** Elements of the description to be shown, with commas between. */
          elements: Type.Optional(Type.String({ maxLength: 4_000 })),
          ...PageQuery,
        }),
        response: { 200: ListSchema },
      },
    },
    async (req) => {
      const { sort, cursor, limit, elements, ...filter } = req.query;
      const page = await holdings.listUnits(req.actor, filterOf(req.params.archiveId, filter), {
        sort: sort ?? (filter.parent ? 'position' : 'code'),
        cursor,
        limit: limit ?? 50,
        elements: elements?.split(','),
      });
      return { ...page, items: page.items.map(presentTableRow) };
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/units/totals',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        params: ArchiveParams,
        querystring: UnitFilterSchema,
        response: { 200: Type.Object({ ...sums, exact: Type.Boolean() }) },
      },
    },
    async (req) => holdings.totalsOfTable(req.actor, filterOf(req.params.archiveId, req.query)),
  );
  app.get(
    '/api/v1/archives/:archiveId/units/groups',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Interface([UnitFilterSchema], { by: Word }),
        response: {
          200: Type.Object({
            groups: Type.Array(
              Type.Object({ value: Nullable(Type.String()), label: Nullable(Type.String()), ...sums }),
            ),
            more: Type.Boolean(),
          }),
        },
      },
    },
    async (req) => {
      const { by, ...filter } = req.query;
      return holdings.groupsOfTable(req.actor, filterOf(req.params.archiveId, filter), by);
    },
  );
}
