import cookie from '@fastify/cookie';
import fastify from 'fastify';
import { expect, it } from 'vitest';
import { sessionOfRequest, signInCookies } from './cookies.ts';

const TOKEN = 't'.repeat(43);

async function served(secure: boolean) {
  const app = fastify({ trustProxy: '127.0.0.1' });
  await app.register(cookie);
  const cookies = signInCookies(secure);
  app.post('/in', async (_req, reply) => {
    cookies.session(reply, { token: TOKEN, expiresAt: new Date('2030-01-01'), device: 'd'.repeat(43) });
    cookies.step(reply, { step: TOKEN, expiresAt: new Date('2030-01-01') });
    return {};
  });
  app.get('/who', async (req) => ({ token: sessionOfRequest(req) ?? null }));
  return app;
}
const TLS = { 'x-forwarded-proto': 'https' };

it('cookies over TLS are bound to this host and to TLS by their names', async () => {
  const app = await served(true);
  const set = String((await app.inject({ method: 'POST', url: '/in', headers: TLS })).headers['set-cookie']);
  expect(set).toMatch(/__Host-lantai_session=t+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax/);
  expect(set).toContain('__Secure-lantai_device=');
  expect(set).toMatch(/__Secure-lantai_step=[^;]+;[^,]*, [^;]+; HttpOnly; Secure; SameSite=Strict/);
  const who = async (cookies: string, headers = {}) =>
    (await app.inject({ url: '/who', headers: { ...headers, cookie: cookies } })).json().token;
  expect(await who(`__Host-lantai_session=${TOKEN}`, TLS)).toBe(TOKEN);
  // A plain name over TLS may have been set by a neighbouring host or on a plain line.
  expect(await who(`lantai_session=${TOKEN}`, TLS)).toBeNull();
});

it('cookies over plain HTTP still work, and scripts can not read them', async () => {
  const app = await served(false);
  const set = String((await app.inject({ method: 'POST', url: '/in' })).headers['set-cookie']);
  expect(set).toMatch(/lantai_session=t+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax/);
  expect(set).not.toMatch(/Secure|__Host/);
});
