import { Readable } from 'node:stream';
import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, IdParams, PageOf, PageQuery } from '#kernel/http/route';
import type { Examinations } from './module.ts';
import {
  EntrySchema,
  ExaminationSchema,
  FindingSchema,
  present,
  presentEntry,
  ReportSchema,
  RoomSchema,
  SeveritySchema,
} from './schemas.ts';

const tags = ['examinations'];
/** Whoever may send files at all; what is behind it is the person's own. */
const config = { policy: 'sender' as const };
const EntryParams = Type.Object({ ...IdParams.properties, n: Type.Integer({ minimum: 1 }) });

export function registerExaminations(app: App, { examinations }: { examinations: Examinations }): void {
  app.post(
    '/api/v1/examinations',
    {
      config,
      schema: {
        tags,
        body: Type.Object({
          uploadIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100_000 }),
        }),
        response: { 201: ExaminationSchema },
      },
      bodyLimit: 8 * 1024 * 1024,
    },
    async (req, reply) => {
      const id = await examinations.begin(req.actor, req.body.uploadIds);
      return reply.status(201).send(present(await examinations.one(req.actor, id)));
    },
  );
  app.get(
    '/api/v1/examinations',
    {
      config,
      schema: { tags, querystring: Type.Object(PageQuery), response: { 200: PageOf(ExaminationSchema) } },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await examinations.list(req.actor, { cursor, limit });
      return { items: items.map(present), next };
    },
  );
  app.get(
    '/api/v1/examinations/room',
    { config, schema: { tags, response: { 200: RoomSchema } } },
    async (req) => examinations.room(req.actor),
  );
  app.get(
    '/api/v1/examinations/:id',
    { config, schema: { tags, params: IdParams, response: { 200: ReportSchema } } },
    async (req) => {
      const { groups, formats, ...found } = await examinations.report(req.actor, req.params.id);
      return { ...present(found), groups, formats };
    },
  );
  app.delete(
    '/api/v1/examinations/:id',
    { config, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await examinations.remove(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
  registerContents(app, examinations);
  registerDownloads(app, examinations);
}

function registerContents(app: App, examinations: Examinations): void {
  app.get(
    '/api/v1/examinations/:id/findings',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          ...PageQuery,
          code: Type.Optional(Type.String({ maxLength: 100 })),
          severity: Type.Optional(SeveritySchema),
          entry: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
        }),
        response: { 200: PageOf(FindingSchema) },
      },
    },
    async (req) => {
      const { cursor, limit = 50, code, severity, entry } = req.query;
      return examinations.findings(req.actor, { id: req.params.id, code, severity, entry, cursor, limit });
    },
  );
  app.get(
    '/api/v1/examinations/:id/entries',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          ...PageQuery,
          /** 0: what lies on top. */
          parent: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
        }),
        response: { 200: PageOf(EntrySchema) },
      },
    },
    async (req) => {
      const { cursor, limit = 200, parent = 0 } = req.query;
      const { items, next } = await examinations.entries(req.actor, {
        id: req.params.id,
        parent,
        cursor,
        limit,
      });
      return { items: items.map(presentEntry), next };
    },
  );
  app.get(
    '/api/v1/examinations/:id/entries/:n',
    { config, schema: { tags, params: EntryParams, response: { 200: EntrySchema } } },
    async (req) => presentEntry(await examinations.entry(req.actor, req.params.id, req.params.n)),
  );
  // Technical data, signatures, PDF/A: looked for when somebody asks, and kept.
  app.get(
    '/api/v1/examinations/:id/entries/:n/inside',
    {
      config,
      schema: { tags, params: EntryParams, response: { 200: Type.Object({ inside: Type.Unknown() }) } },
    },
    async (req) => ({ inside: await examinations.inside(req.actor, req.params.id, req.params.n) }),
  );
}

function registerDownloads(app: App, examinations: Examinations): void {
  app.get(
    '/api/v1/examinations/:id/report.json',
    { config, schema: { tags, params: IdParams } },
    async (req, reply) => {
      const report = await examinations.json(req.actor, req.params.id);
      return sendFile(
        reply,
        { type: 'application/json; charset=utf-8', name: 'report.json' },
        Readable.from(report),
      );
    },
  );
  app.get(
    '/api/v1/examinations/:id/report.pdf',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(LangQuery),
      },
    },
    async (req, reply) => {
      const language = languageOf(req);
      const pdf = await examinations.pdf(req.actor, req.params.id, language);
      return sendFile(reply, { type: 'application/pdf', name: 'report.pdf' }, pdf);
    },
  );
}
