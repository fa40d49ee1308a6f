import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { type Delegation, type Identity, type RightsChange, Wanted } from '#modules/identity';

const Who = Type.Object({ id: Type.String(), name: Type.String() });
const Note = Type.Optional(Type.String({ maxLength: 1_000 }));

const Change = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  wanted: Wanted,
  /** Of changes of reach: what was (null: it is new), and how many people reach other records by it. */
  before: Nullable(
    Type.Object({
      was: Nullable(
        Type.Object({
          name: Type.String(),
          parentId: Nullable(Type.String()),
          agencyId: Nullable(Type.String()),
        }),
      ),
      people: Type.Integer(),
    }),
  ),
  person: Nullable(Who),
  reason: Type.String(),
  state: Type.Enum(['proposed', 'approved', 'rejected']),
  proposedBy: Who,
  proposedAt: Type.String(),
  decidedBy: Nullable(Who),
  decidedAt: Nullable(Type.String()),
  note: Nullable(Type.String()),
});

const presentChange = (c: RightsChange) => ({
  id: c.id,
  archiveId: c.archiveId,
  wanted: c.content,
  before: c.before,
  person: c.personId ? { id: c.personId, name: c.personName ?? '' } : null,
  reason: c.reason,
  state: c.state,
  proposedBy: { id: c.proposedBy, name: c.proposedByName },
  proposedAt: c.proposedAt.toISOString(),
  decidedBy: c.decidedBy ? { id: c.decidedBy, name: c.decidedByName ?? '' } : null,
  decidedAt: c.decidedAt?.toISOString() ?? null,
  note: c.note,
});

const Named = Type.Object({
  code: Type.String(),
  names: Type.Object({ 'zh-CN': Type.String(), 'zh-TW': Type.String(), en: Type.String() }),
});

const DelegationShape = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  from: Who,
  to: Who,
  roles: Type.Array(Named),
  reason: Type.String(),
  begins: Type.String(),
  ends: Type.String(),
  endedAt: Nullable(Type.String()),
});

const presentDelegation = (d: Delegation) => ({
  id: d.id,
  archiveId: d.archiveId,
  from: { id: d.fromPerson, name: d.fromName },
  to: { id: d.toPerson, name: d.toName },
  roles: d.named,
  reason: d.reason,
  begins: d.from.toISOString(),
  ends: d.until.toISOString(),
  endedAt: d.endedAt?.toISOString() ?? null,
});

/** Changes of rights, which take two persons, and standing in during absence. */
export function registerRights(app: App, { identity }: { identity: Identity }): void {
  const tags = ['rights-changes'];
  app.get(
    '/api/v1/rights-changes',
    {
      config: { policy: 'people.read' },
      schema: {
        tags,
        querystring: Type.Object({
          ...PageQuery,
          state: Type.Optional(Type.Enum(['proposed', 'approved', 'rejected'])),
        }),
        response: { 200: PageOf(Change) },
      },
    },
    async (req) => {
      const { state, cursor, limit = 50 } = req.query;
      const page = await identity.rightsChanges(req.actor, { state, cursor, limit });
      return { items: page.items.map(presentChange), next: page.next };
    },
  );

  app.get(
    '/api/v1/rights-changes/:id',
    { config: { policy: 'people.read' }, schema: { tags, params: IdParams, response: { 200: Change } } },
    async (req) => presentChange(await identity.rightsChange(req.actor, req.params.id)),
  );

  app.post(
    '/api/v1/rights-changes',
    {
      config: { policy: 'rights.manage' },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          wanted: Wanted,
          reason: Type.String({ minLength: 1, maxLength: 1_000 }),
        }),
        response: { 201: Change },
      },
    },
    async (req, reply) => {
      const { archiveId, wanted, reason } = req.body;
      const id = await identity.proposeRights(req.actor, archiveId, wanted, reason);
      void reply.status(201);
      return presentChange(await identity.rightsChange(req.actor, id));
    },
  );

  for (const [verb, decision] of [
    ['approve', 'approved'],
    ['reject', 'rejected'],
  ] as const) {
    app.post(
      `/api/v1/rights-changes/:id/${verb}`,
      {
        config: { policy: 'rights.approve' },
        schema: { tags, params: IdParams, body: Type.Object({ note: Note }), response: { 200: Change } },
      },
      async (req) => {
        await identity.decideRights(req.actor, req.params.id, decision, req.body.note ?? null);
        return presentChange(await identity.rightsChange(req.actor, req.params.id));
      },
    );
  }

  registerDelegations(app, identity);
}

function registerDelegations(app: App, identity: Identity): void {
  const tags = ['delegations'];
  app.get(
    '/api/v1/delegations',
    {
      config: { policy: 'people.read' },
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(DelegationShape) }) } },
    },
    async (req) => ({ items: (await identity.delegations(req.actor)).map(presentDelegation) }),
  );

  app.get(
    '/api/v1/me/delegations',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags,
        response: {
          200: Type.Object({
            items: Type.Array(DelegationShape),
            delegable: Type.Array(
              Type.Object({
                archiveId: Type.String(),
                roles: Type.Array(Named),
                colleagues: Type.Array(Type.Object({ id: Type.String(), displayName: Type.String() })),
              }),
            ),
          }),
        },
      },
    },
    async (req) => ({
      items: (await identity.myDelegations(req.actor)).map(presentDelegation),
      delegable: await identity.delegable(req.actor),
    }),
  );

  app.post(
    '/api/v1/delegations',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          toPerson: Id,
          roles: Type.Array(Type.String({ maxLength: 63 }), { minItems: 1, maxItems: 50, uniqueItems: true }),
          begins: Type.String({ format: 'date-time' }),
          ends: Type.String({ format: 'date-time' }),
          reason: Type.String({ minLength: 1, maxLength: 1_000 }),
        }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => {
      const { begins, ends, ...d } = req.body;
      const id = await identity.delegate(req.actor, { ...d, from: new Date(begins), until: new Date(ends) });
      void reply.status(201);
      return { id };
    },
  );

  app.post(
    '/api/v1/delegations/:id/end',
    { config: { policy: 'signedIn' }, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await identity.endDelegation(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
}
