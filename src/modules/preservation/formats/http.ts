import Type from 'typebox';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { type App, Id, JobAccepted, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { FormatDecision } from '../store/formatDecisions.ts';
import type { Standing } from './domain/standing.ts';
import { CATEGORIES, POLICIES, RISKS, TARGETS, TOOLS } from './domain/types.ts';
import type { Formats } from './module.ts';

const tags = ['formats'];
const read = 'preservation.read';
const manage = 'preservation.manage';
const OfArchive = { archive: Id };
const Ground = Type.Enum(['register', 'category', 'format']);
const Subject = Type.String({ minLength: 1, maxLength: 60 });

const standing = {
  puid: Type.String(),
  name: Nullable(Type.String()),
  category: Type.Enum([...CATEGORIES]),
  open: Nullable(Type.Boolean()),
  archival: Type.Boolean(),
  risk: Type.Enum([...RISKS]),
  why: Type.Array(Type.String()),
  policy: Type.Enum([...POLICIES]),
  target: Nullable(Type.Enum([...TARGETS])),
  tool: Nullable(Type.Enum([...TOOLS])),
  by: Type.Object({ risk: Ground, policy: Ground }),
};
const DecisionSchema = Type.Object({
  id: Type.String(),
  subject: Type.String(),
  risk: Nullable(Type.Enum([...RISKS])),
  policy: Nullable(Type.Enum([...POLICIES])),
  reason: Type.String(),
  decidedByName: Type.String(),
  decidedAt: Type.String(),
});

const presentStanding = <S extends Standing>(s: S) => ({ ...s, why: [...s.why] });
const presentDecision = ({
  id,
  subject,
  risk,
  policy,
  reason,
  decidedByName,
  decidedAt,
}: FormatDecision) => ({
  id,
  subject,
  risk,
  policy,
  reason,
  decidedByName,
  decidedAt: decidedAt.toISOString(),
});

/** The register of formats, what an archive decided about it, and converting what waits. */
export function registerFormats(app: App, { formats }: { formats: Formats }): void {
  app.get(
    '/api/v1/preservation/formats',
    {
      config: { policy: read },
      schema: {
        tags,
        querystring: Type.Object(OfArchive),
        response: {
          200: Type.Object({
            formats: Type.Array(
              Type.Object({
                ...standing,
                toldAs: Nullable(Type.String()),
                files: Type.Number(),
                bytes: Type.Number(),
                converted: Type.Number(),
                failed: Type.Number(),
                waiting: Type.Number(),
                hindrance: Nullable(Type.Enum(['noTool', 'notInstalled'])),
              }),
            ),
            unlooked: Type.Object({ files: Type.Number(), bytes: Type.Number() }),
            tools: Type.Array(Type.Object({ tool: Type.Enum([...TOOLS]), version: Nullable(Type.String()) })),
            decisions: Type.Array(DecisionSchema),
          }),
        },
      },
    },
    async (req) => {
      const view = await formats.view(req.actor, req.query.archive);
      return {
        ...view,
        formats: view.formats.map(presentStanding),
        decisions: view.decisions.map(presentDecision),
      };
    },
  );

  app.get(
    '/api/v1/preservation/formats/register',
    {
      config: { policy: read },
      schema: {
        tags,
        querystring: Type.Object(OfArchive),
        response: { 200: Type.Object({ formats: Type.Array(Type.Object(standing)) }) },
      },
    },
    async (req) => ({
      formats: (await formats.register(req.actor, req.query.archive)).map(presentStanding),
    }),
  );

  app.get(
    '/api/v1/preservation/formats/decisions',
    {
      config: { policy: read },
      schema: {
        tags,
        querystring: Type.Object({ ...OfArchive, ...PageQuery, subject: Type.Optional(Subject) }),
        response: { 200: PageOf(DecisionSchema) },
      },
    },
    async (req) => {
      const { archive: archiveId, subject, cursor, limit = 50 } = req.query;
      const [at, id] = cursor ? decodeCursor(cursor, ['string', 'string']) : [];
      const before = cursor ? { at: new Date(String(at)), id: String(id) } : undefined;
      const rows = await formats.history(req.actor, { archiveId, subject, before, limit: limit + 1 });
      const items = rows.slice(0, limit).map(presentDecision);
      const last = items.at(-1);
      return { items, next: rows.length > limit && last ? encodeCursor([last.decidedAt, last.id]) : null };
    },
  );

  app.post(
    '/api/v1/preservation/formats/decisions',
    {
      config: { policy: manage },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          /** A format's identifier (`fmt/40`), or `category:flowText`. */
          subject: Subject,
          risk: Nullable(Type.Enum([...RISKS])),
          policy: Nullable(Type.Enum([...POLICIES])),
          reason: Type.String({ minLength: 1, maxLength: 2_000 }),
        }),
        response: { 201: DecisionSchema },
      },
    },
    async (req, reply) => reply.status(201).send(presentDecision(await formats.decide(req.actor, req.body))),
  );

  app.post(
    '/api/v1/preservation/formats/conversions',
    {
      config: { policy: manage },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          /** What failed before is tried again. */
          again: Type.Optional(Type.Boolean()),
        }),
        response: { 202: JobAccepted },
      },
    },
    async (req, reply) => {
      const { archiveId, again = false } = req.body;
      const jobId = await formats.convert(req.actor, { archiveId, again });
      void reply.status(202);
      return { jobId };
    },
  );

  app.get(
    '/api/v1/preservation/formats/failures',
    {
      config: { policy: read },
      schema: {
        tags,
        querystring: Type.Object({ ...OfArchive, ...PageQuery, puid: Type.Optional(Subject) }),
        response: {
          200: PageOf(
            Type.Object({
              unitId: Type.String(),
              ordinal: Type.Integer(),
              name: Nullable(Type.String()),
              puid: Type.String(),
              target: Type.String(),
              tool: Type.String(),
              code: Type.String(),
              message: Type.String(),
              tries: Type.Integer(),
              at: Type.String(),
            }),
          ),
        },
      },
    },
    async (req) => {
      const { archive: archiveId, puid, cursor, limit = 50 } = req.query;
      const [unitId, ordinal] = cursor ? decodeCursor(cursor, ['string', 'number']) : [];
      const after = cursor ? { unitId: String(unitId), ordinal: Number(ordinal) } : undefined;
      const rows = await formats.failures(req.actor, { archiveId, puid, after, limit: limit + 1 });
      const items = rows.slice(0, limit).map((f) => ({ ...f, at: f.at.toISOString() }));
      const last = items.at(-1);
      return { items, next: rows.length > limit && last ? encodeCursor([last.unitId, last.ordinal]) : null };
    },
  );
}
