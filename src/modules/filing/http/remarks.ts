import Type from 'typebox';
import { type App, Id, IdParams } from '#kernel/http/route';
import { SIDES } from '../domain/side.ts';
import type { Filing } from '../module.ts';
import { ABOUT } from '../store/remarks.ts';
import { presentRemark, RemarkSchema } from './schemas.ts';

const tags = ['filing'];
/** Who may speak for which side, the command decides. */
const config = { policy: 'filing.read' as const };
const Text = Type.String({ minLength: 1, maxLength: 8_000 });
const Remarks = Type.Object({ items: Type.Array(RemarkSchema) });

export function registerRemarks(app: App, filing: Filing): void {
  app.get(
    '/api/v1/filing/remarks',
    {
      config,
      schema: { tags, querystring: Type.Object({ about: Id }), response: { 200: Remarks } },
    },
    async (req) => ({ items: (await filing.remarks(req.actor, req.query.about)).map(presentRemark) }),
  );
  app.get(
    '/api/v1/filing/remarks/waiting',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          agency: Type.Optional(Id),
          /** Of the side that made them; the other is waited for. */
          side: Type.Optional(Type.Enum([...SIDES])),
        }),
        response: { 200: Remarks },
      },
    },
    async (req) => {
      const { archive, agency, side } = req.query;
      const items = await filing.waitingRemarks(req.actor, {
        archiveId: archive,
        agencyId: agency,
        side,
        limit: 200,
      });
      return { items: items.map(presentRemark) };
    },
  );
  app.post(
    '/api/v1/filing/remarks',
    {
      config,
      schema: {
        tags,
        body: Type.Object({
          about: Type.Enum([...ABOUT]),
          aboutId: Id,
          lineKey: Type.Optional(Id),
          /** With `agency`: the archive it gives its records to. */
          archiveId: Type.Optional(Id),
          kind: Type.Enum(['comment', 'question']),
          text: Text,
        }),
        response: { 201: Remarks },
      },
    },
    async (req, reply) => {
      await filing.remark(req.actor, req.body);
      const items = (await filing.remarks(req.actor, req.body.aboutId)).map(presentRemark);
      return reply.status(201).send({ items });
    },
  );
  app.post(
    '/api/v1/filing/remarks/:id/answers',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ text: Text }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) =>
      reply.status(201).send({ id: await filing.answer(req.actor, req.params.id, req.body.text) }),
  );
  app.post(
    '/api/v1/filing/remarks/:id/settlement',
    { config, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await filing.settle(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
}
