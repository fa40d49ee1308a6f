import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { type Actor, CAPABILITIES, LANGUAGES, publicActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { App, Request } from '#kernel/http/route';
import { Nullable } from '#kernel/http/route';
import type { Archive } from '#modules/holdings';
import type { Identity, SecondDue, SignedIn } from '#modules/identity';
import {
  arrivalOf,
  SESSION_COOKIE,
  type SignInCookies,
  sessionOfRequest,
  signInCookies,
  stepOfRequest,
} from './cookies.ts';
import { registerOidc } from './oidc.ts';

export { SESSION_COOKIE };

const Session = Type.Object({
  person: Type.Object({
    id: Type.String(),
    displayName: Type.String(),
    language: Type.Enum([...LANGUAGES]),
  }),
  factors: Type.Enum(['password', 'two']),
  /** Has roles that count only in a session with a second factor. */
  withheld: Type.Boolean(),
  archives: Type.Array(
    Type.Object({
      id: Type.String(),
      parentId: Nullable(Type.String()),
      code: Type.String(),
      name: Type.String(),
      nameHant: Nullable(Type.String()),
      nameEn: Nullable(Type.String()),
      level: Type.String(),
      capabilities: Type.Array(Type.Enum([...CAPABILITIES])),
    }),
  ),
});

const SecondStep = Type.Object({
  ways: Type.Array(Type.Enum(['totp', 'webauthn', 'recovery'])),
  expiresAt: Type.String({ format: 'date-time' }),
});

/** What a browser sends of a security key: `PublicKeyCredential.toJSON()`. */
export const KeyAnswerBody = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 2_000 }),
  rawId: Type.String({ minLength: 1, maxLength: 2_000 }),
  type: Type.Literal('public-key'),
  response: Type.Record(Type.String(), Type.Unknown()),
});
/** The question to a security key, for `PublicKeyCredential.parse…OptionsFromJSON()`. */
export const KeyQuestion = Type.Object({ options: Type.Record(Type.String(), Type.Unknown()) });
const Code = Type.Object({ code: Type.String({ minLength: 1, maxLength: 100 }) });
const Key = Type.Object({ key: KeyAnswerBody });

export interface SessionDeps {
  identity: Identity;
  archives(): Promise<readonly Archive[]>;
  secureCookies: boolean;
  /** Where people reach this install; the provider of OpenID Connect sends them back there. */
  publicUrl: string;
}

/** Finds out who asks: bearer token first, then the cookie. */
export async function actorOfRequest(identity: Identity, req: Request): Promise<Actor> {
  const given = req.headers.authorization;
  const isBearer = given !== undefined && /^bearer\b/i.test(given);
  const bearer = /^Bearer ([\w-]{20,200})$/i.exec(given ?? '')?.[1];
  const token = isBearer ? bearer : sessionOfRequest(req);
  const actor = token ? await identity.actorOf(token, req.ip) : undefined;
  if (isBearer && !actor) throw new Refusal('session.none', 'This token is not valid.');
  return actor ?? publicActor();
}

export function registerSession(app: App, deps: SessionDeps): void {
  const { identity, archives } = deps;
  const cookies = signInCookies(deps.secureCookies);
  const present = async (actor: Actor) => sessionView(actor, await archives());
  const tags = ['session'];

  /** A session and its cookies, or the second step and its cookie. */
  async function enter(reply: FastifyReply, result: SignedIn | SecondDue) {
    void reply.header('cache-control', 'no-store');
    if ('step' in result) {
      cookies.step(reply, result);
      return { second: { ways: [...result.ways], expiresAt: result.expiresAt.toISOString() } };
    }
    cookies.session(reply, result);
    return { session: await present(result.actor) };
  }

  app.post(
    '/api/v1/session',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        body: Type.Object({
          username: Type.String({ maxLength: 200 }),
          password: Type.String({ maxLength: 1_000 }),
        }),
        // 202: the password fits, and a second factor is due.
        response: { 200: Session, 202: SecondStep },
      },
    },
    async (req, reply) => {
      const { username, password } = req.body;
      const entered = await enter(reply, await identity.signIn(username, password, arrivalOf(req)));
      if (entered.second) return reply.status(202).send(entered.second);
      return reply.status(200).send(entered.session);
    },
  );

  app.post(
    '/api/v1/session/second-step/challenge',
    { config: { policy: 'public' }, schema: { tags, response: { 200: KeyQuestion } } },
    async (req) => ({ options: { ...(await identity.secondStepChallenge(stepOfRequest(req))) } }),
  );

  app.post(
    '/api/v1/session/second-step',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        body: Type.Union([Code, Key, Type.Object({ recoveryCode: Type.String({ maxLength: 100 }) })]),
        response: { 200: Session },
      },
    },
    async (req, reply) => {
      const signed = await identity.answerSecondStep(stepOfRequest(req), req.body, arrivalOf(req));
      cookies.noStep(reply);
      cookies.session(reply, signed);
      void reply.header('cache-control', 'no-store');
      return present(signed.actor);
    },
  );

  app.get(
    '/api/v1/session',
    { config: { policy: 'public' }, schema: { tags, response: { 200: Session } } },
    async (req) => present(req.actor),
  );

  app.patch(
    '/api/v1/session',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags,
        body: Type.Object({ language: Type.Enum([...LANGUAGES]) }),
        response: { 200: Session },
      },
    },
    async (req) => {
      const language = req.body.language as Actor['language'];
      await identity.setLanguage(req.actor, language);
      return present({ ...req.actor, language });
    },
  );

  app.delete('/api/v1/session', { config: { policy: 'public' }, schema: { tags } }, async (req, reply) => {
    const token = sessionOfRequest(req);
    if (token) await identity.signOut(token, arrivalOf(req));
    cookies.noSession(reply);
    // The browser forgets what it kept of pages that were open to this person.
    void reply.header('clear-site-data', '"cache"').status(204);
    return reply.send();
  });

  registerProof(app, identity, cookies, present);
  registerOidc(app, deps, cookies);
}

/** Showing once more that it is the person who sits there. */
function registerProof(
  app: App,
  identity: Identity,
  cookies: SignInCookies,
  present: (actor: Actor) => ReturnType<typeof sessionView> | Promise<ReturnType<typeof sessionView>>,
): void {
  const tags = ['session'];
  app.get(
    '/api/v1/session/proof',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags,
        response: {
          200: Type.Object({
            password: Type.Boolean(),
            totp: Type.Boolean(),
            webauthn: Type.Boolean(),
            oidc: Type.Boolean(),
          }),
        },
      },
    },
    async (req) => identity.proofWays(req.actor),
  );

  app.post(
    '/api/v1/session/proof/challenge',
    { config: { policy: 'signedIn' }, schema: { tags, response: { 200: KeyQuestion } } },
    async (req) => ({ options: { ...(await identity.proofChallenge(req.actor)) } }),
  );

  app.post(
    '/api/v1/session/proof',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags,
        body: Type.Union([Type.Object({ password: Type.String({ maxLength: 1_000 }) }), Code, Key]),
        response: { 200: Session },
      },
    },
    async (req, reply) => {
      const opened = await identity.prove(req.actor, req.body, arrivalOf(req));
      cookies.session(reply, opened);
      void reply.header('cache-control', 'no-store');
      return present({ ...req.actor, factors: opened.session.factors });
    },
  );
}

function sessionView(actor: Actor, archives: readonly Archive[]) {
  if (actor.kind !== 'person' || !actor.id) throw new Refusal('session.none', 'You are not signed in.');
  const mine = archives.filter((a) => actor.rights.has(a.id));
  return {
    person: { id: actor.id, displayName: actor.name, language: actor.language },
    factors: actor.factors ?? 'password',
    withheld: actor.withheld ?? false,
    archives: mine.map((a) => ({
      id: a.id,
      parentId: a.parentId,
      code: a.code,
      name: a.name,
      nameHant: a.nameHant,
      nameEn: a.nameEn,
      level: a.level,
      capabilities: [...(actor.rights.get(a.id) ?? [])],
    })),
  };
}
