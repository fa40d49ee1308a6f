import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { ODD_RULES } from '#kernel/oddRules';
import { LEVELS } from '../domain/unit.ts';
import type { Desk } from './module.ts';
import { HELP_KINDS } from './settings.ts';

const tags = ['desk'];
const ArchiveParams = Type.Object({ archiveId: Id });
const Confidence = Type.Enum(['high', 'fair', 'low']);
const HelpSchema = Type.Object({
  titles: Type.Boolean(),
  numbers: Type.Boolean(),
  dates: Type.Boolean(),
  names: Type.Boolean(),
  flags: Type.Boolean(),
});

const SuggestionSchema = Type.Object({
  field: Type.String(),
  kind: Type.Enum([...HELP_KINDS]),
  /** What the element would say; null where something is odd and nobody knows what is right. */
  value: Nullable(Type.String()),
  why: Type.String(),
  confidence: Confidence,
  /** The year or a number in it was changed to fit. */
  adapted: Type.Boolean(),
  authority: Nullable(Type.Object({ id: Type.String(), name: Type.String() })),
});

const OddEntrySchema = Type.Object({
  unit: Type.Object({
    id: Type.String(),
    referenceCode: Nullable(Type.String()),
    title: Type.String(),
    level: Type.String(),
    version: Type.Integer(),
    docNo: Nullable(Type.String()),
    date: Nullable(Type.String()),
    year: Nullable(Type.Integer()),
    retention: Nullable(Type.String()),
  }),
  rule: Type.Enum([...ODD_RULES]),
  field: Type.Enum(['year', 'date', 'docNo', 'retention', 'title']),
  says: Type.String(),
  proposal: Nullable(Type.Object({ field: Type.Enum(['year', 'date', 'retention']), value: Type.String() })),
  confidence: Confidence,
  said: Type.String(),
});

/** Suggestions while one describes, what is odd in a fonds, and which of it an archive does without. */
export function registerDesk(app: App, { desk }: { desk: Desk }): void {
  const write = { config: { policy: 'holdings.write' as const } };
  app.post(
    '/api/v1/archives/:archiveId/units/suggest',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({
          fondsId: Type.Optional(Id),
          parentId: Type.Optional(Nullable(Id)),
          level: Type.Enum([...LEVELS]),
          values: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 40_000 })),
          /** The element that is being typed. */
          typing: Type.Optional(Type.String({ maxLength: 60 })),
        }),
        response: { 200: Type.Object({ items: Type.Array(SuggestionSchema) }) },
      },
    },
    async (req) => ({ items: await desk.suggest(req.actor, req.params.archiveId, req.body) }),
  );
  app.get(
    '/api/v1/fonds/:id/oddities',
    {
      ...write,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ ...PageQuery, rule: Type.Optional(Type.Enum([...ODD_RULES])) }),
        response: { 200: Type.Interface([PageOf(OddEntrySchema)], { looked: Type.Integer() }) },
      },
    },
    async (req) => {
      const { cursor, limit, rule } = req.query;
      return desk.oddEntries(req.actor, req.params.id, {
        cursor,
        limit: limit ?? 50,
        rules: rule ? [rule] : undefined,
      });
    },
  );
  app.post(
    '/api/v1/units/:id/oddities/passed',
    {
      ...write,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          rule: Type.Enum([...ODD_RULES]),
          said: Type.String({ maxLength: 5_000 }),
        }),
        response: { 204: Type.Null() },
      },
    },
    async (req, reply) => {
      await desk.passOddity(req.actor, req.params.id, req.body);
      return reply.status(204).send(null);
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/desk-help',
    {
      config: { policy: 'holdings.read' },
      schema: { tags, params: ArchiveParams, response: { 200: HelpSchema } },
    },
    (req) => desk.help(req.actor, req.params.archiveId),
  );
  app.put(
    '/api/v1/archives/:archiveId/desk-help',
    { ...write, schema: { tags, params: ArchiveParams, body: HelpSchema, response: { 200: HelpSchema } } },
    (req) => desk.setHelp(req.actor, req.params.archiveId, req.body),
  );
}
