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

/** The cookies of signing in. None can be read by a script; none goes along with other sites' requests. */
export function signInCookies(secure: boolean) {
  const safe = { httpOnly: true, secure };
  const whole = { ...safe, path: '/', sameSite: 'lax' as const };
  // Lax: the provider of OpenID Connect sends the browser back from another site.
  const ofSignIn = { ...safe, path: SIGN_IN_PATH, sameSite: 'lax' as const };
  const ofStep = { ...safe, path: SIGN_IN_PATH, sameSite: 'strict' as const };
  return {
    session(reply: FastifyReply, o: { token: string; expiresAt: Date; device?: string }): void {
      void reply.setCookie(SESSION_COOKIE, o.token, { ...whole, expires: o.expiresAt });
      if (o.device) void reply.setCookie(DEVICE_COOKIE, o.device, { ...ofSignIn, maxAge: HALF_A_YEAR_S });
    },
    noSession: (reply: FastifyReply) => void reply.clearCookie(SESSION_COOKIE, whole),
    step: (reply: FastifyReply, o: { step: string; expiresAt: Date }) =>
      void reply.setCookie(STEP_COOKIE, o.step, { ...ofStep, expires: o.expiresAt }),
    noStep: (reply: FastifyReply) => void reply.clearCookie(STEP_COOKIE, ofStep),
    oidc: (reply: FastifyReply, o: { kept: string; expiresAt: Date }) =>
      void reply.setCookie(OIDC_COOKIE, o.kept, { ...ofSignIn, expires: o.expiresAt }),
    noOidc: (reply: FastifyReply) => void reply.clearCookie(OIDC_COOKIE, ofSignIn),
  };
}

export type SignInCookies = ReturnType<typeof signInCookies>;

const cookieOf = (req: Request, name: string): string | undefined => {
  const value = req.cookies[name];
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
