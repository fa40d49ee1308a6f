import Type from 'typebox';
import { CONTACT_WAYS, HONOUR_KINDS, SOURCE_KINDS } from '#kernel/accessionWords';
import type { Actor } from '#kernel/actor';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { SHOW_REASONS } from '../commands/sources.ts';
import type { Accessions } from '../module.ts';
import { LeadSchema, presentLead } from './leads.ts';
import { LineSchema, MaybeId, MaybeText, presentLine, Text } from './schemas.ts';

const tags = ['accessions'];
const read = { policy: 'accessions.read' as const };
const write = { policy: 'accessions.write' as const };
const maybe = Nullable(Type.String());
const Kind = Type.Enum([...SOURCE_KINDS]);
const SOURCE_BODY = {
  kind: Kind,
  name: Text(1_000),
  anonymous: Type.Optional(Type.Boolean()),
  shownAs: MaybeText(1_000),
  authorityId: MaybeId,
  wishes: MaybeText(20_000),
  note: MaybeText(20_000),
  data: Type.Object({
    idNumber: MaybeText(1_000),
    telephone: MaybeText(1_000),
    address: MaybeText(1_000),
    mail: MaybeText(1_000),
    contact: MaybeText(1_000),
    account: MaybeText(1_000),
  }),
};
const DataSchema = Type.Object({
  name: maybe,
  idNumber: maybe,
  telephone: maybe,
  address: maybe,
  mail: maybe,
  contact: maybe,
  account: maybe,
});
export const ContactSchema = Type.Object({
  id: Type.String(),
  day: Type.String(),
  how: Type.Enum([...CONTACT_WAYS]),
  words: Type.String(),
  byName: Type.String(),
});
export const CONTACT_BODY = Type.Object({
  day: MaybeText(10),
  how: Type.Enum([...CONTACT_WAYS]),
  words: Text(10_000),
});
const SourceSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  kind: Kind,
  name: Type.String(),
  anonymous: Type.Boolean(),
  authorityId: maybe,
  /** Masked; null where it can not be opened. */
  data: Nullable(DataSchema),
  wishes: maybe,
  note: maybe,
  version: Type.Integer(),
  updatedAt: Type.String(),
  updatedBy: Type.String(),
  accessions: Type.Array(LineSchema),
  contacts: Type.Array(ContactSchema),
  honours: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      kind: Type.Enum([...HONOUR_KINDS]),
      accessionId: maybe,
      issuedOn: Type.String(),
      words: Type.String(),
      byName: Type.String(),
    }),
  ),
  leads: Type.Array(LeadSchema),
  allowed: Type.Object({ write: Type.Boolean(), show: Type.Boolean() }),
});

/** Who gives, sells, lends or holds what is copied. */
export function registerSources(app: App, accessions: Accessions): void {
  const view = async (actor: Actor, id: string) => {
    const v = await accessions.source(actor, id);
    const s = v.source;
    return {
      id: s.id,
      archiveId: s.archiveId,
      kind: s.kind,
      name: s.name,
      anonymous: s.anonymous,
      authorityId: s.authorityId,
      data: v.data,
      wishes: s.wishes,
      note: s.note,
      version: s.version,
      updatedAt: s.updatedAt.toISOString(),
      updatedBy: s.updatedByName,
      accessions: v.accessions.map(presentLine),
      contacts: v.contacts,
      honours: v.honours,
      leads: v.leads.map(presentLead),
      allowed: v.allowed,
    };
  };
  const one = { tags, params: IdParams, response: { 200: SourceSchema } };
  const ArchiveParams = Type.Object({ archiveId: Id });
  app.get(
    '/api/v1/archives/:archiveId/accession-sources',
    {
      config: read,
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Object({ q: Type.Optional(Text(200)), ...PageQuery }),
        response: {
          200: PageOf(
            Type.Object({
              id: Type.String(),
              kind: Kind,
              name: Type.String(),
              anonymous: Type.Boolean(),
              accessions: Type.Integer(),
              lastOn: maybe,
            }),
          ),
        },
      },
    },
    async (req) => {
      const { q, cursor, limit = 50 } = req.query;
      const { items, next } = await accessions.sources(req.actor, {
        archiveId: req.params.archiveId,
        q,
        cursor,
        limit,
      });
      return {
        items: items.map(({ id, kind, name, anonymous, accessions: n, lastOn }) => ({
          id,
          kind,
          name,
          anonymous,
          accessions: n,
          lastOn,
        })),
        next,
      };
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/accession-sources',
    {
      config: write,
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object(SOURCE_BODY),
        response: { 201: SourceSchema },
      },
    },
    async (req, reply) => {
      const id = await accessions.addSource(req.actor, { ...req.body, archiveId: req.params.archiveId });
      return reply.status(201).send(await view(req.actor, id));
    },
  );
  app.get('/api/v1/accession-sources/:id', { config: read, schema: one }, async (req) =>
    view(req.actor, req.params.id),
  );
  app.patch(
    '/api/v1/accession-sources/:id',
    { config: write, schema: { ...one, body: Type.Object({ ...SOURCE_BODY, version: Type.Integer() }) } },
    async (req) => {
      const { version, ...input } = req.body;
      await accessions.correctSource(req.actor, { id: req.params.id, version }, input);
      return view(req.actor, req.params.id);
    },
  );
  // Not a GET: each showing is an act that the trail keeps.
  app.post(
    '/api/v1/accession-sources/:id/full',
    {
      config: read,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.Enum([...SHOW_REASONS]), words: MaybeText(1_000) }),
        response: { 200: DataSchema },
      },
    },
    async (req) => {
      const { reason, words = null } = req.body;
      return accessions.showSource(req.actor, req.params.id, { reason, words });
    },
  );
  app.post(
    '/api/v1/accession-sources/:id/contacts',
    { config: write, schema: { ...one, body: CONTACT_BODY } },
    async (req) => {
      await accessions.noteContact(req.actor, req.params.id, req.body);
      return view(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/accession-sources/:id/honours',
    {
      config: write,
      schema: {
        ...one,
        body: Type.Object({
          kind: Type.Enum([...HONOUR_KINDS]),
          accessionId: MaybeId,
          issuedOn: MaybeText(10),
          words: Text(5_000),
        }),
      },
    },
    async (req) => {
      const { accessionId = null, ...honour } = req.body;
      await accessions.giveHonour(req.actor, req.params.id, { ...honour, accessionId });
      return view(req.actor, req.params.id);
    },
  );
}
