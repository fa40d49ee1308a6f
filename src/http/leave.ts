import Type from 'typebox';
import type { Actor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { GRANTABLE } from '#kernel/visibility';
import { type GrantRecord, type Holdings, LEAVE_STATES } from '#modules/holdings';
import { registerLeaveExport } from './leaveExport.ts';

const tags = ['leave'];
const Day = Type.String({ format: 'date' });
const Who = Type.Object({ id: Nullable(Type.String()), name: Type.String() });

const Leave = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  person: Type.Object({ id: Type.String(), name: Type.String() }),
  unitId: Nullable(Type.String()),
  fondsId: Nullable(Type.String()),
  code: Nullable(Type.String()),
  title: Type.String(),
  gives: Type.Array(Type.Enum([...GRANTABLE])),
  reason: Type.String(),
  basis: Type.String(),
  from: Type.String(),
  until: Type.String(),
  /** Where it stands today; `endsSoon`: within a week. */
  state: Type.Enum([...LEAVE_STATES]),
  proposedBy: Who,
  proposedAt: Type.String(),
  decidedBy: Nullable(Who),
  decidedAt: Nullable(Type.String()),
  note: Nullable(Type.String()),
  revokedAt: Nullable(Type.String()),
  revokedByName: Nullable(Type.String()),
});

const LeaveQuery = {
  archiveId: Id,
  unitId: Type.Optional(Id),
  fondsId: Type.Optional(Id),
  person: Type.Optional(Type.String({ maxLength: 200 })),
  state: Type.Optional(Type.Enum([...LEAVE_STATES])),
};

function present(g: GrantRecord) {
  return {
    id: g.id,
    archiveId: g.archiveId,
    person: { id: g.personId, name: g.personName },
    unitId: g.unitId,
    fondsId: g.fondsId,
    code: g.code,
    title: g.title,
    gives: g.gives,
    reason: g.reason,
    basis: g.basis,
    from: g.from,
    until: g.until,
    state: g.state,
    proposedBy: { id: g.givenBy, name: g.givenByName },
    proposedAt: g.givenAt.toISOString(),
    decidedBy: g.decidedByName === null ? null : { id: g.decidedBy, name: g.decidedByName },
    decidedAt: g.decidedAt?.toISOString() ?? null,
    note: g.note,
    revokedAt: g.revokedAt?.toISOString() ?? null,
    revokedByName: g.revokedByName,
  };
}

export interface LeaveDeps {
  holdings: Pick<
    Holdings,
    'proposeLeave' | 'decideLeave' | 'endLeave' | 'leaveGiven' | 'leaveById' | 'everyLeave'
  >;
  /** A person by user name, as an actor. @throws Refusal person.notFound */
  personNamed(username: string): Promise<Actor>;
}

/** Leave in single cases: asked for by one person, given by another, ended by either. */
export function registerLeave(app: App, deps: LeaveDeps): void {
  const { holdings } = deps;
  const config = { policy: 'grants.manage' as const };
  registerLeaveExport(app, holdings);

  app.get(
    '/api/v1/grants',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({ ...PageQuery, ...LeaveQuery }),
        response: { 200: PageOf(Leave) },
      },
    },
    async (req) => {
      const { limit = 50, ...query } = req.query;
      const { items, next } = await holdings.leaveGiven(req.actor, { ...query, limit });
      return { items: items.map(present), next };
    },
  );

  app.get(
    '/api/v1/grants/:id',
    { config, schema: { tags, params: IdParams, response: { 200: Leave } } },
    async (req) => present(await holdings.leaveById(req.actor, req.params.id)),
  );

  app.post(
    '/api/v1/grants',
    {
      config,
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
      const id = await holdings.proposeLeave(req.actor, {
        ...input,
        person: { id: person.id, name: person.name },
      });
      return reply.status(201).send({ id });
    },
  );

  app.post(
    '/api/v1/grants/:id/decision',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          decision: Type.Enum(['approved', 'rejected']),
          note: Type.Optional(Type.String({ maxLength: 1_000 })),
        }),
        response: { 200: Leave },
      },
    },
    async (req) => {
      const { id } = req.params;
      const { decision, note } = req.body;
      await holdings.decideLeave(req.actor, id, decision as 'approved' | 'rejected', note?.trim() || null);
      return present(await holdings.leaveById(req.actor, id));
    },
  );

  app.post(
    '/api/v1/grants/:id/end',
    {
      config,
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
