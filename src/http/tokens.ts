import Type from 'typebox';
import type { App } from '#kernel/http/route';
import { Id, IdParams, Nullable } from '#kernel/http/route';
import { type Identity, LONGEST_TOKEN_DAYS } from '#modules/identity';
import { arrivalOf } from './cookies.ts';

const When = Type.String({ format: 'date-time' });
const Name = Type.String({ minLength: 1, maxLength: 200 });

const WantedToken = Type.Object({
  name: Name,
  capabilities: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 60 }),
  // Null: every archive its owner works for.
  archives: Nullable(Type.Array(Id, { minItems: 1, maxItems: 500 })),
  days: Type.Integer({ minimum: 1, maximum: LONGEST_TOKEN_DAYS }),
});

const Token = Type.Object({
  id: Type.String(),
  name: Type.String(),
  capabilities: Type.Array(Type.String()),
  archives: Nullable(Type.Array(Type.String())),
  createdAt: When,
  expiresAt: When,
  usedAt: Nullable(When),
  usedFrom: Nullable(Type.String()),
  revokedAt: Nullable(When),
});

/** The secret is in this one answer and nowhere else. */
const NewToken = Type.Object({ id: Type.String(), secret: Type.String(), expiresAt: When });

const ServiceAccount = Type.Object({
  id: Type.String(),
  username: Type.String(),
  displayName: Type.String(),
  archiveId: Nullable(Type.String()),
  disabled: Type.Boolean(),
  tokens: Type.Array(Token),
});

type TokenOf = Awaited<ReturnType<Identity['myTokens']>>[number];
const view = (t: TokenOf) => ({
  id: t.id,
  name: t.name,
  capabilities: t.capabilities,
  archives: t.archives,
  createdAt: t.createdAt.toISOString(),
  expiresAt: t.expiresAt.toISOString(),
  usedAt: t.usedAt?.toISOString() ?? null,
  usedFrom: t.usedFrom,
  revokedAt: t.revokedAt?.toISOString() ?? null,
});

/** API tokens of one's own, other systems' accounts with theirs, links for new passwords, demands of a second factor. */
export function registerTokens(
  app: App,
  { identity, publicUrl }: { identity: Identity; publicUrl: string },
): void {
  const tags = ['tokens'];
  const mine = { policy: 'signedIn' } as const;
  const managed = { policy: 'people.manage' } as const;
  const guarded = { policy: 'rights.manage' } as const;

  app.get(
    '/api/v1/me/tokens',
    { config: mine, schema: { tags, response: { 200: Type.Object({ items: Type.Array(Token) }) } } },
    async (req) => ({ items: (await identity.myTokens(req.actor)).map(view) }),
  );

  app.post(
    '/api/v1/me/tokens',
    { config: mine, schema: { tags, body: WantedToken, response: { 201: NewToken } } },
    async (req, reply) => {
      const made = await identity.createMyToken(req.actor, req.body, arrivalOf(req));
      void reply.status(201).header('cache-control', 'no-store');
      return reply.send({ ...made, expiresAt: made.expiresAt.toISOString() });
    },
  );

  app.delete(
    '/api/v1/me/tokens/:id',
    { config: mine, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async (req, reply) => {
      await identity.revokeMyToken(req.actor, req.params.id, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );

  app.get(
    '/api/v1/service-accounts',
    {
      config: managed,
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(ServiceAccount) }) } },
    },
    async (req) => ({
      items: (await identity.serviceAccounts(req.actor)).map((a) => ({
        id: a.id,
        username: a.username,
        displayName: a.displayName,
        archiveId: a.archiveId,
        disabled: a.disabledAt !== null,
        tokens: a.tokens.map(view),
      })),
    }),
  );

  app.post(
    '/api/v1/service-accounts',
    {
      config: managed,
      schema: {
        tags,
        body: Type.Object({ archiveId: Id, username: Name, displayName: Name }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) =>
      reply.status(201).send({ id: await identity.addServiceAccount(req.actor, req.body, arrivalOf(req)) }),
  );

  app.post(
    '/api/v1/service-accounts/:id/tokens',
    {
      config: managed,
      schema: { tags, params: IdParams, body: WantedToken, response: { 201: NewToken } },
    },
    async (req, reply) => {
      const made = await identity.createServiceToken(req.actor, req.params.id, req.body, arrivalOf(req));
      void reply.status(201).header('cache-control', 'no-store');
      return reply.send({ ...made, expiresAt: made.expiresAt.toISOString() });
    },
  );

  app.delete(
    '/api/v1/service-accounts/:id/tokens/:tokenId',
    {
      config: managed,
      schema: {
        tags,
        params: Type.Object({ id: Id, tokenId: Id }),
        response: { 204: Type.Null() },
      },
    },
    async (req, reply) => {
      const { id, tokenId } = req.params;
      await identity.revokeServiceToken(req.actor, id, tokenId, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/v1/people/:id/password-link',
    {
      config: managed,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          reason: Type.String({ minLength: 1, maxLength: 500 }),
          clearsFactors: Type.Optional(Type.Boolean()),
        }),
        response: { 201: Type.Object({ url: Type.String(), expiresAt: When }) },
      },
    },
    async (req, reply) => {
      const { reason, clearsFactors = false } = req.body;
      const o = { reason, clearsFactors };
      const { token, expiresAt } = await identity.makePasswordLink(
        req.actor,
        req.params.id,
        o,
        arrivalOf(req),
      );
      // Behind the #, so that no log of an address keeps it.
      const url = `${publicUrl}/console/new-password#${token}`;
      void reply.status(201).header('cache-control', 'no-store');
      return reply.send({ url, expiresAt: expiresAt.toISOString() });
    },
  );

  app.get(
    '/api/v1/factor-demands',
    {
      config: guarded,
      schema: {
        tags,
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                id: Type.String(),
                archiveId: Nullable(Type.String()),
                role: Nullable(Type.String()),
                madeAt: When,
              }),
            ),
            /** Whether the asker may demand and end what holds in all archives. */
            everywhere: Type.Boolean(),
          }),
        },
      },
    },
    async (req) => {
      const { items, everywhere } = await identity.factorDemands(req.actor);
      return { items: items.map((d) => ({ ...d, madeAt: d.madeAt.toISOString() })), everywhere };
    },
  );

  app.post(
    '/api/v1/factor-demands',
    {
      config: guarded,
      schema: {
        tags,
        body: Type.Object({
          /** Null: in all archives. */
          archiveId: Nullable(Id),
          role: Nullable(Type.String({ minLength: 1, maxLength: 64 })),
        }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) =>
      reply.status(201).send({ id: await identity.demandFactor(req.actor, req.body, arrivalOf(req)) }),
  );

  app.delete(
    '/api/v1/factor-demands/:id',
    { config: guarded, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async (req, reply) => {
      await identity.endFactorDemand(req.actor, req.params.id, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );
}
