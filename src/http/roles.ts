import Type from 'typebox';
import { type App, Id, IdParams, Nullable } from '#kernel/http/route';
import { type Identity, type Organisation, type Post, SIDES } from '#modules/identity';

const Name = Type.String({ minLength: 1, maxLength: 200 });
const Names = Type.Object({ 'zh-CN': Type.String(), 'zh-TW': Type.String(), en: Type.String() });

const Role = Type.Object({
  code: Type.String(),
  /** null: shipped with Lantai. */
  archiveId: Nullable(Type.String()),
  side: Type.Enum([...SIDES]),
  names: Names,
  capabilities: Type.Array(Type.String()),
  version: Type.Integer(),
  retired: Type.Boolean(),
  holders: Type.Integer(),
});

const Unit = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  parentId: Nullable(Type.String()),
  kind: Type.Enum(['department', 'agency']),
  name: Type.String(),
  agencyId: Nullable(Type.String()),
  version: Type.Integer(),
});

const PostShape = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  organisationId: Nullable(Type.String()),
  name: Type.String(),
  roles: Type.Array(Type.String()),
});

const presentPost = ({ id, archiveId, organisationId, name, roles }: Post) => ({
  id,
  archiveId,
  organisationId,
  name,
  roles,
});

/** Roles, and the organisation and posts rights are given by. */
export function registerRoles(app: App, { identity }: { identity: Identity }): void {
  app.get(
    '/api/v1/roles',
    {
      config: { policy: 'people.read' },
      schema: { tags: ['roles'], response: { 200: Type.Object({ items: Type.Array(Role) }) } },
    },
    async (req) => ({
      items: (await identity.roles(req.actor)).map(({ retiredAt, ...r }) => ({
        ...r,
        retired: retiredAt !== null,
      })),
    }),
  );

  const tags = ['organisations'];
  const WithArchive = Type.Object({ archive: Id });
  app.get(
    '/api/v1/organisations',
    {
      config: { policy: 'people.read' },
      schema: {
        tags,
        querystring: WithArchive,
        response: { 200: Type.Object({ units: Type.Array(Unit), posts: Type.Array(PostShape) }) },
      },
    },
    async (req) => {
      const { units, posts } = await identity.organisations(req.actor, req.query.archive);
      return { units, posts: posts.map(presentPost) };
    },
  );

  const Fields = {
    archiveId: Id,
    parentId: Nullable(Id),
    kind: Type.Enum(['department', 'agency']),
    name: Name,
    agencyId: Nullable(Id),
  };
  const kindOf = (kind: string): Organisation['kind'] => (kind === 'agency' ? 'agency' : 'department');
  app.post(
    '/api/v1/organisations',
    {
      config: { policy: 'rights.manage' },
      schema: { tags, body: Type.Object(Fields), response: { 201: Unit } },
    },
    async (req, reply) => {
      const saved = await identity.saveOrganisation(req.actor, { ...req.body, kind: kindOf(req.body.kind) });
      void reply.status(201);
      return saved;
    },
  );

  app.put(
    '/api/v1/organisations/:id',
    {
      config: { policy: 'rights.manage' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ ...Fields, version: Type.Integer() }),
        response: { 200: Unit },
      },
    },
    async (req) =>
      identity.saveOrganisation(req.actor, {
        ...req.body,
        kind: kindOf(req.body.kind),
        id: req.params.id,
      }),
  );

  app.delete(
    '/api/v1/organisations/:id',
    { config: { policy: 'rights.manage' }, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await identity.removeOrganisation(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );

  app.post(
    '/api/v1/posts',
    {
      config: { policy: 'rights.manage' },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          organisationId: Nullable(Id),
          name: Name,
          roles: Type.Array(Type.String({ maxLength: 63 }), { minItems: 1, maxItems: 20, uniqueItems: true }),
        }),
        response: { 201: PostShape },
      },
    },
    async (req, reply) => {
      const post = await identity.addPost(req.actor, req.body);
      void reply.status(201);
      return presentPost(post);
    },
  );

  app.delete(
    '/api/v1/posts/:id',
    { config: { policy: 'rights.manage' }, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await identity.retirePost(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
}
