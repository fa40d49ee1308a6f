import Type from 'typebox';
import type { Actor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { GRANTABLE, SIGHTS } from '#kernel/visibility';
import type { Holdings } from '#modules/holdings';

const tags = ['visibility'];
const Day = Type.String({ format: 'date' });
const Reason = Type.Object({
  code: Type.String(),
  holds: Type.Boolean(),
  params: Type.Optional(Type.Record(Type.String(), Type.String())),
});
const Road = Nullable(Type.Enum(['system', 'post', 'open', 'grant']));
const Sights = Type.Array(Type.Enum([...SIGHTS]));

const Leave = Type.Object({
  id: Type.String(),
  personId: Type.String(),
  personName: Type.String(),
  unitId: Nullable(Type.String()),
  fondsId: Nullable(Type.String()),
  code: Nullable(Type.String()),
  title: Type.String(),
  gives: Type.Array(Type.Enum([...GRANTABLE])),
  reason: Type.String(),
  basis: Type.String(),
  from: Type.String(),
  until: Type.String(),
  givenByName: Type.String(),
  givenAt: Type.String(),
  revokedAt: Nullable(Type.String()),
  revokedByName: Nullable(Type.String()),
});

export interface VisibilityDeps {
  holdings: Pick<Holdings, 'whySeen' | 'whoSees' | 'giveLeave' | 'endLeave' | 'leaveGiven'>;
  /** A person by user name, as an actor. @throws Refusal person.notFound */
  personNamed(username: string): Promise<Actor>;
  /** Holders of posts in an archive, and the persons named by id. */
  people(archiveId: string, ids: readonly string[]): Promise<{ username: string; actor: Actor }[]>;
  /** Today in the archives' time zone. */
  today(): string;
}

/** The two questions, why and who, and leave in single cases. */
export function registerVisibility(app: App, deps: VisibilityDeps): void {
  const { holdings, today } = deps;

  app.get(
    '/api/v1/units/:id/visibility',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ username: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: {
          200: Type.Object({
            person: Type.Object({ name: Type.String() }),
            sights: Type.Array(
              Type.Object({
                sight: Type.Enum([...SIGHTS]),
                allowed: Type.Boolean(),
                by: Road,
                reasons: Type.Array(Reason),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const of = req.query.username ? await deps.personNamed(req.query.username) : req.actor;
      const sights = await holdings.whySeen(req.actor, req.params.id, of, today());
      return { person: { name: of.name }, sights: sights.map((s) => ({ ...s, reasons: [...s.reasons] })) };
    },
  );

  app.get(
    '/api/v1/units/:id/viewers',
    {
      config: { policy: 'grants.manage' },
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            everybody: Sights,
            people: Type.Array(
              Type.Object({
                id: Type.String(),
                name: Type.String(),
                username: Type.String(),
                sights: Sights,
                by: Type.Array(Type.Enum(['system', 'post', 'open', 'grant'])),
                reasons: Type.Array(Reason),
              }),
            ),
          }),
        },
      },
    },
    async (req) => holdings.whoSees(req.actor, req.params.id, deps.people, today()),
  );

  app.get(
    '/api/v1/grants',
    {
      config: { policy: 'grants.manage' },
      schema: {
        tags,
        querystring: Type.Object({ ...PageQuery, archiveId: Id, unitId: Type.Optional(Id) }),
        response: { 200: PageOf(Leave) },
      },
    },
    async (req) => {
      const { items, next } = await holdings.leaveGiven(req.actor, {
        ...req.query,
        limit: req.query.limit ?? 50,
      });
      return {
        items: items.map((g) => ({
          ...g,
          givenAt: g.givenAt.toISOString(),
          revokedAt: g.revokedAt?.toISOString() ?? null,
        })),
        next,
      };
    },
  );

  app.post(
    '/api/v1/grants',
    {
      config: { policy: 'grants.manage' },
      schema: {
        tags,
        body: Type.Object({
          unitId: Type.Optional(Id),
          fondsId: Type.Optional(Id),
          username: Type.String({ maxLength: 200 }),
          gives: Type.Array(Type.Enum([...GRANTABLE]), { minItems: 1, maxItems: GRANTABLE.length }),
          reason: Type.String({ maxLength: 2_000 }),
          basis: Type.String({ maxLength: 2_000 }),
          from: Day,
          until: Day,
        }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => {
      const { username, ...input } = req.body;
      const person = await deps.personNamed(username);
      if (!person.id) throw new Refusal('person.notFound', `There is no account named ${username}.`);
      const id = await holdings.giveLeave(req.actor, {
        ...input,
        person: { id: person.id, name: person.name },
      });
      return reply.status(201).send({ id });
    },
  );

  app.post(
    '/api/v1/grants/:id/end',
    {
      config: { policy: 'grants.manage' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ maxLength: 2_000 }) }),
      },
    },
    async (req, reply) => {
      await holdings.endLeave(req.actor, req.params.id, req.body.reason);
      return reply.status(204).send();
    },
  );
}
