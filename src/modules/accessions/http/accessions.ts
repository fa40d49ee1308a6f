import Type, { type Static } from 'typebox';
import { ARRANGED_KINDS, DEED_KINDS, VERDICTS } from '#kernel/accessionWords';
import type { Actor } from '#kernel/actor';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { ACCESSION_ACTS } from '../domain/states.ts';
import type { Accessions } from '../module.ts';
import {
  ACCESSION_BODY,
  AccessionSchema,
  ArrivalGiven,
  LineSchema,
  MaybeText,
  MoneySchema,
  NamedAccession,
  presentAccession,
  presentLine,
  State,
  Text,
  Uploads,
  Way,
  WayByHand,
} from './schemas.ts';

const tags = ['accessions'];
const read = { policy: 'accessions.read' as const };
const write = { policy: 'accessions.write' as const };
const ArchiveParams = Type.Object({ archiveId: Id });
const WISH = {
  way: Type.Optional(Way),
  state: Type.Optional(State),
  year: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_999 })),
  source: Type.Optional(Id),
  fonds: Type.Optional(Id),
  accrual: Type.Optional(Id),
  q: Type.Optional(Text(200)),
};
interface Wished {
  way?: Static<typeof Way> | undefined;
  state?: Static<typeof State> | undefined;
  year?: number | undefined;
  source?: string | undefined;
  fonds?: string | undefined;
  accrual?: string | undefined;
  q?: string | undefined;
}
const wishOf = (archiveId: string, w: Wished) => ({
  archiveId,
  ways: w.way && [w.way],
  states: w.state && [w.state],
  year: w.year,
  sourceId: w.source,
  fondsId: w.fonds,
  accrualId: w.accrual,
  q: w.q,
});
const DEED_BODY = {
  kind: Type.Enum([...DEED_KINDS]),
  signedOn: MaybeText(10),
  ourParty: Text(1_000),
  theirParty: Text(1_000),
  propertyPasses: Type.Boolean(),
  rights: MaybeText(20_000),
  conditions: MaybeText(20_000),
  endsOn: MaybeText(10),
  uploadIds: Type.Optional(Uploads),
};

/** The register: its lines, and what is done with each. */
export function registerRegister(app: App, accessions: Accessions): void {
  const view = async (actor: Actor, id: string) => presentAccession(await accessions.read(actor, id));
  const one = { tags, params: IdParams, response: { 200: AccessionSchema } };

  app.get(
    '/api/v1/archives/:archiveId/accessions',
    {
      config: read,
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Object({ ...WISH, ...PageQuery }),
        response: { 200: PageOf(LineSchema) },
      },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await accessions.list(req.actor, {
        ...wishOf(req.params.archiveId, req.query),
        cursor,
        limit,
      });
      return { items: items.map(presentLine), next };
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/accessions',
    {
      config: write,
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({ way: WayByHand, ...ACCESSION_BODY, came: Type.Optional(Nullable(ArrivalGiven)) }),
        response: { 201: AccessionSchema },
      },
    },
    async (req, reply) => {
      const id = await accessions.register(req.actor, { ...req.body, archiveId: req.params.archiveId });
      return reply.status(201).send(await view(req.actor, id));
    },
  );
  app.get('/api/v1/accessions/:id', { config: read, schema: one }, async (req) =>
    view(req.actor, req.params.id),
  );
  app.patch(
    '/api/v1/accessions/:id',
    {
      config: write,
      schema: {
        ...one,
        body: Type.Object({ way: Type.Optional(WayByHand), ...ACCESSION_BODY, version: Type.Integer() }),
      },
    },
    async (req) => {
      const { version, ...input } = req.body;
      await accessions.correct(req.actor, { id: req.params.id, version }, input);
      return view(req.actor, req.params.id);
    },
  );
  // Which act it is, and so whose hand it needs, the command decides.
  app.post(
    '/api/v1/accessions/:id/acts',
    {
      config: read,
      schema: {
        ...one,
        body: Type.Object({
          act: Type.Enum([...ACCESSION_ACTS]),
          reason: MaybeText(2_000),
          verdict: Type.Optional(Type.Enum([...VERDICTS])),
          part: Type.Optional(ArrivalGiven),
          whole: Type.Optional(Type.Boolean()),
        }),
      },
    },
    async (req) => {
      await accessions.act(req.actor, req.params.id, req.body);
      return view(req.actor, req.params.id);
    },
  );
  app.get(
    '/api/v1/accessions/:id/history',
    {
      config: read,
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                id: Type.String(),
                at: Type.String(),
                actor: Type.String(),
                act: Type.String(),
                detail: Type.Record(Type.String(), Type.Unknown()),
              }),
            ),
          }),
        },
      },
    },
    async (req) => ({
      items: (await accessions.history(req.actor, req.params.id)).map((e) => ({
        ...e,
        at: e.at.toISOString(),
      })),
    }),
  );
  app.post(
    '/api/v1/accessions/:id/opinions',
    {
      config: write,
      schema: {
        ...one,
        body: Type.Object({
          day: MaybeText(10),
          expert: Text(300),
          words: Text(10_000),
          value: Type.Optional(Nullable(MoneySchema)),
        }),
      },
    },
    async (req) => {
      const { value = null, ...said } = req.body;
      await accessions.addOpinion(req.actor, req.params.id, { ...said, value });
      return view(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/accessions/:id/arranged',
    {
      config: write,
      schema: { ...one, body: Type.Object({ kind: Type.Enum([...ARRANGED_KINDS]), targetId: Id }) },
    },
    async (req) => {
      await accessions.place(req.actor, req.params.id, req.body);
      return view(req.actor, req.params.id);
    },
  );
  app.delete(
    '/api/v1/accessions/:id/arranged/:arrangedId',
    {
      config: write,
      schema: { tags, params: Type.Object({ id: Id, arrangedId: Id }), response: one.response },
    },
    async (req) => {
      await accessions.takeOut(req.actor, req.params.id, req.params.arrangedId);
      return view(req.actor, req.params.id);
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/accessions-into/:id',
    {
      config: read,
      schema: {
        tags,
        params: Type.Object({ archiveId: Id, id: Id }),
        response: { 200: Type.Object({ items: Type.Array(NamedAccession) }) },
      },
    },
    async (req) => ({ items: await accessions.into(req.actor, req.params.archiveId, req.params.id) }),
  );

  app.post(
    '/api/v1/accessions/:id/deeds',
    { config: write, schema: { ...one, body: Type.Object(DEED_BODY) } },
    async (req) => {
      const { uploadIds = [], ...deed } = req.body;
      await accessions.addDeed(req.actor, req.params.id, { ...deed, uploadIds });
      return view(req.actor, req.params.id);
    },
  );
  app.patch(
    '/api/v1/accession-deeds/:id',
    {
      config: write,
      schema: {
        ...one,
        body: Type.Object({
          ...DEED_BODY,
          version: Type.Integer(),
          removeFiles: Type.Optional(Type.Array(Id, { maxItems: 20 })),
        }),
      },
    },
    async (req) => {
      const { version, removeFiles = [], uploadIds = [], ...deed } = req.body;
      const of = await accessions.correctDeed(
        req.actor,
        { id: req.params.id, version },
        { ...deed, uploadIds, removeFiles },
      );
      return view(req.actor, of);
    },
  );
  app.get(
    '/api/v1/accession-deeds/:id/files/:fileId',
    { config: read, schema: { tags, params: Type.Object({ id: Id, fileId: Id }) } },
    async (req, reply) => {
      const { file, content } = await accessions.openDeedFile(req.actor, req.params);
      return sendFile(
        reply,
        { type: 'application/octet-stream', name: file.name, bytes: file.bytes },
        content(),
      );
    },
  );
}

/** What the register leaves on paper. */
export function registerAccessionPapers(app: App, accessions: Accessions): void {
  const lang = Type.Object(LangQuery);
  const pdf = { type: 'application/pdf', inline: true };
  app.get(
    '/api/v1/accession-deeds/:id/deed.pdf',
    { config: { ...read, framed: true }, schema: { tags, params: IdParams, querystring: lang } },
    async (req, reply) => {
      const paper = await accessions.deedPaper(req.actor, req.params.id, languageOf(req));
      return sendFile(reply, { ...pdf, name: paper.name }, paper.pdf);
    },
  );
  app.get(
    '/api/v1/accessions/:id/movements/:movementId/receipt.pdf',
    {
      config: { ...read, framed: true },
      schema: { tags, params: Type.Object({ id: Id, movementId: Id }), querystring: lang },
    },
    async (req, reply) => {
      const paper = await accessions.receiptPaper(req.actor, req.params, languageOf(req));
      return sendFile(reply, { ...pdf, name: paper.name }, paper.pdf);
    },
  );
  app.get(
    '/api/v1/accession-honours/:id/certificate.pdf',
    { config: { ...read, framed: true }, schema: { tags, params: IdParams, querystring: lang } },
    async (req, reply) => {
      const paper = await accessions.honourPaper(req.actor, req.params.id, languageOf(req));
      return sendFile(reply, { ...pdf, name: paper.name }, paper.pdf);
    },
  );
  const wished = { tags, params: ArchiveParams, querystring: Type.Object({ ...WISH, ...LangQuery }) };
  app.get(
    '/api/v1/archives/:archiveId/accessions.pdf',
    { config: { ...read, framed: true }, schema: wished },
    async (req, reply) => {
      const paper = await accessions.registerPaper(
        req.actor,
        wishOf(req.params.archiveId, req.query),
        languageOf(req),
      );
      return sendFile(reply, { ...pdf, name: paper.name }, paper.pdf);
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/accessions.xlsx',
    { config: read, schema: wished },
    async (req, reply) => {
      const { name, sheet } = await accessions.registerSheet(
        req.actor,
        wishOf(req.params.archiveId, req.query),
        {
          language: languageOf(req),
          failed: (err) => req.log.error({ err }, 'the register of accessions could not be written out'),
        },
      );
      return sendFile(
        reply,
        { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name },
        sheet,
      );
    },
  );
}
