import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger, type FastifyServerFactory, LogController } from 'fastify';
import { publicActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { type App, type Policy, SENDERS } from '#kernel/http/route';
import type { Log } from '#kernel/log';
import type { Archive } from '#modules/holdings';
import type { Identity } from '#modules/identity';
import { refuseCrossSite } from './crossSite.ts';
import { answerProblem } from './errors.ts';
import { putHeaders, putSharing } from './headers.ts';
import { refuseNul } from './hostile.ts';
import { addressKey, costOf, createLimiter, demandPatience, type RateLimit } from './limits.ts';
import { actorOfRequest, registerSession, SESSION_COOKIE } from './session.ts';

export interface ServerDeps {
  log: Log;
  identity: Identity;
  archives(): Promise<readonly Archive[]>;
  /** Address people reach this install under. */
  publicUrl: string;
  /** Behind TLS: cookies are marked secure. */
  secure: boolean;
  /** Addresses whose X-Forwarded-* headers are believed. */
  trustProxy: boolean | string[];
  /** Listens with TLS of its own, made by this. */
  serverFactory?: FastifyServerFactory;
  /** For each account, and for each address of those who are not signed in. Undefined: none. */
  rate?: RateLimit;
  /** Routes of the modules and the portal. */
  routes: readonly ((app: App) => void | Promise<void>)[];
  /** Told of each route with its policy, as it is registered. */
  told?(route: { method: string; url: string; policy: Policy }): void;
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
    http: { maxHeaderSize: 16 * 1024 },
    // A line on which nothing moves is let go of; a slow one that moves is not.
    connectionTimeout: 5 * 60_000,
    ...(deps.serverFactory ? { serverFactory: deps.serverFactory } : {}),
    frameworkErrors: (e, req, reply) => answerProblem(e, req, reply),
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
  })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>();

  app.decorateRequest('actor', { getter: () => publicActor() });
  app.decorateRequest('nonce', '');
  // What has no use here is not read: forms are multipart, everything else is JSON.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler((e, req, reply) => answerProblem(e, req, reply));
  app.setNotFoundHandler((req, reply) =>
    answerProblem(new Refusal('page.notFound', 'There is nothing here.'), req, reply),
  );
  await app.register(cookie);
  await app.register(multipart, {
    limits: {
      fileSize: 64 * 1024 * 1024,
      files: 2,
      fields: 20,
      parts: 22,
      fieldSize: 64 * 1024,
      fieldNameSize: 100,
      headerPairs: 50,
    },
  });
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

  demandPolicies(app, deps.told);
  guard(app, deps);
  registerSession(app, { ...deps, secureCookies: deps.secure });
  registerHealth(app, deps);
  for (const register of deps.routes) await register(app);
  app.get('/api/v1/openapi.json', { config: { policy: 'public' }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
  return app;
}

/** A route without a policy is a mistake found at start, not at night. */
function demandPolicies(app: App, told: ServerDeps['told']): void {
  app.addHook('onRoute', (route) => {
    if (route.method === 'HEAD') return;
    const policy = route.config?.policy;
    if (!policy) throw new Error(`route ${String(route.method)} ${route.url} has no policy`);
    for (const method of [route.method].flat()) told?.({ method, url: route.url, policy });
  });
}

function guard(app: App, { identity, rate }: ServerDeps): void {
  const limiter = rate && createLimiter(rate);
  app.addHook('onRequest', async (req, reply) => {
    putHeaders(req, reply);
    const cost = costOf(req.method, req.url);
    const address = `address:${addressKey(req.ip)}`;
    const actor = await actorOfRequest(identity, req).catch((e: unknown) => {
      // Who tries tokens is counted, and for more than who shows none.
      if (limiter) demandPatience(limiter, address, cost * 10);
      throw e;
    });
    Object.defineProperty(req, 'actor', { value: actor });
    if (limiter) demandPatience(limiter, actor.id ? `account:${actor.id}` : address, cost);
    putSharing(req, reply);
    const { policy = 'public', crossSite } = req.routeOptions.config as {
      policy?: Policy;
      crossSite?: boolean;
    };
    if (!crossSite) refuseCrossSite(req.method, req.headers, req.host);
    if (policy === 'public') return;
    if (actor.kind === 'public') throw new Refusal('session.none', 'Sign in first.');
    if (policy === 'signedIn') return;
    const needed = policy === 'sender' ? SENDERS : [policy];
    for (const capabilities of actor.rights.values()) if (needed.some((one) => capabilities.has(one))) return;
    throw new Refusal('actor.forbidden', 'Your roles do not include this.', { capability: policy });
  });
  app.addHook('preValidation', async (req) => refuseNul(req));
}

function registerHealth(app: App, { ready }: ServerDeps): void {
  app.get('/healthz', { config: { policy: 'public' }, schema: { hide: true } }, async () => ({ ok: true }));
  app.get('/readyz', { config: { policy: 'public' }, schema: { hide: true } }, async (_req, reply) => {
    const ok = await ready().catch(() => false);
    void reply.status(ok ? 200 : 503);
    return { ready: ok };
  });
}
