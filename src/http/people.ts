import Type from 'typebox';
import { LANGUAGES } from '#kernel/actor';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { AccountView, AddedPerson, Identity } from '#modules/identity';

const tags = ['people'];
const Reason = Type.String({ minLength: 1, maxLength: 1_000 });

const Membership = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  role: Type.String(),
  subtree: Type.Boolean(),
  from: Type.String(),
  until: Nullable(Type.String()),
  categories: Nullable(Type.Array(Type.String())),
  post: Nullable(Type.Object({ id: Type.String(), name: Type.String() })),
});

const Person = Type.Object({
  id: Type.String(),
  username: Type.String(),
  displayName: Type.String(),
  archiveId: Nullable(Type.String()),
  state: Type.Enum(['active', 'waiting', 'disabled']),
  createdAt: Type.String(),
  disabledAt: Nullable(Type.String()),
  memberships: Type.Array(Membership),
});

const Added = Type.Object({ id: Type.String(), link: Nullable(Type.String()) });

function present(a: AccountView) {
  return {
    id: a.id,
    username: a.username,
    displayName: a.displayName,
    archiveId: a.archiveId,
    state: a.disabledAt ? ('disabled' as const) : a.waiting ? ('waiting' as const) : ('active' as const),
    createdAt: a.createdAt.toISOString(),
    disabledAt: a.disabledAt?.toISOString() ?? null,
    memberships: a.memberships.map((m) => ({
      id: m.id,
      archiveId: m.archiveId,
      role: m.role,
      subtree: m.subtree,
      from: m.from.toISOString(),
      until: m.until?.toISOString() ?? null,
      categories: m.categories,
      post: m.postId ? { id: m.postId, name: m.postName ?? '' } : null,
    })),
  };
}

/** Accounts and what they hold. System administrators keep them; the other two and the head look. */
export function registerPeople(app: App, { identity }: { identity: Identity }): void {
  app.get(
    '/api/v1/people',
    {
      config: { policy: 'people.read' },
      schema: {
        tags,
        querystring: Type.Object({
          ...PageQuery,
          archive: Type.Optional(Id),
          q: Type.Optional(Type.String({ maxLength: 200 })),
        }),
        response: { 200: PageOf(Person) },
      },
    },
    async (req) => {
      const { archive, q, cursor, limit = 50 } = req.query;
      const page = await identity.people(req.actor, { archiveId: archive, q, cursor, limit });
      return { items: page.items.map(present), next: page.next };
    },
  );

  app.get(
    '/api/v1/people/:id',
    { config: { policy: 'people.read' }, schema: { tags, params: IdParams, response: { 200: Person } } },
    async (req) => present(await identity.person(req.actor, req.params.id)),
  );

  app.post(
    '/api/v1/people',
    {
      config: { policy: 'people.manage' },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          username: Type.String({ maxLength: 20_000 }),
          displayName: Type.String({ maxLength: 20_000 }),
          language: Type.Optional(Type.Enum([...LANGUAGES])),
        }),
        response: { 201: Added },
      },
    },
    async (req, reply): Promise<AddedPerson> => {
      const { language, ...account } = req.body;
      const known = LANGUAGES.find((l) => l === language);
      void reply.status(201).header('cache-control', 'no-store');
      return identity.openAccount(req.actor, { ...account, ...(known ? { language: known } : {}) });
    },
  );

  app.post(
    '/api/v1/people/:id/disable',
    {
      config: { policy: 'people.manage' },
      schema: { tags, params: IdParams, body: Type.Object({ reason: Reason }), response: { 200: Person } },
    },
    async (req) => {
      await identity.disablePerson(req.actor, req.params.id, req.body.reason);
      return present(await identity.person(req.actor, req.params.id));
    },
  );

  app.post(
    '/api/v1/people/:id/enable',
    {
      config: { policy: 'people.manage' },
      schema: { tags, params: IdParams, body: Type.Object({ reason: Reason }), response: { 200: Person } },
    },
    async (req) => {
      await identity.enablePerson(req.actor, req.params.id, req.body.reason);
      return present(await identity.person(req.actor, req.params.id));
    },
  );
}
