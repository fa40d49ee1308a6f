import type { FastifyReply } from 'fastify';
import type { Request } from '#kernel/http/route';
import type { Arrival } from '#modules/identity';

export const SESSION_COOKIE = 'lantai_session';
const DEVICE_COOKIE = 'lantai_device';
const STEP_COOKIE = 'lantai_step';
const OIDC_COOKIE = 'lantai_oidc';
const HALF_A_YEAR_S = 180 * 86_400;
const SIGN_IN_PATH = '/api/v1/session';
const TOKEN = /^[\w-]{20,200}$/;

/**
 * A cookie's name on this way. Over TLS it says so, and browsers then take it from no other host and over no plain line:
 * `__Host-` for the whole site, `__Secure-` where a cookie is for one path.
 */
function nameOn(req: Pick<Request, 'protocol'>, name: string): string {
  if (req.protocol !== 'https') return name;
  return name === SESSION_COOKIE ? `__Host-${name}` : `__Secure-${name}`;
}

/** The cookies of signing in. None can be read by a script; none goes along with other sites' requests. */
export function signInCookies(secure: boolean) {
  const path = { whole: '/', signIn: SIGN_IN_PATH } as const;
  const safe = (reply: FastifyReply, of: keyof typeof path, sameSite: 'lax' | 'strict' = 'lax') => ({
    httpOnly: true,
    secure: secure || reply.request.protocol === 'https',
    path: path[of],
    // Lax: the provider of OpenID Connect sends the browser back from another site.
    sameSite,
  });
  const name = (reply: FastifyReply, cookie: string) => nameOn(reply.request, cookie);
  return {
    session(reply: FastifyReply, o: { token: string; expiresAt: Date; device?: string }): void {
      void reply.setCookie(name(reply, SESSION_COOKIE), o.token, {
        ...safe(reply, 'whole'),
        expires: o.expiresAt,
      });
      if (o.device)
        void reply.setCookie(name(reply, DEVICE_COOKIE), o.device, {
          ...safe(reply, 'signIn'),
          maxAge: HALF_A_YEAR_S,
        });
    },
    noSession: (reply: FastifyReply) =>
      void reply.clearCookie(name(reply, SESSION_COOKIE), safe(reply, 'whole')),
    step: (reply: FastifyReply, o: { step: string; expiresAt: Date }) =>
      void reply.setCookie(name(reply, STEP_COOKIE), o.step, {
        ...safe(reply, 'signIn', 'strict'),
        expires: o.expiresAt,
      }),
    noStep: (reply: FastifyReply) =>
      void reply.clearCookie(name(reply, STEP_COOKIE), safe(reply, 'signIn', 'strict')),
    oidc: (reply: FastifyReply, o: { kept: string; expiresAt: Date }) =>
      void reply.setCookie(name(reply, OIDC_COOKIE), o.kept, {
        ...safe(reply, 'signIn'),
        expires: o.expiresAt,
      }),
    noOidc: (reply: FastifyReply) => void reply.clearCookie(name(reply, OIDC_COOKIE), safe(reply, 'signIn')),
  };
}

export type SignInCookies = ReturnType<typeof signInCookies>;

const cookieOf = (req: Request, name: string): string | undefined => {
  const value = req.cookies[nameOn(req, name)];
  return value !== undefined && TOKEN.test(value) ? value : undefined;
};

export const sessionOfRequest = (req: Request) => cookieOf(req, SESSION_COOKIE);
export const stepOfRequest = (req: Request) => cookieOf(req, STEP_COOKIE) ?? '';
export const keptForOidc = (req: Request) => cookieOf(req, OIDC_COOKIE) ?? '';

/** Where a request comes from, as signing in takes it. */
export function arrivalOf(req: Request): Arrival {
  return {
    address: req.ip,
    userAgent: req.headers['user-agent'],
    device: cookieOf(req, DEVICE_COOKIE),
    session: sessionOfRequest(req),
  };
}
