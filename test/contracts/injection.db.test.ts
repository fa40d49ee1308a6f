import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { NO_SUCH_ID, sample, withText } from './sample.ts';
import { contractWorld, furnish, type Route, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await contractWorld();
  await furnish(world, world.ours);
});
afterAll(async () => {
  await world?.close();
});

const SQL = [
  "' or 1=1 --",
  "'; drop table holdings.unit; --",
  '") or ("1"="1',
  '\\',
  '%',
  "x' || pg_sleep(5) || '",
];
const TEMPLATES = ['a{{7*7}}b', `a$${'{7*7}'}b`, 'a<%= 7*7 %>b', 'a#{7*7}b'];
const HTML = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "' onfocus='alert(1)"];
const PATHS = [
  '../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '..\\..\\windows\\win.ini',
  '/etc/passwd',
  '%00',
  '....//....//etc/passwd',
];
const HEADERS = ['x\r\nset-cookie: a=b', '%0d%0aset-cookie:%20a=b', 'x\nlocation: https://elsewhere.example'];
const ODD = [
  '\0',
  '\u202e',
  '\ud800',
  '名'.repeat(400),
  '-1',
  'NaN',
  '1e309',
  '99999999999999999999',
  '__proto__',
  '[object Object]',
];
const ALL = [...SQL, ...TEMPLATES, ...HTML, ...PATHS, ...HEADERS, ...ODD];
/** Every day each route meets one text in so many, the next route the next; in the slow suite each meets all. */
const STEP = Number(process.env.LANTAI_HOSTILE_STEP ?? 4);

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

function judge(
  what: string,
  text: string,
  answer: { statusCode: number; body: string; headers: object },
): string[] {
  const wrong: string[] = [];
  if (answer.statusCode >= 500)
    wrong.push(`${what} with ${JSON.stringify(text)}: ${answer.statusCode} ${answer.body}`);
  if (/a49b|root:x:0/.test(answer.body)) wrong.push(`${what} ran ${JSON.stringify(text)}`);
  const headers = JSON.stringify(answer.headers);
  if (/"set-cookie":"a=b|"location":"https?:\/\/elsewhere/.test(headers))
    wrong.push(`${what} took a header from ${text}`);
  const html = /text\/html/.test(headers);
  if (html && HTML.includes(text) && answer.body.includes(text))
    wrong.push(`${what} gave ${text} back as it came`);
  return wrong;
}

describe('hostile text', () => {
  const parameters = (route: Route) =>
    world.document().paths[route.url.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
  const fill = (url: string, name: string | undefined, text: string) =>
    url.replace(/:(\w+)/g, (_, p: string) =>
      encodeURIComponent(p === name ? text : p === 'n' ? '1' : NO_SUCH_ID),
    );

  it('in a path, a query or a body breaks nothing, runs nothing and comes back harmless', async () => {
    const { headers } = world.person('tester', world.all, world.ours);
    const wrong: string[] = [];
    let asked = 0;
    const ask = async (route: Route, url: string, text: string, payload?: object) => {
      asked++;
      const answer = await world.app
        .inject({ method: route.method as Method, url, headers, ...(payload && { payload }) })
        .catch((e: Error) => ({ statusCode: 599, body: e.message, headers: {} }));
      wrong.push(...judge(`${route.method} ${route.url}`, text, answer));
    };
    for (const [n, route] of world.routes.entries()) {
      // What makes sessions, keys and password hashes is tried in its own tests; here it would only be slow.
      if (route.method === 'HEAD' || route.method === 'OPTIONS' || route.url.startsWith('/api/v1/session'))
        continue;
      const names = [...route.url.matchAll(/:(\w+)/g)].map((m) => m[1]!);
      const operation = parameters(route);
      const queries = operation?.parameters?.filter((p) => p.in === 'query').map((p) => p.name) ?? [
        'q',
        'lang',
        'number',
      ];
      const body = sample(operation?.requestBody?.content?.['application/json']?.schema);
      for (const text of ALL.filter((_, i) => (i + n) % STEP === 0)) {
        const well = text.toWellFormed();
        for (const name of names) await ask(route, fill(route.url, name, well).replace('*', 'x'), text);
        if (route.url.includes('*'))
          await ask(
            route,
            fill(route.url, undefined, '').replace('*', well.replace(/[^!-~]/g, encodeURIComponent)),
            text,
          );
        if (route.method === 'GET' && queries.length > 0) {
          const query = queries.map((q) => `${q}=${encodeURIComponent(well)}`);
          for (const one of query)
            await ask(route, `${fill(route.url, undefined, '').replace('*', 'x')}?${one}`, text);
        }
        for (const changed of withText(body, text))
          if (typeof changed === 'object' && changed !== null)
            await ask(route, fill(route.url, undefined, '').replace('*', 'x'), text, changed);
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect(asked).toBeGreaterThan(5_000);
    const left = await sql<{ n: number }>`select count(*)::int as n from holdings.unit`.execute(
      world.db.owner,
    );
    expect(left.rows[0]!.n).toBeGreaterThanOrEqual(1);
  }, 600_000);

  it('in a header names no other host, address or person', async () => {
    const ask = (headers: Record<string, string>, url = '/api/v1/session') =>
      world.app.inject({ method: 'GET', url, headers });
    const plain = await ask({});
    const tries: Record<string, string>[] = [
      {
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-host': 'elsewhere.example',
        'x-forwarded-proto': 'https',
      },
      { 'x-original-url': '/api/v1/people', 'x-rewrite-url': '/api/v1/people' },
      { 'x-http-method-override': 'DELETE' },
      { authorization: 'Basic YWRtaW46YWRtaW4=' },
      { cookie: 'lantai_session=../../../etc/passwd' },
      { cookie: `lantai_session=${'x'.repeat(4_000)}` },
      { 'accept-language': `${'zh-CN,'.repeat(500)}` },
    ];
    for (const headers of tries) {
      const answer = await ask(headers);
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toBe(plain.body);
      expect(answer.headers['strict-transport-security']).toBeUndefined();
    }
    const redirected = await ask({ host: 'elsewhere.example' }, '/verify?number=//elsewhere.example/x');
    expect(redirected.headers.location).toBe('/verify/%2F%2Felsewhere.example%2Fx');
    const page = await ask({ host: 'elsewhere.example' }, '/');
    expect(page.body).not.toContain('elsewhere.example');
  });

  it('in the place of a token is nobody', async () => {
    for (const token of [
      "' or 1=1 --",
      '0'.repeat(43),
      'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
      '\u0661'.repeat(30),
    ]) {
      const answer = await world.app.inject({
        method: 'GET',
        url: '/api/v1/people',
        headers: { authorization: `Bearer ${encodeURIComponent(token)}` },
      });
      expect(answer.statusCode).toBe(401);
    }
  });
});

describe('a request that is too much', () => {
  it('is refused before it is read', async () => {
    const { headers } = world.person('writer', world.all, world.ours);
    const long = await world.app.inject({
      method: 'POST',
      url: '/api/v1/units',
      headers,
      payload: { title: 'x'.repeat(2 * 1024 * 1024) },
    });
    expect(long.statusCode).toBe(413);
    const strange = await world.app.inject({
      method: 'POST',
      url: '/api/v1/units',
      headers: { ...headers, 'content-type': 'text/plain' },
      payload: '{"title":"x"}',
    });
    expect(strange.statusCode).toBe(415);
    const broken = await world.app.inject({
      method: 'POST',
      url: '/api/v1/units',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: '{"title":',
    });
    expect(broken.statusCode).toBe(400);
    const poisoned = await world.app.inject({
      method: 'POST',
      url: '/api/v1/units',
      headers: { ...headers, 'content-type': 'application/json' },
      payload: '{"__proto__":{"admin":true}}',
    });
    expect(poisoned.statusCode).toBe(400);
  });

  it('from another site’s page changes nothing', async () => {
    const { headers } = world.person('clicker', world.all, world.ours);
    for (const foreign of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
    ])
      for (const route of world.routes.filter((r) => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(r.method))) {
        // Anybody may have a paper checked, and archives of the network speak without a browser.
        if (['/verify', '/api/v1/audit/countersign'].includes(route.url)) continue;
        const answer = await world.app.inject({
          method: route.method as Method,
          url: fillIds(route.url),
          headers: { ...headers, ...foreign },
        });
        expect
          .soft([`${route.method} ${route.url}`, answer.statusCode])
          .toEqual([`${route.method} ${route.url}`, 403]);
      }
  });
});

describe('signing out', () => {
  it('lets the browser forget what it kept, whoever asks', async () => {
    const { headers } = world.person('leaver', world.all, world.ours);
    for (const who of [headers, { 'x-lantai': '1' }]) {
      const answer = await world.app.inject({ method: 'DELETE', url: '/api/v1/session', headers: who });
      expect(answer.statusCode).toBe(204);
      expect(answer.headers['clear-site-data']).toContain('"cache"');
    }
  });
});

const fillIds = (url: string) => url.replace(/:(\w+)/g, NO_SUCH_ID).replace('*', 'x');
