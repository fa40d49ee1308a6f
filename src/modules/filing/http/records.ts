import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, PageOf, PageQuery } from '#kernel/http/route';
import { ORDERS, PARTS } from '../domain/arrange.ts';
import { RECORD_STATES } from '../domain/record.ts';
import type { Filing } from '../module.ts';
import {
  FieldSchema,
  fieldsOfForm,
  presentRecord,
  presentRecordPage,
  RecordInputSchema,
  RecordPageSchema,
  RecordSchema,
} from './recordSchemas.ts';

const tags = ['filing'];
const read = { policy: 'filing.read' as const };
const write = { policy: 'filing.write' as const };
const Year = Type.Integer({ minimum: 1900, maximum: 2_999 });
const Of = { archiveId: Id, agencyId: Id, year: Year, fondsId: Type.Optional(Id) };
const Reason = Type.Optional(Type.String({ maxLength: 1_000 }));
const Ids = Type.Array(Id, { minItems: 1, maxItems: 1_000 });
const PartSchema = Type.Enum([...PARTS]);
const page = { 200: RecordPageSchema };

export function registerRecords(app: App, filing: Filing): void {
  app.get(
    '/api/v1/filing/schemes/:category',
    {
      config: read,
      schema: {
        tags,
        params: Type.Object({ category: Type.String({ maxLength: 10 }) }),
        response: { 200: Type.Object({ fields: Type.Array(FieldSchema) }) },
      },
    },
    async (req) => ({ fields: fieldsOfForm(req.params.category) }),
  );
  app.get(
    '/api/v1/filing/records',
    {
      config: read,
      schema: {
        tags,
        querystring: Type.Object({
          ...PageQuery,
          archive: Type.Optional(Id),
          agency: Type.Optional(Id),
          year: Type.Optional(Year),
          category: Type.Optional(Type.String({ maxLength: 10 })),
          retention: Type.Optional(Type.String({ maxLength: 10 })),
          class: Type.Optional(Type.String({ maxLength: 40 })),
          state: Type.Optional(Type.Enum([...RECORD_STATES])),
          q: Type.Optional(Type.String({ maxLength: 200 })),
        }),
        response: { 200: PageOf(RecordSchema) },
      },
    },
    async (req) => {
      const { archive, agency, class: classCode, limit = 50, cursor, ...filter } = req.query;
      const { items, next } = await filing.records(req.actor, {
        ...filter,
        archiveId: archive,
        agencyId: agency,
        classCode,
        cursor,
        limit,
      });
      return { items: items.map(presentRecord), next };
    },
  );
  app.post(
    '/api/v1/filing/records',
    {
      config: write,
      schema: {
        tags,
        body: Type.Object({ ...Of, ...RecordInputSchema }),
        response: { 201: RecordPageSchema },
      },
    },
    async (req, reply) => {
      const { archiveId, agencyId, year, fondsId, ...input } = req.body;
      const { id } = await filing.register(req.actor, { archiveId, agencyId, year, fondsId }, input);
      return reply.status(201).send(presentRecordPage(await filing.record(req.actor, id)));
    },
  );
  app.post(
    '/api/v1/filing/records/rows',
    {
      config: write,
      bodyLimit: 16 * 1024 * 1024,
      schema: {
        tags,
        body: Type.Object({ ...Of, rows: Type.Array(Type.Object(RecordInputSchema), { maxItems: 1_000 }) }),
        response: {
          200: Type.Object({
            registered: Type.Integer(),
            /** Where there are any nothing was registered. */
            refused: Type.Array(
              Type.Object({
                row: Type.Integer(),
                code: Type.String(),
                field: Type.Union([Type.String(), Type.Null()]),
                number: Type.Union([Type.String(), Type.Null()]),
                message: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const { rows, archiveId, agencyId, year, fondsId } = req.body;
      return filing.registerRows(req.actor, { archiveId, agencyId, year, fondsId }, rows);
    },
  );
  app.post(
    '/api/v1/filing/records/classification',
    {
      config: write,
      schema: {
        tags,
        body: Type.Object({
          ids: Ids,
          retention: RecordInputSchema.retention,
          classCode: RecordInputSchema.classCode,
          className: RecordInputSchema.className,
          lineKey: RecordInputSchema.lineKey,
          boxNo: Type.Optional(Type.Union([Type.Integer({ minimum: 1, maximum: 100_000 }), Type.Null()])),
        }),
      },
    },
    async (req, reply) => {
      const { ids, ...given } = req.body;
      await filing.classify(req.actor, ids, given);
      return reply.status(204).send();
    },
  );
  app.post(
    '/api/v1/filing/records/suggested',
    {
      config: write,
      schema: {
        tags,
        body: Type.Object({ ids: Ids }),
        response: { 200: Type.Object({ classified: Type.Integer(), left: Type.Integer() }) },
      },
    },
    (req) => filing.classifyAsSuggested(req.actor, req.body.ids),
  );
  app.post(
    '/api/v1/filing/records/numbering',
    {
      config: write,
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          agencyId: Id,
          year: Year,
          order: Type.Enum([...ORDERS]),
          /** Anew for all that is not filed. */
          again: Type.Boolean(),
        }),
        response: {
          200: Type.Object({
            numbered: Type.Integer(),
            left: Type.Array(
              Type.Object({ id: Type.String(), title: Type.String(), element: Type.String() }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const { archiveId, agencyId, year, order, again } = req.body;
      return filing.number(req.actor, { archiveId, agencyId, year }, { order, again });
    },
  );
  registerOne(app, filing);
}

function registerOne(app: App, filing: Filing): void {
  const show = async (req: { actor: Parameters<Filing['record']>[0] }, id: string) =>
    presentRecordPage(await filing.record(req.actor, id));
  app.get(
    '/api/v1/filing/records/:id',
    { config: read, schema: { tags, params: IdParams, response: page } },
    (req) => show(req, req.params.id),
  );
  app.patch(
    '/api/v1/filing/records/:id',
    {
      config: write,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          ...RecordInputSchema,
          version: Type.Integer(),
          year: Type.Optional(Year),
          reason: Reason,
        }),
        response: page,
      },
    },
    async (req) => {
      const { version, reason, ...input } = req.body;
      await filing.correctRecord(req.actor, req.params.id, { version, reason, input });
      return show(req, req.params.id);
    },
  );
  app.delete(
    '/api/v1/filing/records/:id',
    { config: write, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await filing.removeRecord(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
  app.post(
    '/api/v1/filing/records/:id/files',
    {
      config: write,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          uploadIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 500 }),
          reason: Reason,
        }),
        response: page,
      },
    },
    async (req) => {
      await filing.attach(req.actor, req.params.id, req.body);
      return show(req, req.params.id);
    },
  );
  const FileParams = Type.Object({ id: Id, fileId: Id });
  app.get(
    '/api/v1/filing/records/:id/files/:fileId',
    { config: read, schema: { tags, params: FileParams } },
    async (req, reply) => {
      const { file, content } = await filing.openFile(req.actor, req.params.id, req.params.fileId);
      return sendFile(
        reply,
        { type: 'application/octet-stream', name: file.name, bytes: file.bytes },
        content(),
      );
    },
  );
  app.post(
    '/api/v1/filing/records/:id/files/:fileId/removal',
    {
      config: write,
      schema: { tags, params: FileParams, body: Type.Object({ reason: Reason }), response: page },
    },
    async (req) => {
      const { id, fileId } = req.params;
      await filing.detach(req.actor, id, { fileId, reason: req.body.reason });
      return show(req, id);
    },
  );
  app.post(
    '/api/v1/filing/records/:id/parts',
    {
      config: write,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          parts: Type.Array(Type.Object({ id: Id, part: Type.Optional(PartSchema) }), {
            minItems: 1,
            maxItems: 200,
          }),
        }),
        response: page,
      },
    },
    async (req) => {
      await filing.group(req.actor, req.params.id, req.body.parts);
      return show(req, req.params.id);
    },
  );
  app.post(
    '/api/v1/filing/records/:id/parts/removal',
    {
      config: write,
      schema: { tags, params: IdParams, body: Type.Object({ ids: Ids }), response: page },
    },
    async (req) => {
      await filing.ungroup(req.actor, req.params.id, req.body.ids);
      return show(req, req.params.id);
    },
  );
}
