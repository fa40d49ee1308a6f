import type { FastifyReply } from 'fastify';
import type { App } from '#kernel/http/route';
import type { Federation } from '#modules/federation';

/** Arguments of a form; the longest that mean something are a tenth of this. */
const LONGEST_FORM = 16 * 1024;

/** Harvesting by OAI-PMH 2.0 (openarchives.org): what is open to everybody, to staff as well. */
export async function registerOai(app: App, { federation }: { federation: Federation }): Promise<void> {
  const open = { config: { policy: 'public' as const }, schema: { hide: true } };
  const send = async (reply: FastifyReply, query: string) =>
    reply
      .type('text/xml; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(await federation.harvest.answer(query));

  // Forms are read here alone, as text: what they may hold the protocol says, and answers for.
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: LONGEST_FORM },
      (_req, body, done) => done(null, body),
    );
    scope.addHook('onRequest', async (req) => {
      req.query = {};
    });
    scope.get('/oai', open, async (req, reply) => {
      const url = req.raw.url ?? '';
      return send(reply, url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
    });
    scope.post('/oai', open, async (req, reply) => send(reply, typeof req.body === 'string' ? req.body : ''));
  });
}
