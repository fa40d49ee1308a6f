import Type from 'typebox';
import { type App, Nullable, PageQuery } from '#kernel/http/route';
import { SenderIdSchema } from '../domain/message.ts';
import { readSenderId } from '../domain/readSaid.ts';
import type { Intake } from '../module.ts';
import type { PackageView } from '../queries/packages.ts';
import { languageOf } from './sending.ts';

const tags = ['intake'];
const sending = { policy: 'intake.send' as const };
const params = Type.Object({ senderId: SenderIdSchema });
const When = Type.String({ format: 'date-time' });

const Answer = Type.Object({
  senderId: Type.String(),
  outcome: Type.Enum(['taken', 'changed', 'unchanged']),
  version: Type.Integer(),
  batchId: Type.String(),
});
const Package = Type.Object({
  senderId: Type.String(),
  batchId: Type.String(),
  version: Type.Integer(),
  state: Type.String(),
  number: Nullable(Type.String()),
  checks: Nullable(
    Type.Object({ qualified: Type.Boolean(), errors: Type.Integer(), warnings: Type.Integer() }),
  ),
  reason: Nullable(Type.String()),
  receipt: Type.Boolean(),
  firstAt: When,
  lastAt: When,
});

const present = (v: PackageView) => ({
  ...v,
  firstAt: v.firstAt.toISOString(),
  lastAt: v.lastAt.toISOString(),
});

/** Packages of systems: each becomes a handover batch that people look at and send. */
export function registerPackages(app: App, intake: Intake): void {
  app.put(
    '/api/v1/intake/packages/:senderId',
    {
      config: sending,
      bodyLimit: 16 * 1024 * 1024,
      schema: {
        tags,
        params,
        body: Type.Object(
          {
            title: Type.String({ minLength: 1, maxLength: 200 }),
            content: Type.Optional(Type.String({ maxLength: 2_000 })),
            fonds: Type.Optional(Nullable(Type.String({ maxLength: 50 }))),
            uploads: Type.Array(
              Type.Object({
                id: Type.String({ maxLength: 64 }),
                digest: Type.Optional(Type.String({ maxLength: 150 })),
              }),
              { minItems: 1, maxItems: 100_000 },
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Answer, 201: Answer },
      },
    },
    async (req, reply) => {
      const { title, content = '', fonds = null, uploads } = req.body;
      const answer = await intake.sendPackage(req.actor, {
        senderId: readSenderId(req.params.senderId),
        title,
        content,
        fonds,
        uploads,
        way: 'api',
        language: languageOf(req),
      });
      return reply.status(answer.outcome === 'taken' ? 201 : 200).send(answer);
    },
  );
  app.get(
    '/api/v1/intake/packages/:senderId',
    { config: sending, schema: { tags, params, response: { 200: Package } } },
    async (req) => present(await intake.sentPackage(req.actor, readSenderId(req.params.senderId))),
  );
  app.get(
    '/api/v1/intake/packages',
    {
      config: sending,
      schema: {
        tags,
        querystring: Type.Object(PageQuery),
        response: { 200: Type.Object({ items: Type.Array(Package), next: Nullable(Type.String()) }) },
      },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await intake.sentPackages(req.actor, { cursor, limit });
      return { items: items.map(present), next };
    },
  );
}
