import Type from 'typebox';
import { EXPECTED_KINDS } from '#kernel/accessionWords';
import type { Actor } from '#kernel/actor';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Accessions } from '../module.ts';
import { LeadSchema, LeadState, presentLead, Worth } from './leads.ts';
import {
  ACCESSION_BODY,
  ExtentSchema,
  MaybeId,
  MaybeText,
  MoneySchema,
  NamedAccession,
  Text,
  Way,
  WayByHand,
} from './schemas.ts';
import { CONTACT_BODY, ContactSchema } from './sources.ts';

const tags = ['accessions'];
const read = { policy: 'accessions.read' as const };
const write = { policy: 'accessions.write' as const };
const maybe = Nullable(Type.String());
const ArchiveParams = Type.Object({ archiveId: Id });

const LEAD_BODY = {
  title: Text(2_000),
  holder: MaybeText(1_000),
  sourceId: MaybeId,
  way: WayByHand,
  worth: Worth,
  state: LeadState,
  content: MaybeText(20_000),
  nextStep: MaybeText(5_000),
  nextOn: MaybeText(10),
  outcome: MaybeText(10_000),
};
const LeadView = Type.Object({
  ...LeadSchema.properties,
  contacts: Type.Array(ContactSchema),
  accession: Nullable(NamedAccession),
  allowed: Type.Object({ write: Type.Boolean() }),
});

/** What is being looked for. */
function registerLeads(app: App, accessions: Accessions): void {
  const view = async (actor: Actor, id: string) => {
    const { lead, contacts, accession, allowed } = await accessions.lead(actor, id);
    return { ...presentLead(lead), contacts, accession, allowed };
  };
  const one = { tags, params: IdParams, response: { 200: LeadView } };
  app.get(
    '/api/v1/archives/:archiveId/accession-leads',
    {
      config: read,
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Object({
          state: Type.Optional(LeadState),
          q: Type.Optional(Text(200)),
          ...PageQuery,
        }),
        response: { 200: PageOf(LeadSchema) },
      },
    },
    async (req) => {
      const { state, q, cursor, limit = 50 } = req.query;
      const states = state ? [state] : null;
      const { items, next } = await accessions.leads(req.actor, {
        archiveId: req.params.archiveId,
        states,
        q,
        cursor,
        limit,
      });
      return { items: items.map(presentLead), next };
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/accession-leads',
    {
      config: write,
      schema: { tags, params: ArchiveParams, body: Type.Object(LEAD_BODY), response: { 201: LeadView } },
    },
    async (req, reply) => {
      const id = await accessions.addLead(req.actor, { ...req.body, archiveId: req.params.archiveId });
      return reply.status(201).send(await view(req.actor, id));
    },
  );
  app.get('/api/v1/accession-leads/:id', { config: read, schema: one }, async (req) =>
    view(req.actor, req.params.id),
  );
  app.patch(
    '/api/v1/accession-leads/:id',
    { config: write, schema: { ...one, body: Type.Object({ ...LEAD_BODY, version: Type.Integer() }) } },
    async (req) => {
      const { version, ...input } = req.body;
      await accessions.correctLead(req.actor, { id: req.params.id, version }, input);
      return view(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/accession-leads/:id/contacts',
    { config: write, schema: { ...one, body: CONTACT_BODY } },
    async (req) => {
      await accessions.noteLeadContact(req.actor, req.params.id, req.body);
      return view(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/accession-leads/:id/accession',
    {
      config: write,
      schema: { ...one, body: Type.Object({ way: Type.Optional(WayByHand), ...ACCESSION_BODY }) },
    },
    async (req) => {
      await accessions.winLead(req.actor, req.params.id, req.body);
      return view(req.actor, req.params.id);
    },
  );
}

const ACCRUAL_BODY = {
  title: Text(2_000),
  way: WayByHand,
  sourceId: MaybeId,
  sourceName: MaybeText(1_000),
  fondsId: MaybeId,
  months: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 1_200 }))),
  nextOn: MaybeText(10),
  note: MaybeText(10_000),
};
const AccrualSchema = Type.Object({
  id: Type.String(),
  title: Type.String(),
  way: WayByHand,
  sourceId: maybe,
  sourceName: maybe,
  fondsId: maybe,
  months: Nullable(Type.Integer()),
  nextOn: maybe,
  note: maybe,
  ended: Type.Boolean(),
  endedReason: maybe,
  version: Type.Integer(),
  came: Type.Integer(),
  lastOn: maybe,
});

/** What comes again and again. */
function registerAccruals(app: App, accessions: Accessions): void {
  app.get(
    '/api/v1/archives/:archiveId/accession-accruals',
    {
      config: read,
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(AccrualSchema) },
      },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await accessions.accruals(req.actor, {
        archiveId: req.params.archiveId,
        cursor,
        limit,
      });
      return {
        items: items.map(({ archiveId: _archive, endedAt, ...c }) => ({ ...c, ended: endedAt !== null })),
        next,
      };
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/accession-accruals',
    {
      config: write,
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object(ACCRUAL_BODY),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => {
      const id = await accessions.addAccrual(req.actor, { ...req.body, archiveId: req.params.archiveId });
      return reply.status(201).send({ id });
    },
  );
  app.patch(
    '/api/v1/accession-accruals/:id',
    {
      config: write,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ ...ACCRUAL_BODY, endedReason: MaybeText(5_000), version: Type.Integer() }),
      },
    },
    async (req, reply) => {
      const { version, ...input } = req.body;
      await accessions.correctAccrual(req.actor, { id: req.params.id, version }, input);
      return reply.status(204).send();
    },
  );
}

/** Leads, accruals, what is expected, and figures. */
export function registerCollecting(app: App, accessions: Accessions): void {
  registerLeads(app, accessions);
  registerAccruals(app, accessions);
  app.get(
    '/api/v1/archives/:archiveId/accessions-expected',
    {
      config: read,
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Object({
          kind: Type.Optional(Type.Enum([...EXPECTED_KINDS])),
          /** Days ahead; without, all. */
          days: Type.Optional(Type.Integer({ minimum: 0, maximum: 36_500 })),
          ...PageQuery,
        }),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                kind: Type.Enum([...EXPECTED_KINDS]),
                id: Type.String(),
                number: Type.String(),
                title: Type.String(),
                sourceName: Type.String(),
                dueOn: maybe,
                late: Nullable(Type.Integer()),
                promised: Nullable(Type.Partial(ExtentSchema)),
                came: Nullable(ExtentSchema),
                left: Nullable(ExtentSchema),
                note: maybe,
              }),
            ),
            next: maybe,
            today: Type.String(),
          }),
        },
      },
    },
    async (req) => {
      const { kind, days = null, cursor, limit = 50 } = req.query;
      const kinds = kind ? [kind] : null;
      const { items, next, today } = await accessions.expected(req.actor, {
        archiveId: req.params.archiveId,
        kinds,
        days,
        cursor,
        limit,
      });
      return { items: items.map(({ archiveId: _archive, day: _day, ...e }) => e), next, today };
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/accession-statistics',
    {
      config: read,
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Object({
          from: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_999 })),
          to: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_999 })),
        }),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                year: Type.Integer(),
                way: Way,
                accessions: Type.Integer(),
                extent: ExtentSchema,
                paid: Type.Array(MoneySchema),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const { from = 1, to = 9_999 } = req.query;
      return { items: await accessions.statistics(req.actor, { archiveId: req.params.archiveId, from, to }) };
    },
  );
}
