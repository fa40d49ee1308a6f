import Type from 'typebox';
import { Refusal } from '#kernel/errors';
import { type App, Id, IdParams, JobAccepted, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { filterOf } from '#modules/holdings';
import { registerLegalHolds } from './httpLegalHolds.ts';
import { registerDisposalPapers } from './httpPapers.ts';
import type { Disposals } from './module.ts';
import {
  ChoiceSchema,
  DisposalSchema,
  NamedHoldSchema,
  PreviewSchema,
  ProposalSchema,
  presentDisposal,
  presentHold,
  RemovalSchema,
  UnitSchema,
} from './schemas.ts';
import { DISPOSAL_STATES } from './store/disposals.ts';

const tags = ['disposal'];
const iso = (d: Date | null) => d?.toISOString() ?? null;

/** Filters as tables have them, in the words of the holdings. */
const choiceOf = <C extends { archiveId: string; filter?: Parameters<typeof filterOf>[1] }>(body: C) => ({
  ...body,
  filter: body.filter && filterOf(body.archiveId, body.filter),
});

/** Lists of what is to be destroyed: proposed, decided by two others, carried out, certified. */
export function registerDisposal(app: App, { disposals }: { disposals: Disposals }): void {
  const read = { config: { policy: 'holdings.read' as const } };
  const shown = async (actor: Parameters<Disposals['disposal']>[0], id: string) =>
    presentDisposal(await disposals.disposal(actor, id));

  app.post(
    '/api/v1/disposals/preview',
    {
      config: { policy: 'disposal.propose' },
      schema: { tags, body: Type.Object(ChoiceSchema), response: { 200: PreviewSchema } },
    },
    async (req) => disposals.preview(req.actor, choiceOf(req.body)),
  );
  app.post(
    '/api/v1/disposals',
    {
      config: { policy: 'disposal.propose' },
      schema: { tags, body: ProposalSchema, response: { 201: DisposalSchema } },
    },
    async (req, reply) => {
      const id = await disposals.propose(req.actor, choiceOf(req.body));
      return reply.status(201).send(await shown(req.actor, id));
    },
  );
  app.get(
    '/api/v1/disposals',
    {
      ...read,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          state: Type.Optional(Type.Enum([...DISPOSAL_STATES])),
          ...PageQuery,
        }),
        response: { 200: PageOf(DisposalSchema) },
      },
    },
    async (req) => {
      const { archive, state, cursor, limit } = req.query;
      const page = await disposals.disposals(req.actor, {
        archiveId: archive,
        state,
        cursor,
        limit: limit ?? 50,
      });
      return { ...page, items: page.items.map(presentDisposal) };
    },
  );
  app.get(
    '/api/v1/disposals/:id',
    { ...read, schema: { tags, params: IdParams, response: { 200: DisposalSchema } } },
    async (req) => shown(req.actor, req.params.id),
  );
  app.get(
    '/api/v1/disposals/:id/units',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          state: Type.Optional(Type.Enum(['listed', 'spared', 'cleared', 'destroyed'])),
          ...PageQuery,
        }),
        response: { 200: PageOf(UnitSchema) },
      },
    },
    async (req) => {
      const page = await disposals.units(req.actor, req.params.id, {
        ...req.query,
        limit: req.query.limit ?? 50,
      });
      const items = page.items.map(({ unitId, seq: _, objectId: __, destroyedAt, ...u }) => ({
        id: unitId,
        ...u,
        destroyedAt: iso(destroyedAt),
      }));
      return { items, next: page.next };
    },
  );
  app.get(
    '/api/v1/disposals/:id/removals',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          state: Type.Optional(Type.Enum(['waiting', 'gone'])),
          ...PageQuery,
        }),
        response: { 200: PageOf(RemovalSchema) },
      },
    },
    async (req) => {
      const page = await disposals.places(req.actor, req.params.id, {
        ...req.query,
        limit: req.query.limit ?? 50,
      });
      const items = page.items.map(({ triedAt, goneAt, byName, ...r }) => ({
        ...r,
        triedAt: iso(triedAt),
        goneAt: iso(goneAt),
        by: byName,
      }));
      return { items, next: page.next };
    },
  );
  app.post(
    '/api/v1/disposals/:id/decision',
    {
      config: { policy: 'disposal.decide' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          decision: Type.Enum(['agreed', 'refused']),
          note: Type.Optional(Type.String({ maxLength: 2_000 })),
        }),
        response: { 200: DisposalSchema },
      },
    },
    async (req) => {
      const { decision, note } = req.body;
      await disposals.decide(
        req.actor,
        req.params.id,
        decision as 'agreed' | 'refused',
        note?.trim() || null,
      );
      return shown(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/disposals/:id/withdrawal',
    {
      config: { policy: 'disposal.propose' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2_000 }) }),
        response: { 200: DisposalSchema },
      },
    },
    async (req) => {
      await disposals.withdraw(req.actor, req.params.id, req.body.reason);
      return shown(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/disposals/:id/run',
    {
      config: { policy: 'disposal.propose' },
      schema: { tags, params: IdParams, response: { 202: JobAccepted } },
    },
    async (req, reply) => reply.status(202).send({ jobId: await disposals.run(req.actor, req.params.id) }),
  );
  app.post(
    '/api/v1/disposals/:id/media/:mediumId/sign-off',
    {
      config: { policy: 'preservation.manage' },
      schema: {
        tags,
        params: Type.Object({ id: Id, mediumId: Id }),
        body: Type.Object({ note: Type.String({ minLength: 1, maxLength: 2_000 }) }),
        response: { 200: DisposalSchema },
      },
    },
    async (req) => {
      await disposals.signOff(req.actor, req.params.id, req.params.mediumId, req.body.note);
      return shown(req.actor, req.params.id);
    },
  );
  app.get(
    '/api/v1/units/:id/disposal',
    {
      ...read,
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            destroyed: Nullable(
              Type.Object({
                disposalId: Type.String(),
                number: Type.String(),
                condemnedAt: Type.String(),
                destroyedAt: Nullable(Type.String()),
              }),
            ),
            /** The list under way it stands on. */
            listed: Nullable(
              Type.Object({
                id: Type.String(),
                number: Type.String(),
                state: Type.Enum([...DISPOSAL_STATES]),
              }),
            ),
            legalHolds: Type.Array(NamedHoldSchema),
          }),
        },
      },
    },
    async (req) => {
      const found = await disposals.ofUnit(req.actor, req.params.id);
      if (!found) throw new Refusal('unit.notFound', 'There is no such entry.');
      const { destroyed: d, legalHolds, listed } = found;
      return {
        listed,
        destroyed: d && {
          ...d,
          condemnedAt: d.condemnedAt.toISOString(),
          destroyedAt: iso(d.destroyedAt),
        },
        legalHolds: legalHolds.map(presentHold),
      };
    },
  );
  registerDisposalPapers(app, disposals);
  registerLegalHolds(app, disposals);
}
