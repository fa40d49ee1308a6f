import Type from 'typebox';
import { Refusal } from '#kernel/errors';
import { type App, Nullable, PageQuery, type Request } from '#kernel/http/route';
import { chooseLanguage, type Language } from '#kernel/wording';
import { SaidSchema, SenderIdSchema } from '../domain/message.ts';
import { readSenderId } from '../domain/readSaid.ts';
import type { Intake } from '../module.ts';
import { RECORD_STANDINGS, type RecordView } from '../queries/standing.ts';

const tags = ['intake'];
const sending = { policy: 'intake.send' as const };
const MOST_AT_ONCE = 500;
const MOST_BYTES = 32 * 1024 * 1024;

const Finding = Type.Object({
  severity: Type.Enum(['error', 'warning', 'info']),
  field: Type.String(),
  code: Type.String(),
  message: Type.String(),
});
const Answer = Type.Object({
  senderId: Type.String(),
  outcome: Type.Enum(['taken', 'changed', 'unchanged']),
  version: Type.Integer(),
  recordId: Type.String(),
  findings: Type.Array(Finding),
});
const Refused = Type.Object({
  senderId: Nullable(Type.String()),
  outcome: Type.Literal('refused'),
  code: Type.String(),
  detail: Type.String(),
  findings: Type.Array(Finding),
});
const Standing = Type.Object({
  senderId: Type.String(),
  recordId: Type.String(),
  version: Type.Integer(),
  state: Type.Enum([...RECORD_STANDINGS]),
  referenceCode: Nullable(Type.String()),
  batch: Nullable(Type.String()),
  reason: Nullable(Type.String()),
  firstAt: Type.String({ format: 'date-time' }),
  lastAt: Type.String({ format: 'date-time' }),
});
const SenderParams = Type.Object({ senderId: SenderIdSchema });
const Quota = Type.Object({ items: Nullable(Type.Integer()), bytes: Nullable(Type.Integer()) });

const present = (v: RecordView) => ({
  ...v,
  firstAt: v.firstAt.toISOString(),
  lastAt: v.lastAt.toISOString(),
});

/** As the caller asks, else as its account has it. */
export const languageOf = (req: Request): Language => {
  const asked = req.headers['accept-language'];
  return asked && asked !== '*' ? chooseLanguage(asked) : req.actor.language;
};

/** What systems call: with a token of theirs alone. */
export function registerSending(app: App, intake: Intake): void {
  app.get(
    '/api/v1/intake/system',
    {
      config: sending,
      schema: {
        tags,
        response: {
          200: Type.Object({
            id: Type.String(),
            name: Type.String(),
            agencyId: Type.String(),
            sends: Type.Array(Type.String()),
            categories: Nullable(Type.Array(Type.String())),
            validUntil: Nullable(Type.String()),
            today: Type.Object({ items: Type.Integer(), bytes: Type.Integer() }),
            used: Type.Object({ items: Type.Integer(), bytes: Type.Integer() }),
            dayQuota: Quota,
            totalQuota: Quota,
          }),
        },
      },
    },
    async (req) => {
      const { system: s } = await intake.sender(req.actor);
      const { settings } = s;
      return {
        id: s.id,
        name: settings.name,
        agencyId: s.agencyId,
        sends: [...settings.sends],
        categories: settings.categories && [...settings.categories],
        validUntil: settings.validUntil,
        today: { items: s.todayItems, bytes: s.todayBytes },
        used: { items: s.items, bytes: s.bytes },
        dayQuota: { items: settings.dayItems, bytes: settings.dayBytes },
        totalQuota: { items: settings.totalItems, bytes: settings.totalBytes },
      };
    },
  );
  app.put(
    '/api/v1/intake/records/:senderId',
    {
      config: sending,
      bodyLimit: MOST_BYTES,
      schema: { tags, params: SenderParams, body: SaidSchema, response: { 200: Answer, 201: Answer } },
    },
    async (req, reply) => {
      const answer = await intake.send(req.actor, {
        senderId: readSenderId(req.params.senderId),
        said: req.body,
        way: 'api',
        language: languageOf(req),
      });
      return reply.status(answer.outcome === 'taken' ? 201 : 200).send(answer);
    },
  );
  app.get(
    '/api/v1/intake/records/:senderId',
    { config: sending, schema: { tags, params: SenderParams, response: { 200: Standing } } },
    async (req) => present(await intake.sentRecord(req.actor, readSenderId(req.params.senderId))),
  );
  app.get(
    '/api/v1/intake/records',
    {
      config: sending,
      schema: {
        tags,
        querystring: Type.Object(PageQuery),
        response: { 200: Type.Object({ items: Type.Array(Standing), next: Nullable(Type.String()) }) },
      },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await intake.sentRecords(req.actor, { cursor, limit });
      return { items: items.map(present), next };
    },
  );
  app.get(
    '/api/v1/intake/changes',
    {
      config: sending,
      schema: {
        tags,
        querystring: Type.Object(PageQuery),
        response: {
          200: Type.Object({ items: Type.Array(Standing), cursor: Type.String(), more: Type.Boolean() }),
        },
      },
    },
    async (req) => {
      const { cursor, limit = 200 } = req.query;
      const { items, ...rest } = await intake.changes(req.actor, { cursor, limit });
      return { items: items.map(present), ...rest };
    },
  );
  registerMany(app, intake);
}

/** Many records in one request: an array, or a line of JSON each. */
function registerMany(app: App, intake: Intake): void {
  app.addContentTypeParser(
    'application/x-ndjson',
    { parseAs: 'string', bodyLimit: MOST_BYTES },
    (_req, body, done) => {
      try {
        const lines = String(body)
          .split('\n')
          .filter((line) => line.trim() !== '');
        done(null, { records: lines.map((line): unknown => JSON.parse(line)) });
      } catch (cause) {
        done(new Refusal('intake.message.invalid', 'A line is no JSON.', { at: '/' }, { cause }));
      }
    },
  );
  app.post(
    '/api/v1/intake/records',
    {
      config: sending,
      bodyLimit: MOST_BYTES,
      schema: {
        tags,
        description:
          'Each record is of the form of a single one, with its `id`; application/x-ndjson takes one a line.',
        body: Type.Object({
          records: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
            minItems: 1,
            maxItems: MOST_AT_ONCE,
          }),
        }),
        response: { 200: Type.Object({ results: Type.Array(Type.Union([Answer, Refused])) }) },
      },
    },
    async (req) => ({ results: await intake.sendMany(req.actor, req.body.records, languageOf(req)) }),
  );
}
