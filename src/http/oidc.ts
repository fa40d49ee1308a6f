import Type from 'typebox';
import { isRefusal } from '#kernel/errors';
import type { App } from '#kernel/http/route';
import { Nullable } from '#kernel/http/route';
import type { Identity } from '#modules/identity';
import { arrivalOf, keptForOidc, type SignInCookies } from './cookies.ts';

const RETURN = '/api/v1/session/oidc/return';

/** Only places of the console are followed after coming back. */
const safeNext = (next: string | undefined) =>
  next !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) ? next : '/';

/** Sign-in through OpenID Connect: out by a POST of ours, back by the provider's redirect. */
export function registerOidc(
  app: App,
  { identity, publicUrl }: { identity: Identity; publicUrl: string },
  cookies: SignInCookies,
): void {
  const tags = ['session'];

  app.get(
    '/api/v1/session/doors',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        response: {
          200: Type.Object({
            oidc: Nullable(Type.Object({ name: Type.String() })),
            ldap: Type.Boolean(),
          }),
        },
      },
    },
    async () => identity.doors(),
  );

  app.post(
    '/api/v1/session/oidc',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        body: Type.Object({
          purpose: Type.Enum(['in', 'link', 'prove']),
          next: Type.Optional(Type.String({ maxLength: 2_000 })),
        }),
        response: { 200: Type.Object({ url: Type.String() }) },
      },
    },
    async (req, reply) => {
      const left = await identity.leaveForOidc(req.actor, {
        purpose: req.body.purpose,
        redirectUri: publicUrl + RETURN,
        next: safeNext(req.body.next),
      });
      cookies.oidc(reply, left);
      return { url: left.url };
    },
  );

  app.get(
    RETURN,
    {
      config: { policy: 'public' },
      schema: { hide: true, querystring: Type.Record(Type.String(), Type.Unknown()) },
    },
    async (req, reply) => {
      void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
      cookies.noOidc(reply);
      const at = req.url.indexOf('?');
      try {
        const came = await identity.comeBackFromOidc(
          req.actor,
          keptForOidc(req),
          at < 0 ? '' : req.url.slice(at),
          arrivalOf(req),
        );
        if (came.purpose === 'in' && 'step' in came.result) {
          cookies.step(reply, came.result);
          const ways = came.result.ways.join(',');
          return reply.redirect(`/console/sign-in?second=${ways}&next=${encodeURIComponent(came.next)}`);
        }
        if (came.purpose === 'in' && 'token' in came.result) cookies.session(reply, came.result);
        if (came.purpose === 'prove') cookies.session(reply, came.opened);
        return reply.redirect(`/console${came.next}`);
      } catch (e) {
        if (!isRefusal(e)) throw e;
        req.log.info({ code: e.code, cause: e.cause instanceof Error ? e.cause.message : undefined }, 'oidc');
        const page = req.actor.kind === 'person' ? '/console/account' : '/console/sign-in';
        return reply.redirect(`${page}?trouble=${encodeURIComponent(e.code)}`);
      }
    },
  );
}
