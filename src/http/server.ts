import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger, LogController } from 'fastify';
import { publicActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { App, Policy } from '#kernel/http/route';
import type { Log } from '#kernel/log';
import type { Archive } from '#modules/holdings';
import type { Identity } from '#modules/identity';
import { answerProblem } from './errors.ts';
import { actorOfRequest, registerSession, SESSION_COOKIE } from './session.ts';

export interface ServerDeps {
  log: Log;
  identity: Identity;
  archives(): Promise<readonly Archive[]>;
  /** Behind TLS: cookies are marked secure. */
  secure: boolean;
  /** Addresses whose X-Forwarded-* headers are believed. */
  trustProxy: boolean | string[];
  /** Routes of the modules and the portal. */
  routes: readonly ((app: App) => void | Promise<void>)[];
  /** Whether all this process needs answers. */
  ready(): Promise<boolean>;
}

/** Builds the HTTP server. Handlers are thin; every route names its policy or the server does not start. */
export async function buildServer(deps: ServerDeps): Promise<App> {
  const logger: FastifyBaseLogger = deps.log;
  const app: App = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: deps.trustProxy,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
  })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>();

  app.decorateRequest('actor', { getter: () => publicActor() });
  app.setErrorHandler((e, req, reply) => answerProblem(e, req, reply));
  app.setNotFoundHandler((req, reply) =>
    answerProblem(new Refusal('page.notFound', 'There is nothing here.'), req, reply),
  );
  await app.register(cookie);
  await app.register(multipart, { limits: { fileSize: 64 * 1024 * 1024, files: 2, fields: 20 } });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Lantai 蘭台',
        version: '0.1.0',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
  });

  demandPolicies(app);
  guard(app, deps);
  registerSession(app, { identity: deps.identity, archives: deps.archives, secureCookies: deps.secure });
  registerHealth(app, deps);
  for (const register of deps.routes) await register(app);
  app.get('/api/v1/openapi.json', { config: { policy: 'public' }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
  return app;
}

/** A route without a policy is a mistake found at start, not at night. */
function demandPolicies(app: App): void {
  app.addHook('onRoute', (route) => {
    if (route.method === 'HEAD' || route.config?.policy) return;
    throw new Error(`route ${String(route.method)} ${route.url} has no policy`);
  });
}

function guard(app: App, { identity }: ServerDeps): void {
  app.addHook('onRequest', async (req, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    void reply.header('referrer-policy', 'same-origin');
    void reply.header('x-frame-options', 'SAMEORIGIN');
    void reply.header(
      'content-security-policy',
      "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'; form-action 'self'",
    );
    const actor = await actorOfRequest(identity, req);
    Object.defineProperty(req, 'actor', { value: actor });
    const { policy = 'public', crossSite } = req.routeOptions.config as {
      policy?: Policy;
      crossSite?: boolean;
    };
    if (!crossSite) refuseCrossSite(req.method, req.headers);
    if (policy === 'public') return;
    if (actor.kind === 'public') throw new Refusal('session.none', 'Sign in first.');
    if (policy === 'signedIn') return;
    for (const capabilities of actor.rights.values()) if (capabilities.has(policy)) return;
    throw new Refusal('actor.forbidden', 'Your roles do not include this.', { capability: policy });
  });
}

/**
 * Refuses changes asked for by other sites' pages in a signed-in browser: `Sec-Fetch-Site` where the browser sends
 * it, else the Origin must be ours. A cookie alone proves no intent.
 */
function refuseCrossSite(method: string, headers: Record<string, string | string[] | undefined>): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS' || headers.authorization) return;
  const site = headers['sec-fetch-site'];
  const origin = headers.origin;
  const foreign =
    site !== undefined
      ? site !== 'same-origin' && site !== 'none'
      : typeof origin === 'string' && new URL(origin).host !== headers.host;
  if (foreign) throw new Refusal('request.forbidden', 'This request came from another site.');
}

function registerHealth(app: App, { ready }: ServerDeps): void {
  app.get('/healthz', { config: { policy: 'public' }, schema: { hide: true } }, async () => ({ ok: true }));
  app.get('/readyz', { config: { policy: 'public' }, schema: { hide: true } }, async (_req, reply) => {
    const ok = await ready().catch(() => false);
    void reply.status(ok ? 200 : 503);
    return { ready: ok };
  });
}
