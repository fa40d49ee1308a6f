import Type from 'typebox';
import { type App, Id, IdParams, PageOf, PageQuery } from '#kernel/http/route';
import { registerBulk } from './bulk/http.ts';
import { registerChanges } from './changes/http.ts';
import { registerCounts } from './counting/http.ts';
import { registerDescribing } from './describing/http.ts';
import { registerDrafts } from './drafts/http.ts';
import { registerAccessChanges } from './httpAccess.ts';
import { registerArranging } from './httpArranging.ts';
import { registerCodeTemplates } from './httpCodeTemplates.ts';
import { registerUnitExport } from './httpExport.ts';
import { registerTree } from './httpTree.ts';
import type { Holdings } from './module.ts';
import { presentArchive, presentUnit } from './present.ts';
import {
  AgencySchema,
  ArchiveSchema,
  FondsInputSchema,
  FondsSchema,
  PlaceSchema,
  ReasonsSchema,
  UnitInputSchema,
  UnitSchema,
  VoidCodeSchema,
} from './schemas.ts';
import { registerTable } from './table/http.ts';
import { registerViews } from './table/httpViews.ts';

const tags = ['holdings'];
const ArchiveParams = Type.Object({ archiveId: Id });

export function registerHoldings(app: App, { holdings }: { holdings: Holdings }): void {
  registerArchives(app, holdings);
  registerFonds(app, holdings);
  registerUnits(app, holdings);
  registerAccessChanges(app, holdings);
  registerUnitExport(app, holdings);
  registerCodeTemplates(app, holdings);
  registerTable(app, holdings);
  registerDescribing(app, holdings);
  registerViews(app, holdings);
  registerBulk(app, holdings);
  registerTree(app, holdings);
  registerChanges(app, holdings);
  registerCounts(app, holdings);
  registerArranging(app, holdings);
  registerDrafts(app, holdings);
}

function registerArchives(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/archives',
    { config: { policy: 'public' }, schema: { tags, response: { 200: PageOf(ArchiveSchema) } } },
    async () => ({ items: (await holdings.archives()).map(presentArchive), next: null }),
  );
  app.post(
    '/api/v1/archives',
    {
      config: { policy: 'people.manage' },
      schema: {
        tags,
        body: Type.Object({
          parentId: Type.Optional(Id),
          code: Type.String({ maxLength: 20 }),
          name: Type.String({ minLength: 1, maxLength: 200 }),
          level: Type.Enum(['province', 'city', 'county']),
        }),
        response: { 201: ArchiveSchema },
      },
    },
    async (req, reply) => {
      const id = await holdings.addArchive(req.actor, req.body);
      return reply.status(201).send(presentArchive(await holdings.archiveByCode(id)));
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/agencies',
    {
      config: { policy: 'public' },
      schema: { tags, params: ArchiveParams, response: { 200: PageOf(AgencySchema) } },
    },
    async (req) => ({ items: await holdings.agencies(req.actor, req.params.archiveId), next: null }),
  );
  app.post(
    '/api/v1/archives/:archiveId/agencies',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({
          code: Type.String({ minLength: 1, maxLength: 50 }),
          name: Type.String({ minLength: 1, maxLength: 200 }),
        }),
        response: { 201: AgencySchema },
      },
    },
    async (req, reply) => {
      const agency = { archiveId: req.params.archiveId, ...req.body };
      const id = await holdings.addAgency(req.actor, agency);
      return reply.status(201).send({ id, ...agency });
    },
  );
}

function registerFonds(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/archives/:archiveId/fonds',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        params: ArchiveParams,
        querystring: Type.Object({ q: Type.Optional(Type.String({ maxLength: 200 })), ...PageQuery }),
        response: { 200: PageOf(FondsSchema) },
      },
    },
    async (req) =>
      holdings.fondsList(req.actor, {
        ...req.query,
        limit: req.query.limit ?? 50,
        archiveId: req.params.archiveId,
      }),
  );
  app.post(
    '/api/v1/archives/:archiveId/fonds',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Interface([FondsInputSchema], {
          number: Type.String({ minLength: 1, maxLength: 20 }),
          name: Type.String({ minLength: 1, maxLength: 500 }),
        }),
        response: { 201: FondsSchema },
      },
    },
    async (req, reply) =>
      reply
        .status(201)
        .send(await holdings.addFonds(req.actor, { ...req.body, archiveId: req.params.archiveId })),
  );
  app.get(
    '/api/v1/fonds/:id',
    { config: { policy: 'public' }, schema: { tags, params: IdParams, response: { 200: FondsSchema } } },
    async (req) => holdings.fonds(req.actor, req.params.id),
  );
  app.get(
    '/api/v1/fonds/:id/void-codes',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(VoidCodeSchema) },
      },
    },
    async (req) => {
      const { cursor, limit } = req.query;
      const page = await holdings.voidCodes(req.actor, {
        fondsId: req.params.id,
        cursor,
        limit: limit ?? 50,
      });
      const items = page.items.map(({ at, actorName, ...v }) => ({
        ...v,
        at: at.toISOString(),
        by: actorName,
      }));
      return { ...page, items };
    },
  );
  app.patch(
    '/api/v1/fonds/:id',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Interface([FondsInputSchema], { version: Type.Integer() }),
        response: { 200: FondsSchema },
      },
    },
    async (req) => {
      const { version, ...input } = req.body;
      return holdings.correctFonds(req.actor, req.params.id, version, input);
    },
  );
}

function registerUnits(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/units/by-code',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        querystring: Type.Object({ archive: Id, code: Type.String({ minLength: 1, maxLength: 200 }) }),
        response: { 200: Type.Object({ id: Type.String() }) },
      },
    },
    async (req) => ({ id: await holdings.findByCode(req.actor, req.query.archive, req.query.code) }),
  );
  app.get(
    '/api/v1/units/:id',
    {
      config: { policy: 'public', reads: 'description' },
      schema: { tags, params: IdParams, response: { 200: UnitSchema } },
    },
    async (req) => presentUnit(await holdings.readUnit(req.actor, req.params.id)),
  );
  app.post(
    '/api/v1/units',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        body: Type.Interface([UnitInputSchema], {
          fondsId: Id,
          parentId: Type.Optional(Type.Union([Id, Type.Null()])),
          code: Type.Optional(
            Type.Object({
              template: Type.Optional(Type.String({ maxLength: 100 })),
              values: Type.Record(Type.String(), Type.String({ maxLength: 100 })),
            }),
          ),
          place: Type.Optional(PlaceSchema),
        }),
        response: { 201: UnitSchema },
      },
    },
    async (req, reply) => {
      const id = await holdings.createUnit(req.actor, req.body);
      return reply.status(201).send(presentUnit(await holdings.readUnit(req.actor, id)));
    },
  );
  app.patch(
    '/api/v1/units/:id',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Interface([UnitInputSchema, ReasonsSchema], { version: Type.Integer() }),
        response: { 200: UnitSchema },
      },
    },
    async (req) => {
      const { version, ...input } = req.body;
      await holdings.correctUnit(req.actor, req.params.id, version, input);
      return presentUnit(await holdings.readUnit(req.actor, req.params.id));
    },
  );
  app.post(
    '/api/v1/units/:id/move',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Interface([PlaceSchema], {
          parentId: Type.Union([Id, Type.Null()]),
          version: Type.Integer(),
        }),
        response: { 200: UnitSchema },
      },
    },
    async (req) => {
      await holdings.moveUnit(req.actor, req.params.id, req.body);
      return presentUnit(await holdings.readUnit(req.actor, req.params.id));
    },
  );
}
