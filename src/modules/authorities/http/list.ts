import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { classOf } from '../domain/authority.ts';
import type { Authorities } from '../module.ts';
import {
  AuthorityRowSchema,
  AuthoritySchema,
  ClassSchema,
  CorrectionBody,
  KindSchema,
  LinkedUnitSchema,
  NewAuthorityBody,
  presentAuthority,
  presentRow,
  RelationBody,
  RoleSchema,
  SuggestionSchema,
  VocabularySchema,
} from './schemas.ts';

const tags = ['authorities'];
/** Names of creators are public; what is restricted row-level security keeps back. */
const seen = { policy: 'public' as const };
const kept = { policy: 'holdings.write' as const };
const Question = Type.Optional(Type.String({ maxLength: 200 }));

export function registerList(app: App, authorities: Authorities): void {
  const read = async (actor: Parameters<Authorities['read']>[0], id: string) =>
    presentAuthority(await authorities.read(actor, id));
  app.get(
    '/api/v1/authorities',
    {
      config: seen,
      schema: {
        tags,
        querystring: Type.Object({
          class: Type.Optional(ClassSchema),
          kind: Type.Optional(KindSchema),
          q: Question,
          vocabulary: Type.Optional(Id),
          archive: Type.Optional(Id),
          restricted: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: { 200: PageOf(AuthorityRowSchema) },
      },
    },
    async (req) => {
      const { class: of, kind, q, vocabulary, archive, restricted, cursor, limit = 50 } = req.query;
      const wanted = {
        class: kind ? classOf(kind) : (of ?? 'agent'),
        kinds: kind && [kind],
        q,
        vocabularyId: vocabulary,
        archiveId: archive,
        restricted,
      };
      const page = await authorities.list(req.actor, wanted, { cursor, limit });
      return { ...page, items: page.items.map(presentRow) };
    },
  );
  app.get(
    '/api/v1/authorities/suggestions',
    {
      config: seen,
      schema: {
        tags,
        querystring: Type.Object({
          q: Type.String({ maxLength: 200 }),
          class: Type.Optional(ClassSchema),
          kind: Type.Optional(KindSchema),
          vocabulary: Type.Optional(Id),
          archive: Type.Optional(Id),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 12 })),
        }),
        response: { 200: Type.Object({ items: Type.Array(SuggestionSchema) }) },
      },
    },
    async (req) => {
      const { q, class: of, kind, vocabulary, archive, limit = 12 } = req.query;
      const one = kind ? classOf(kind) : of;
      const items = await authorities.suggest(req.actor, {
        q,
        limit,
        ...(one && { classes: [one] }),
        ...(kind && { kinds: [kind] }),
        ...(vocabulary && { vocabularyId: vocabulary }),
        ...(archive && { archiveId: archive }),
      });
      return {
        items: items.map(({ id, kind: k, name, matched, exist, vocabularyId }) => ({
          id,
          kind: k,
          name,
          matched,
          exist,
          vocabularyId,
        })),
      };
    },
  );
  app.get(
    '/api/v1/authorities/branch',
    {
      config: seen,
      schema: {
        tags,
        querystring: Type.Object({
          class: ClassSchema,
          below: Type.Optional(Id),
          vocabulary: Type.Optional(Id),
          archive: Type.Optional(Id),
          ...PageQuery,
        }),
        response: { 200: PageOf(AuthorityRowSchema) },
      },
    },
    async (req) => {
      const { class: of, below, vocabulary, archive, cursor, limit = 50 } = req.query;
      const page = await authorities.branch(req.actor, {
        class: of,
        below,
        vocabularyId: vocabulary,
        archiveId: archive,
        cursor,
        limit,
      });
      return { ...page, items: page.items.map(presentRow) };
    },
  );
  app.post(
    '/api/v1/authorities',
    { config: kept, schema: { tags, body: NewAuthorityBody, response: { 201: AuthoritySchema } } },
    async (req, reply) => {
      const id = await authorities.add(req.actor, req.body);
      return reply.status(201).send(await read(req.actor, id));
    },
  );
  app.get(
    '/api/v1/authorities/:id',
    { config: seen, schema: { tags, params: IdParams, response: { 200: AuthoritySchema } } },
    async (req) => read(req.actor, req.params.id),
  );
  app.patch(
    '/api/v1/authorities/:id',
    {
      config: kept,
      schema: { tags, params: IdParams, body: CorrectionBody, response: { 200: AuthoritySchema } },
    },
    async (req) => {
      const { version, ...input } = req.body;
      await authorities.correct(req.actor, req.params.id, version, input);
      return read(req.actor, req.params.id);
    },
  );
  app.delete(
    '/api/v1/authorities/:id',
    {
      config: kept,
      schema: { tags, params: IdParams, querystring: Type.Object({ version: Type.Integer() }) },
    },
    async (req, reply) => {
      await authorities.remove(req.actor, req.params.id, req.query.version);
      return reply.status(204).send();
    },
  );
  app.post(
    '/api/v1/authorities/:id/relations',
    {
      config: kept,
      schema: { tags, params: IdParams, body: RelationBody, response: { 201: AuthoritySchema } },
    },
    async (req, reply) => {
      await authorities.relate(req.actor, req.params.id, req.body);
      return reply.status(201).send(await read(req.actor, req.params.id));
    },
  );
  app.delete(
    '/api/v1/authorities/:id/relations/:relationId',
    { config: kept, schema: { tags, params: Type.Object({ id: Id, relationId: Id }) } },
    async (req, reply) => {
      await authorities.unrelate(req.actor, req.params.id, req.params.relationId);
      return reply.status(204).send();
    },
  );
  app.get(
    '/api/v1/authorities/:id/units',
    {
      config: seen,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ role: Type.Optional(RoleSchema), ...PageQuery }),
        response: { 200: PageOf(LinkedUnitSchema) },
      },
    },
    async (req) => {
      const { role, cursor, limit = 50 } = req.query;
      return authorities.records(req.actor, req.params.id, { role, cursor, limit });
    },
  );
  app.get(
    '/api/v1/vocabularies',
    {
      config: seen,
      schema: {
        tags,
        querystring: Type.Object({ archive: Type.Optional(Id) }),
        response: { 200: PageOf(VocabularySchema) },
      },
    },
    async (req) => ({ items: await authorities.vocabularies(req.actor, req.query.archive), next: null }),
  );
  app.post(
    '/api/v1/vocabularies',
    {
      config: kept,
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          code: Type.String({ minLength: 1, maxLength: 50 }),
          name: Type.String({ minLength: 1, maxLength: 200 }),
          note: Type.Optional(Nullable(Type.String({ maxLength: 5_000 }))),
        }),
        response: { 201: VocabularySchema },
      },
    },
    async (req, reply) => reply.status(201).send(await authorities.addVocabulary(req.actor, req.body)),
  );
}
