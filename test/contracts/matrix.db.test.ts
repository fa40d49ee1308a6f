import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SENDERS } from '#kernel/http/route';
import { together } from '../support/together.ts';
import { POLICIES } from './policies.ts';
import { NO_SUCH_ID, sample } from './sample.ts';
import { contractWorld, furnish, type Operation, type Route, type Things, type World } from './world.ts';

let world: World;
let theirs: Things;

beforeAll(async () => {
  world = await contractWorld();
  theirs = await furnish(world, world.theirs);
});
afterAll(async () => {
  await world?.close();
});

const nameOf = (r: Pick<Route, 'method' | 'url'>) => `${r.method} ${r.url}`;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];
const isMethod = (m: string): m is Method => METHODS.some((one) => one === m);

/** An address of a route: parameters filled, `*` too. */
const addressOf = (url: string, fill: (name: string) => string) =>
  url.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(fill(name))).replace('*', 'nothing');

const numberOr = (name: string, id: string) => (name === 'n' || name === 'pageNo' ? '1' : id);

function operationOf(route: Route): Operation | undefined {
  const path = route.url.replace(/:(\w+)/g, '{$1}');
  return world.document().paths[path]?.[route.method.toLowerCase()];
}

function bodyOf(operation: Operation | undefined, id: string): object | undefined {
  const schema = operation?.requestBody?.content?.['application/json']?.schema;
  const value = sample(schema, id);
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** What the door itself answers, before anything behind it is asked. */
function turnedAway(answer: { statusCode: number; body: string }): 'signIn' | 'forbidden' | undefined {
  if (answer.statusCode === 401 && answer.body.includes('Sign in first.')) return 'signIn';
  return answer.statusCode === 403 && answer.body.includes('Your roles do not include this.')
    ? 'forbidden'
    : undefined;
}

describe('the declared policy', () => {
  it('names every route there is, and no other', () => {
    const there = Object.fromEntries(
      world.routes.filter((r) => isMethod(r.method)).map((r) => [nameOf(r), r.policy]),
    );
    // A new route: add its line to policies.ts, and have it looked at who may call it.
    expect(there).toEqual(POLICIES);
  });

  it('covers the whole OpenAPI document', () => {
    const documented = Object.entries(world.document().paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(documented.length).toBeGreaterThan(50);
    expect(documented.filter((name) => !(name in POLICIES))).toEqual([]);
  });

  it('is what each shipped role and the public meet at every route', async () => {
    const wrong: string[] = [];
    let asked = 0;
    const askers = [{ name: 'public', capabilities: undefined, headers: {} }, ...world.roles];
    for (const route of world.routes) {
      if (!isMethod(route.method)) continue;
      const policy = POLICIES[nameOf(route)];
      const body = bodyOf(operationOf(route), NO_SUCH_ID);
      await together(askers, async (asker) => {
        const answer = await world.app.inject({
          method: route.method,
          url: addressOf(route.url, (name) => numberOr(name, NO_SUCH_ID)),
          headers: asker.headers,
          ...(body && { payload: body }),
        });
        asked++;
        const may =
          policy === 'public' ||
          (asker.capabilities !== undefined &&
            (policy === 'signedIn' ||
              [...asker.capabilities].some((c) =>
                policy === 'sender' ? SENDERS.includes(c) : c === policy,
              )));
        const expected = may ? undefined : asker.capabilities ? 'forbidden' : 'signIn';
        const got = turnedAway(answer);
        if (got !== expected || answer.statusCode >= 500)
          wrong.push(
            `${nameOf(route)} as ${asker.name}: ${answer.statusCode} ${got ?? 'let in'}, not ${expected ?? 'let in'}`,
          );
      });
    }
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(1_500);
  }, 300_000);
});

/** Headers that may differ between any two answers. */
const OWN = new Set(['date', 'content-length']);

function comparable(answer: { statusCode: number; body: string; headers: object }, id: string) {
  const headers = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !OWN.has(name)));
  return {
    status: answer.statusCode,
    body: answer.body.replaceAll(id, '<id>').replace(/"reference":"\w+"/, ''),
    headers: JSON.parse(
      JSON.stringify(headers)
        .replaceAll(id, '<id>')
        .replace(/nonce-[^']+/, 'nonce'),
    ),
  };
}

/** Which fonds an archive keeps is public, whatever lies in them; of their numbers others are told none. */
const PUBLISHED = new Set([
  'GET /api/v1/fonds/:id',
  'GET /api/v1/fonds/:id/void-codes',
  'GET /api/v1/fonds/:id/creators',
]);

describe('a thing of another archive', () => {
  /** The asker may do everything, in another archive. */
  const asker = () => world.person('stranger', world.all, world.ours).headers;
  const kindOf = (url: string) =>
    Object.keys(theirs ?? {}).find((kind) => new RegExp(`/${kind}/:(id|unitId)(/|$)`).test(url));

  async function ask(route: Route, id: string, inBody = false) {
    const body = bodyOf(operationOf(route), inBody ? id : NO_SUCH_ID);
    return world.app.inject({
      method: route.method as Method,
      url: addressOf(route.url, (name) => numberOr(name, inBody ? NO_SUCH_ID : id)),
      headers: asker(),
      ...(body && { payload: body }),
    });
  }

  it('answers exactly like one that does not exist, at every route that takes its id', async () => {
    let compared = 0;
    for (const route of world.routes) {
      const kind = isMethod(route.method) ? kindOf(route.url) : undefined;
      if (!kind || PUBLISHED.has(nameOf(route))) continue;
      const there = comparable(await ask(route, theirs[kind]!), theirs[kind]!);
      const nowhere = comparable(await ask(route, NO_SUCH_ID), NO_SUCH_ID);
      expect.soft(there, nameOf(route)).toEqual(nowhere);
      expect.soft(there.status, nameOf(route)).toBeGreaterThanOrEqual(400);
      compared++;
    }
    expect(compared).toBeGreaterThan(15);
  });

  it('answers so too where the id stands in the body', async () => {
    let compared = 0;
    for (const route of world.routes) {
      if (!isMethod(route.method) || route.url.includes(':')) continue;
      const body = JSON.stringify(bodyOf(operationOf(route), NO_SUCH_ID) ?? {});
      if (!body.includes(NO_SUCH_ID)) continue;
      for (const id of Object.values(theirs)) {
        const there = comparable(await ask(route, id, true), id);
        const nowhere = comparable(await ask(route, NO_SUCH_ID, true), NO_SUCH_ID);
        expect.soft(there, `${nameOf(route)} with ${id}`).toEqual(nowhere);
      }
      compared++;
    }
    expect(compared).toBeGreaterThan(3);
  });

  it('takes no other time than one that does not exist', async () => {
    const urls = [
      (id: string) => `/api/v1/units/${id}`,
      (id: string) => `/api/v1/certificates/${id}`,
      (id: string) => `/iiif/presentation/${id}/manifest.json`,
    ];
    const ROUNDS = 10;
    const ids = [theirs.units!, theirs.certificates!, theirs.units!];
    const headers = asker();
    for (const [n, url] of urls.entries()) {
      const timed = async (id: string) => {
        const begin = performance.now();
        await world.app.inject({ method: 'GET', url: url(id), headers });
        return performance.now() - begin;
      };
      // A busy machine makes noise: what is systematic shows in every one of several rounds.
      let apart = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const there: number[] = [];
        const nowhere: number[] = [];
        for (let i = 0; i < 40; i++) {
          there.push(await timed(ids[n]!));
          nowhere.push(await timed(NO_SUCH_ID));
        }
        const [a, b] = [median(there), median(nowhere)];
        if (Math.abs(a - b) <= Math.max(1, 0.35 * b)) break;
        apart++;
      }
      expect(apart, url('…')).toBeLessThan(ROUNDS);
    }
  });
});

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
