import Type from 'typebox';
import { type App, Id, IdParams, Nullable } from '#kernel/http/route';
import type { Holdings } from '../module.ts';
import { UnitFilterSchema, UnitInputSchema } from '../schemas.ts';
import { MOST_IDS } from './selection.ts';
import { MOST_ROWS } from './sheet.ts';

const tags = ['bulk'];
const config = { policy: 'holdings.write' as const };
const ArchiveParams = Type.Object({ archiveId: Id });
const Text = Type.String({ maxLength: 4_000 });
const Field = Type.String({ maxLength: 220 });
const Reason = Type.Optional(Nullable(Type.String({ maxLength: 1_000 })));

const ActSchema = Type.Union([
  Type.Object({ do: Type.Literal('set'), field: Field, value: Text }),
  Type.Object({ do: Type.Literal('clear'), field: Field }),
  Type.Object({ do: Type.Literal('append'), field: Field, value: Text }),
  Type.Object({ do: Type.Literal('prepend'), field: Field, value: Text }),
  Type.Object({
    do: Type.Literal('replace'),
    field: Field,
    find: Text,
    with: Text,
    matchCase: Type.Boolean(),
  }),
  Type.Object({ do: Type.Literal('match'), field: Field, find: Text, with: Text, matchCase: Type.Boolean() }),
  Type.Object({ do: Type.Literal('copy'), field: Field, from: Field }),
  Type.Object({
    do: Type.Literal('number'),
    field: Field,
    start: Type.Integer({ minimum: 0, maximum: 999_999_999 }),
    step: Type.Integer({ minimum: 1, maximum: 10_000 }),
    width: Type.Integer({ minimum: 1, maximum: 12 }),
    before: Text,
    after: Text,
  }),
]);

/** Some entries by id, or all that fit a filter; in an order. */
const SelectionSchema = Type.Object({
  ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: MOST_IDS })),
  filter: Type.Optional(UnitFilterSchema),
  sort: Type.Optional(Field),
});

const FindingSchema = Type.Object({
  code: Type.String(),
  field: Nullable(Type.String()),
  message: Type.String(),
  values: Type.Record(Type.String(), Type.Unknown()),
});
const DifferenceSchema = Type.Object({
  field: Type.String(),
  before: Nullable(Type.String()),
  after: Nullable(Type.String()),
});
const Counts = Type.Record(Type.String(), Type.Integer());

/** Many entries at one stroke: by acts on all that fit, and by rows pasted from a sheet. */
export function registerBulk(app: App, holdings: Holdings): void {
  const wish = Type.Object({ selection: SelectionSchema, acts: Type.Array(ActSchema), reason: Reason });
  app.post(
    '/api/v1/archives/:archiveId/bulk-edits/preview',
    {
      config,
      schema: {
        tags,
        params: ArchiveParams,
        body: wish,
        response: {
          200: Type.Object({
            total: Type.Integer(),
            totalIsExact: Type.Boolean(),
            lookedAt: Type.Integer(),
            changed: Type.Integer(),
            unchanged: Type.Integer(),
            skipped: Counts,
            rows: Type.Array(
              Type.Object({
                unitId: Type.String(),
                referenceCode: Nullable(Type.String()),
                title: Type.String(),
                differences: Type.Array(DifferenceSchema),
                finding: Nullable(FindingSchema),
              }),
            ),
          }),
        },
      },
    },
    async (req) => holdings.previewBulk(req.actor, { archiveId: req.params.archiveId, ...req.body }),
  );
  app.post(
    '/api/v1/archives/:archiveId/bulk-edits',
    {
      config,
      schema: {
        tags,
        params: ArchiveParams,
        body: wish,
        response: { 202: Type.Object({ id: Type.String(), jobId: Type.String() }) },
      },
    },
    async (req, reply) =>
      reply
        .status(202)
        .send(await holdings.beginBulk(req.actor, { archiveId: req.params.archiveId, ...req.body })),
  );
  app.get(
    '/api/v1/bulk-edits/:id',
    {
      config: { policy: 'holdings.read' as const },
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            id: Type.String(),
            chosen: Nullable(Type.Integer()),
            jobId: Nullable(Type.String()),
            finishedAt: Nullable(Type.String()),
            changed: Type.Integer(),
            unchanged: Type.Integer(),
            skipped: Counts,
            samples: Type.Array(
              Type.Object({
                unitId: Type.String(),
                code: Type.String(),
                field: Nullable(Type.String()),
                message: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const { finishedAt, ...state } = await holdings.bulkState(req.actor, req.params.id);
      return { ...state, finishedAt: finishedAt?.toISOString() ?? null };
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/sheet',
    {
      config,
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({
          dryRun: Type.Boolean(),
          reason: Reason,
          rows: Type.Array(
            Type.Union([
              Type.Object({ id: Id, version: Type.Integer(), input: UnitInputSchema }),
              Type.Object({ fondsId: Id, parentId: Type.Optional(Nullable(Id)), input: UnitInputSchema }),
            ]),
            { minItems: 1, maxItems: MOST_ROWS },
          ),
        }),
        response: {
          200: Type.Object({
            changesetId: Nullable(Type.String()),
            changed: Type.Integer(),
            added: Type.Integer(),
            refused: Type.Integer(),
            rows: Type.Array(
              Type.Object({
                id: Nullable(Type.String()),
                differences: Type.Array(DifferenceSchema),
                finding: Nullable(FindingSchema),
              }),
            ),
          }),
        },
      },
    },
    async (req) => holdings.writeSheet(req.actor, { archiveId: req.params.archiveId, ...req.body }),
  );
}
