import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import serveStatic from '@fastify/static';
import type { App } from '#kernel/http/route';

const BUILT = fileURLToPath(new URL('../../.build/web', import.meta.url));

/** The console: a built single page under /console/. Its addresses are its own; any of them opens the page. */
export async function registerConsole(app: App): Promise<void> {
  await app.register(serveStatic, {
    root: BUILT,
    prefix: '/console/assets/',
    serve: false,
    decorateReply: true,
    preCompressed: true,
  });
  const config = { policy: 'public' as const };
  app.get('/console/assets/*', { config, schema: { hide: true } }, async (req, reply) => {
    const file = (req.params as { '*': string })['*'];
    return reply.sendFile(`assets/${file}`, BUILT, { immutable: true, maxAge: '365d' });
  });
  const page = async () =>
    readFile(`${BUILT}/index.html`, 'utf8').catch(
      () =>
        '<!doctype html><title>Lantai</title><p>The console has not been built. Start Lantai with ./lantai.</p>',
    );
  for (const url of ['/console', '/console/', '/console/*']) {
    app.get(url, { config, schema: { hide: true } }, async (req, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        // Widgets make style elements at run time; the browser hides the nonce from everything but scripts.
        .send((await page()).replace('<head>', `<head><meta name="style-nonce" nonce="${req.nonce}">`)),
    );
  }
}
