import Type from 'typebox';
import { type Actor, CAPABILITIES, LANGUAGES, publicActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { App, Request } from '#kernel/http/route';
import { Nullable } from '#kernel/http/route';
import type { Archive } from '#modules/holdings';
import type { Identity } from '#modules/identity';

export const SESSION_COOKIE = 'lantai_session';

const Session = Type.Object({
  person: Type.Object({
    id: Type.String(),
    displayName: Type.String(),
    language: Type.Enum([...LANGUAGES]),
  }),
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

interface SessionDeps {
  identity: Identity;
  archives(): Promise<readonly Archive[]>;
  secureCookies: boolean;
}

/** Finds out who asks: bearer token first, then the cookie. */
export async function actorOfRequest(identity: Identity, req: Request): Promise<Actor> {
  const bearer = /^Bearer ([\w-]{20,200})$/.exec(req.headers.authorization ?? '')?.[1];
  const token = bearer ?? req.cookies[SESSION_COOKIE];
  const actor = token ? await identity.actorOf(token) : undefined;
  if (bearer && !actor) throw new Refusal('session.none', 'This token is not valid.');
  return actor ?? publicActor();
}

export function registerSession(app: App, { identity, archives, secureCookies }: SessionDeps): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax' as const, secure: secureCookies };

  async function present(actor: Actor) {
    if (actor.kind !== 'person' || !actor.id) throw new Refusal('session.none', 'You are not signed in.');
    const mine = (await archives()).filter((a) => actor.rights.has(a.id));
    return {
      person: { id: actor.id, displayName: actor.name, language: actor.language },
      archives: mine.map((a) => ({
        id: a.id,
        parentId: a.parentId,
        code: a.code,
        name: a.name,
        nameHant: a.nameHant,
        nameEn: a.nameEn,
        level: a.level,
        capabilities: [...actor.rights.get(a.id)!],
      })),
    };
  }

  app.post(
    '/api/v1/session',
    {
      config: { policy: 'public', crossSite: true },
      schema: {
        tags: ['session'],
        body: Type.Object({
          username: Type.String({ maxLength: 200 }),
          password: Type.String({ maxLength: 1_000 }),
        }),
        response: { 200: Session },
      },
    },
    async (req, reply) => {
      const signed = await identity.signIn(req.body.username, req.body.password, req.ip);
      void reply.setCookie(SESSION_COOKIE, signed.token, { ...cookie, expires: signed.expiresAt });
      return present(signed.actor);
    },
  );

  app.get(
    '/api/v1/session',
    { config: { policy: 'public' }, schema: { tags: ['session'], response: { 200: Session } } },
    async (req) => present(req.actor),
  );

  app.patch(
    '/api/v1/session',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags: ['session'],
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

  app.delete(
    '/api/v1/session',
    { config: { policy: 'public' }, schema: { tags: ['session'] } },
    async (req, reply) => {
      const token = req.cookies[SESSION_COOKIE];
      if (token) await identity.signOut(token);
      void reply.clearCookie(SESSION_COOKIE, cookie).status(204);
      return reply.send();
    },
  );

  app.get(
    '/api/v1/setup',
    {
      config: { policy: 'public' },
      schema: { tags: ['session'], response: { 200: Type.Object({ needed: Type.Boolean() }) } },
    },
    async () => ({ needed: await identity.setupNeeded() }),
  );

  app.post(
    '/api/v1/setup',
    {
      config: { policy: 'public' },
      schema: {
        tags: ['session'],
        body: Type.Object({
          token: Type.String({ maxLength: 200 }),
          username: Type.String({ maxLength: 200 }),
          displayName: Type.String({ maxLength: 200 }),
          password: Type.String({ maxLength: 1_000 }),
          archive: Type.Object({
            code: Type.String({ maxLength: 20 }),
            name: Type.String({ minLength: 1, maxLength: 200 }),
            level: Type.Enum(['province', 'city', 'county']),
          }),
        }),
        response: { 200: Session },
      },
    },
    async (req, reply) => {
      const { token, archive, ...person } = req.body;
      await identity.setUp(token, person, archive);
      const signed = await identity.signIn(person.username, person.password, req.ip);
      void reply.setCookie(SESSION_COOKIE, signed.token, { ...cookie, expires: signed.expiresAt });
      return present(signed.actor);
    },
  );
}
