import { Readable } from 'node:stream';
import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, Id, IdParams, JobAccepted, Nullable } from '#kernel/http/route';
import { WRITTEN_FIELDS } from '../domain/written.ts';
import type { Authorities } from '../module.ts';

const tags = ['authorities'];
const seen = { policy: 'public' as const };
const kept = { policy: 'holdings.write' as const };
const Act = Type.Enum(['added', 'updated', 'skipped']);

/** Authorities in and out, and the job that links entries by the names written in them. */
export function registerExchange(app: App, authorities: Authorities): void {
  app.post(
    '/api/v1/authorities/imports/eac',
    {
      config: kept,
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          uploadId: Type.String({ maxLength: 64 }),
          /** What becomes of records that are here already. */
          same: Type.Enum(['update', 'skip']),
        }),
        response: {
          200: Type.Object({
            added: Type.Integer(),
            updated: Type.Integer(),
            skipped: Type.Integer(),
            records: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), act: Act })),
          }),
        },
      },
    },
    async (req) => authorities.importEac(req.actor, req.body),
  );
  app.get(
    '/api/v1/authorities/:id/eac.xml',
    { config: seen, schema: { tags, params: IdParams } },
    async (req, reply) => {
      const { name, xml } = await authorities.eac(req.actor, req.params.id);
      return sendFile(reply, { type: 'application/xml; charset=utf-8', name: `${name}.xml` }, xml);
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/agents.eac.xml',
    { config: seen, schema: { tags, params: Type.Object({ archiveId: Id }) } },
    async (req, reply) => {
      const { code } = await authorities.archive(req.params.archiveId);
      const out = Readable.from(authorities.everyEac(req.actor, req.params.archiveId));
      return sendFile(reply, { type: 'application/xml; charset=utf-8', name: `agents-${code}.xml` }, out);
    },
  );
  app.post(
    '/api/v1/vocabularies/:id/imports',
    {
      config: kept,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ uploadId: Type.String({ maxLength: 64 }) }),
        response: { 200: Type.Object({ added: Type.Integer(), updated: Type.Integer() }) },
      },
    },
    async (req) => authorities.importTerms(req.actor, { vocabularyId: req.params.id, ...req.body }),
  );
  app.get(
    '/api/v1/vocabularies/:id/terms.:format',
    {
      config: seen,
      schema: {
        tags,
        params: Type.Object({ id: Id, format: Type.Enum(['csv', 'rdf']) }),
        querystring: Type.Object(LangQuery),
      },
    },
    async (req, reply) => {
      const { id, format } = req.params;
      const vocabulary = await authorities.vocabulary(req.actor, id);
      const isCsv = format === 'csv';
      const pieces = isCsv
        ? authorities.termsAsCsv(req.actor, vocabulary, languageOf(req))
        : authorities.termsAsSkos(req.actor, vocabulary);
      const type = isCsv ? 'text/csv; charset=utf-8' : 'application/rdf+xml';
      return sendFile(reply, { type, name: `${vocabulary.code}.${format}` }, Readable.from(pieces));
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/authority-links',
    {
      config: kept,
      schema: {
        tags,
        params: Type.Object({ archiveId: Id }),
        body: Type.Object({
          fondsId: Type.Optional(Nullable(Id)),
          fields: Type.Array(Type.Enum([...WRITTEN_FIELDS]), { minItems: 1, maxItems: 10 }),
          /** Only look: the job's result says what would be linked. */
          preview: Type.Boolean(),
        }),
        response: { 202: JobAccepted },
      },
    },
    async (req, reply) => {
      const { fondsId = null, fields, preview } = req.body;
      const jobId = await authorities.linkWritten(req.actor, {
        archiveId: req.params.archiveId,
        fondsId,
        fields,
        preview,
      });
      return reply.status(202).send({ jobId });
    },
  );
}
