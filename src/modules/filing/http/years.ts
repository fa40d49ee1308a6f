import Type from 'typebox';
import { BOX_THICKNESSES } from '#formats/print';
import { canFor } from '#kernel/actor';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, Id, IdParams, Nullable } from '#kernel/http/route';
import type { Filing } from '../module.ts';
import { PAPERS } from '../queries/lists.ts';
import { MissingSchema, presentYearFiling, YearFilingSchema } from './recordSchemas.ts';

const tags = ['filing'];
const read = { policy: 'filing.read' as const };
const write = { policy: 'filing.write' as const };
const Year = Type.Integer({ minimum: 1900, maximum: 2_999 });
const OfQuery = { archive: Id, agency: Id };

/** The years of an agency: how they stand, what they lack, their filing, and the papers printed of them. */
export function registerYears(app: App, filing: Filing): void {
  app.get(
    '/api/v1/filing/filings',
    {
      config: read,
      schema: {
        tags,
        querystring: Type.Object(OfQuery),
        response: {
          200: Type.Object({
            years: Type.Array(
              Type.Object({
                year: Type.Integer(),
                registered: Type.Integer(),
                filed: Type.Integer(),
                handedOver: Type.Integer(),
              }),
            ),
            filings: Type.Array(YearFilingSchema),
          }),
        },
      },
    },
    async (req) => {
      const of = { archiveId: req.query.archive, agencyId: req.query.agency };
      const { counts, filings, checks } = await filing.years(req.actor, of);
      const confirms = canFor(req.actor, 'filing.approve', of);
      return {
        years: counts,
        filings: filings.map((f) =>
          presentYearFiling(
            f,
            f.state === 'prepared' && confirms && f.preparedBy !== req.actor.id,
            checks.get(f.id),
          ),
        ),
      };
    },
  );
  // What could be handed over now, by what one chooses it by.
  app.get(
    '/api/v1/filing/ready-to-hand-over',
    {
      config: read,
      schema: {
        tags,
        querystring: Type.Object(OfQuery),
        response: {
          200: Type.Object({
            groups: Type.Array(
              Type.Object({
                year: Type.Integer(),
                category: Type.String(),
                retention: Nullable(Type.String()),
                classCode: Nullable(Type.String()),
                className: Nullable(Type.String()),
                items: Type.Integer(),
                bytes: Type.Integer(),
                first: Type.String(),
                last: Type.String(),
                /** Whether archives take such records in: permanent, and thirty years or more. */
                longTerm: Type.Boolean(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const { archive: archiveId, agency: agencyId } = req.query;
      return { groups: await filing.readyToHandOver(req.actor, { archiveId, agencyId }) };
    },
  );
  app.get(
    '/api/v1/filing/missing',
    {
      config: read,
      schema: {
        tags,
        querystring: Type.Object({ ...OfQuery, year: Year }),
        response: { 200: MissingSchema },
      },
    },
    async (req) => {
      const { archive, agency, year } = req.query;
      return filing.missing(req.actor, { archiveId: archive, agencyId: agency, year });
    },
  );
  app.post(
    '/api/v1/filing/filings',
    {
      config: write,
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          agencyId: Id,
          year: Year,
          note: Type.String({ maxLength: 4_000 }),
        }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => {
      const { archiveId, agencyId, year, note } = req.body;
      const id = await filing.prepareFiling(req.actor, { archiveId, agencyId, year }, { note });
      return reply.status(201).send({ id });
    },
  );
  app.post(
    '/api/v1/filing/filings/:id/confirmation',
    { config: { policy: 'filing.approve' }, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await filing.confirmFiling(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
  app.post(
    '/api/v1/filing/filings/:id/withdrawal',
    { config: write, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await filing.withdrawFiling(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
  app.get(
    '/api/v1/filing/lists/:paper',
    {
      config: read,
      schema: {
        tags,
        params: Type.Object({ paper: Type.Enum([...PAPERS]) }),
        querystring: Type.Object({
          ...OfQuery,
          year: Year,
          category: Type.Optional(Type.String({ maxLength: 10 })),
          retention: Type.Optional(Type.String({ maxLength: 10 })),
          class: Type.Optional(Type.String({ maxLength: 40 })),
          box: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
          /** Millimetres of the box: 20, 30, 40, 50. */
          thickness: Type.Optional(Type.Integer({ minimum: 20, maximum: 50 })),
          ...LangQuery,
        }),
      },
    },
    async (req, reply) => {
      const { archive, agency, year, category = 'WS', retention, class: classCode, box } = req.query;
      const language = languageOf(req);
      const pdf = await filing.printList(
        req.actor,
        req.params.paper,
        {
          archiveId: archive,
          agencyId: agency,
          year,
          category,
          retention,
          classCode,
          boxNo: box,
          thickness: BOX_THICKNESSES.find((n) => n === req.query.thickness) ?? 30,
        },
        language,
      );
      return sendFile(reply, { type: 'application/pdf', name: req.params.paper, inline: true }, pdf);
    },
  );
}
