import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, PageOf, PageQuery } from '#kernel/http/route';
import type { Guidance } from '../module.ts';
import { NewNoticeBody, NoticeReadSchema, NoticeSchema, present, presentView } from './schemas.ts';

const tags = ['notices'];
/** Who writes and who takes note, the command decides. */
const config = { policy: 'filing.read' as const };

export function registerNotices(app: App, guidance: Guidance): void {
  const read = async (actor: Parameters<Guidance['notice']>[0], id: string) =>
    presentView(await guidance.notice(actor, id));
  app.get(
    '/api/v1/notices',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          agency: Type.Optional(Id),
          /** Only those that wait for somebody to take note. */
          open: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: { 200: PageOf(NoticeSchema) },
      },
    },
    async (req) => {
      const { archive, agency, open, cursor, limit = 50 } = req.query;
      const { items, next } = await guidance.notices(req.actor, {
        archiveId: archive,
        agencyId: agency,
        open,
        cursor,
        limit,
      });
      return { items: items.map(present), next };
    },
  );
  app.post(
    '/api/v1/notices',
    { config, schema: { tags, body: NewNoticeBody, response: { 201: NoticeReadSchema } } },
    async (req, reply) => {
      const id = await guidance.issue(req.actor, req.body);
      return reply.status(201).send(await read(req.actor, id));
    },
  );
  app.get(
    '/api/v1/notices/:id',
    { config, schema: { tags, params: IdParams, response: { 200: NoticeReadSchema } } },
    async (req) => read(req.actor, req.params.id),
  );
  app.get(
    '/api/v1/notices/:id/files/:fileId',
    { config, schema: { tags, params: Type.Object({ id: Id, fileId: Id }) } },
    async (req, reply) => {
      const { file, content } = await guidance.openFile(req.actor, req.params.id, req.params.fileId);
      return sendFile(
        reply,
        { type: 'application/octet-stream', name: file.name, bytes: file.bytes },
        content(),
      );
    },
  );
  app.post(
    '/api/v1/notices/:id/acknowledgement',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ agencyId: Id, note: Type.String({ maxLength: 2_000 }) }),
        response: { 200: NoticeReadSchema },
      },
    },
    async (req) => {
      await guidance.acknowledge(req.actor, req.params.id, req.body);
      return read(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/notices/:id/reminder',
    {
      config,
      schema: { tags, params: IdParams, response: { 200: Type.Object({ reminded: Type.Integer() }) } },
    },
    async (req) => guidance.remind(req.actor, req.params.id),
  );
  app.post(
    '/api/v1/notices/:id/withdrawal',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2_000 }) }),
      },
    },
    async (req, reply) => {
      await guidance.withdraw(req.actor, req.params.id, req.body.reason);
      return reply.status(204).send();
    },
  );
}
