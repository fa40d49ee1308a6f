import Type from 'typebox';
import { type App, Nullable } from '#kernel/http/route';
import type { Deposited } from '../commands/deposits.ts';
import { SenderIdSchema } from '../domain/message.ts';
import { readSenderId } from '../domain/readSaid.ts';
import type { Intake } from '../module.ts';
import { languageOf } from './sending.ts';

const tags = ['intake'];
const sending = { policy: 'intake.send' as const };
const params = Type.Object({ senderId: SenderIdSchema });
const Text = (most: number) => Type.Optional(Nullable(Type.String({ maxLength: most })));
const Year = Type.Optional(Nullable(Type.Integer({ minimum: 1900, maximum: 2999 })));

const Standing = {
  senderId: Type.String(),
  depositId: Type.String(),
  /** 登记号. */
  number: Type.String(),
  state: Type.Enum(['sealing', 'kept', 'blocked', 'failed', 'ended']),
  files: Type.Integer(),
  bytes: Type.Integer(),
  /** SHA-256 of the list of all files with their digests; null before it is sealed. */
  manifest: Nullable(Type.String()),
  sealedAt: Nullable(Type.String()),
  keptUntil: Nullable(Type.String()),
  /** Why it could not be sealed yet, or at all. */
  failure: Nullable(Type.String()),
};
const Answer = Type.Object({ ...Standing, outcome: Type.Enum(['taken', 'unchanged']) });

const present = (senderId: string, d: Deposited) => ({
  senderId,
  depositId: d.id,
  number: d.number,
  state: d.state,
  files: d.files,
  bytes: d.bytes,
  manifest: d.manifest,
  sealedAt: d.sealedAt?.toISOString() ?? null,
  keptUntil: d.keptUntil,
  failure: d.failure,
});

/** Early copies that systems deposit: sealed like any other, read by nobody. */
export function registerSentDeposits(app: App, intake: Intake): void {
  app.put(
    '/api/v1/intake/deposits/:senderId',
    {
      config: sending,
      bodyLimit: 16 * 1024 * 1024,
      schema: {
        tags,
        params,
        body: Type.Object(
          {
            title: Type.String({ minLength: 1, maxLength: 300 }),
            category: Text(100),
            yearFrom: Year,
            yearTo: Year,
            note: Text(4_000),
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
      const { title, category = null, yearFrom = null, yearTo = null, note = null, uploads } = req.body;
      const senderId = readSenderId(req.params.senderId);
      const { outcome, deposit } = await intake.sendDeposit(req.actor, {
        senderId,
        title,
        category,
        yearFrom,
        yearTo,
        note,
        uploads,
        language: languageOf(req),
      });
      return reply.status(outcome === 'taken' ? 201 : 200).send({ ...present(senderId, deposit), outcome });
    },
  );
  app.get(
    '/api/v1/intake/deposits/:senderId',
    { config: sending, schema: { tags, params, response: { 200: Type.Object(Standing) } } },
    async (req) => {
      const senderId = readSenderId(req.params.senderId);
      return present(senderId, await intake.sentDeposit(req.actor, senderId));
    },
  );
  app.get(
    '/api/v1/intake/deposits/:senderId/receipt',
    { config: sending, schema: { tags, params } },
    async (req, reply) => {
      const text = await intake.depositReceipt(req.actor, readSenderId(req.params.senderId));
      return reply
        .type('application/json; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .send(text);
    },
  );
}
