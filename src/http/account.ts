import qrcode from 'qrcode';
import Type from 'typebox';
import type { App } from '#kernel/http/route';
import { IdParams, Nullable } from '#kernel/http/route';
import type { Identity, Opened } from '#modules/identity';
import { arrivalOf, signInCookies } from './cookies.ts';
import { KeyAnswerBody, KeyQuestion } from './session.ts';

const When = Type.String({ format: 'date-time' });
const Name = Type.String({ minLength: 1, maxLength: 200 });

const Account = Type.Object({
  id: Type.String(),
  username: Type.String(),
  displayName: Type.String(),
  hasPassword: Type.Boolean(),
  passwordChangedAt: Nullable(When),
  factors: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum(['totp', 'webauthn']),
      name: Type.String(),
      createdAt: When,
      usedAt: Nullable(When),
    }),
  ),
  recoveryCodesLeft: Type.Integer(),
  links: Type.Array(
    Type.Object({
      provider: Type.Enum(['oidc', 'ldap']),
      issuer: Type.String(),
      subject: Type.String(),
      linkedAt: When,
    }),
  ),
  keyOrigins: Type.Array(Type.String()),
  withheld: Type.Boolean(),
});

const SessionItem = Type.Object({
  id: Type.String(),
  current: Type.Boolean(),
  address: Type.String(),
  device: Type.String(),
  method: Type.Enum(['password', 'oidc', 'ldap', 'link']),
  factors: Type.Enum(['password', 'two']),
  createdAt: When,
  seenAt: When,
  expiresAt: When,
});

const RecoveryCodes = Type.Object({ recoveryCodes: Nullable(Type.Array(Type.String())) });
const text = (d: Date | null) => d?.toISOString() ?? null;

/** What a person does with their own account: password, second factors, sessions, links. Secrets are shown once. */
export function registerAccount(
  app: App,
  { identity, secureCookies }: { identity: Identity; secureCookies: boolean },
): void {
  const cookies = signInCookies(secureCookies);
  const tags = ['account'];
  const config = { policy: 'signedIn' } as const;
  const noStore = { 'cache-control': 'no-store' };

  app.get('/api/v1/me/account', { config, schema: { tags, response: { 200: Account } } }, async (req) => {
    const a = await identity.myAccount(req.actor);
    return {
      ...a,
      passwordChangedAt: text(a.passwordChangedAt),
      factors: a.factors.map((f) => ({ ...f, createdAt: f.createdAt.toISOString(), usedAt: text(f.usedAt) })),
      links: a.links.map((l) => ({ ...l, linkedAt: l.linkedAt.toISOString() })),
    };
  });

  app.post(
    '/api/v1/me/password',
    {
      config,
      schema: {
        tags,
        body: Type.Object({
          current: Type.Optional(Type.String({ maxLength: 1_000 })),
          password: Type.String({ maxLength: 1_000 }),
        }),
        response: { 204: Type.Null() },
      },
    },
    async (req, reply) => {
      const { current, password } = req.body;
      cookies.session(reply, await identity.changePassword(req.actor, current, password, arrivalOf(req)));
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/v1/me/totp',
    {
      config,
      schema: {
        tags,
        body: Type.Object({ name: Name }),
        // The secret as text to type, and as a QR code (SVG) to point a telephone at.
        response: { 201: Type.Object({ id: Type.String(), secret: Type.String(), qr: Type.String() }) },
      },
    },
    async (req, reply) => {
      const { id, secret, uri } = await identity.beginTotp(req.actor, req.body.name);
      const qr = await qrcode.toString(uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
      return reply.status(201).headers(noStore).send({ id, secret, qr });
    },
  );

  const added = (opened: Opened & { recoveryCodes: string[] | null }) => ({
    recoveryCodes: opened.recoveryCodes,
  });

  app.post(
    '/api/v1/me/totp/:id/confirm',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ code: Type.String({ maxLength: 100 }) }),
        response: { 200: RecoveryCodes },
      },
    },
    async (req, reply) => {
      const opened = await identity.confirmTotp(req.actor, req.params.id, req.body.code, arrivalOf(req));
      cookies.session(reply.headers(noStore), opened);
      return added(opened);
    },
  );

  app.post(
    '/api/v1/me/keys/challenge',
    { config, schema: { tags, response: { 200: KeyQuestion } } },
    async (req) => ({ options: { ...(await identity.beginKey(req.actor)) } }),
  );

  app.post(
    '/api/v1/me/keys',
    {
      config,
      schema: {
        tags,
        body: Type.Object({ name: Name, key: KeyAnswerBody }),
        response: { 200: RecoveryCodes },
      },
    },
    async (req, reply) => {
      const opened = await identity.addKey(req.actor, req.body.name, req.body.key, arrivalOf(req));
      cookies.session(reply.headers(noStore), opened);
      return added(opened);
    },
  );

  app.delete(
    '/api/v1/me/factors/:id',
    { config, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async (req, reply) => {
      await identity.removeFactor(req.actor, req.params.id, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/v1/me/recovery-codes',
    { config, schema: { tags, response: { 200: RecoveryCodes } } },
    async (req, reply) => {
      void reply.headers(noStore);
      return { recoveryCodes: await identity.renewRecoveryCodes(req.actor, arrivalOf(req)) };
    },
  );

  app.get(
    '/api/v1/me/sessions',
    { config, schema: { tags, response: { 200: Type.Object({ items: Type.Array(SessionItem) }) } } },
    async (req) => ({
      items: (await identity.mySessions(req.actor)).map((s) => ({
        id: s.id,
        current: s.current,
        address: s.address,
        device: s.device,
        method: s.method,
        factors: s.factors,
        createdAt: s.createdAt.toISOString(),
        seenAt: s.seenAt.toISOString(),
        expiresAt: s.expiresAt.toISOString(),
      })),
    }),
  );

  app.delete(
    '/api/v1/me/sessions/:id',
    { config, schema: { tags, params: IdParams, response: { 204: Type.Null() } } },
    async (req, reply) => {
      await identity.endMySession(req.actor, req.params.id, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );

  app.delete(
    '/api/v1/me/sessions',
    { config, schema: { tags, response: { 200: Type.Object({ ended: Type.Integer() }) } } },
    async (req) => ({ ended: await identity.endMyOtherSessions(req.actor, arrivalOf(req)) }),
  );

  app.post(
    '/api/v1/me/links/ldap',
    {
      config,
      schema: {
        tags,
        body: Type.Object({
          username: Type.String({ minLength: 1, maxLength: 200 }),
          password: Type.String({ minLength: 1, maxLength: 1_000 }),
        }),
        response: { 204: Type.Null() },
      },
    },
    async (req, reply) => {
      const { username, password } = req.body;
      await identity.linkLdap(req.actor, username, password, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );

  app.delete(
    '/api/v1/me/links/:provider',
    {
      config,
      schema: {
        tags,
        params: Type.Object({ provider: Type.Enum(['oidc', 'ldap']) }),
        response: { 204: Type.Null() },
      },
    },
    async (req, reply) => {
      await identity.unlink(req.actor, req.params.provider, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/v1/password-links/use',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        body: Type.Object({
          token: Type.String({ maxLength: 200 }),
          password: Type.String({ maxLength: 1_000 }),
        }),
        response: { 204: Type.Null() },
      },
    },
    async (req, reply) => {
      await identity.setPasswordByLink(req.body.token, req.body.password, arrivalOf(req));
      return reply.status(204).send(null);
    },
  );
}
