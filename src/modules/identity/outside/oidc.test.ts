import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Misdeeds, type OidcProvider, oidcProvider } from '../../../../test/support/oidcProvider.ts';
import { type OidcHouse, oidcHouse } from './oidc.ts';

const BACK = 'http://127.0.0.1:9/api/v1/session/oidc/return';

describe('a provider of OpenID Connect', () => {
  let provider: OidcProvider;
  let house: OidcHouse;
  beforeAll(async () => {
    provider = await oidcProvider('lantai', 'client-secret');
    house = oidcHouse({
      issuer: provider.issuer,
      clientId: 'lantai',
      clientSecret: 'client-secret',
      name: 'SSO',
    });
  });
  afterAll(() => provider.close());
  beforeEach(() => {
    provider.misdeeds = {};
  });

  async function goAndReturn(fresh = false) {
    const { url, flow } = await house.begin(BACK, fresh);
    return { flow, query: new URL(await provider.follow(url)).search };
  }

  it('is left with PKCE, state and nonce, different each time', async () => {
    const [a, b] = [await house.begin(BACK, false), await house.begin(BACK, false)];
    const q = new URL(a.url).searchParams;
    expect(q.get('code_challenge_method')).toBe('S256');
    expect(q.get('response_type')).toBe('code');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(q.get(name)).not.toBe(new URL(b.url).searchParams.get(name));
    expect(a.url).not.toContain(a.flow.verifier);
  });

  it('says who somebody is', async () => {
    const { query, flow } = await goAndReturn();
    expect(await house.finish(query, flow)).toEqual({
      issuer: provider.issuer,
      subject: 'subject-1',
      twoFactors: false,
    });
  });

  it('may say that two factors were used', async () => {
    provider.misdeeds = { claims: (c) => ({ ...c, amr: ['pwd', 'mfa'] }) };
    const { query, flow } = await goAndReturn();
    expect(await house.finish(query, flow)).toMatchObject({ twoFactors: true });
  });

  it('is believed about clocks that differ a little', async () => {
    provider.misdeeds = { claims: (c) => ({ ...c, iat: Number(c.iat) + 30, exp: Number(c.iat) - 30 }) };
    const { query, flow } = await goAndReturn();
    await expect(house.finish(query, flow)).resolves.toBeDefined();
  });

  it('is not followed to addresses it names that the settings do not', async () => {
    let reached = 0;
    const inner = createServer((_req, res) => {
      reached++;
      res.writeHead(200, { 'content-type': 'application/json' }).end('{"keys":[]}');
    });
    await new Promise<void>((ready) => inner.listen(0, '127.0.0.1', ready));
    const at = `http://127.0.0.1:${(inner.address() as AddressInfo).port}`;
    const settings = {
      issuer: provider.issuer,
      clientId: 'lantai',
      clientSecret: 'client-secret',
      name: 'SSO',
    };
    try {
      for (const misdeeds of [{ tokensAt: at }, { keysAt: at }]) {
        provider.misdeeds = misdeeds;
        // What it says of itself is read anew.
        const walk = async (known: OidcHouse) => {
          const { url, flow } = await known.begin(BACK, false);
          return known.finish(new URL(await provider.follow(url)).search, flow);
        };
        await expect(walk(oidcHouse(settings))).rejects.toMatchObject({ code: 'oidc.unreachable' });
        expect(reached).toBe(0);
        await expect(walk(oidcHouse({ ...settings, origins: [at] }))).rejects.toMatchObject({
          code: 'oidc.wrong',
        });
        expect(reached).toBeGreaterThan(0);
        reached = 0;
      }
    } finally {
      inner.closeAllConnections();
      inner.close();
    }
  });

  it('gives a code that works once', async () => {
    const { query, flow } = await goAndReturn();
    await house.finish(query, flow);
    await expect(house.finish(query, flow)).rejects.toMatchObject({ code: 'oidc.wrong' });
  });

  const forged: [string, Misdeeds][] = [
    ['signed with another key', { foreignKey: true }],
    ['not signed', { unsigned: true }],
    ['for another client', { claims: (c) => ({ ...c, aud: 'another' }) }],
    ['of another issuer', { claims: (c) => ({ ...c, iss: 'https://evil.example' }) }],
    ['run out', { claims: (c) => ({ ...c, exp: Number(c.iat) - 3_600, iat: Number(c.iat) - 7_200 }) }],
    ['of another sign-in (nonce)', { claims: (c) => ({ ...c, nonce: 'another' }) }],
    ['without a nonce', { claims: ({ nonce, ...c }) => c }],
    ['without a subject', { claims: ({ sub, ...c }) => c }],
    ['with another state', { state: 'another' }],
  ];
  it.each(forged)('is not believed with a token %s', async (_, misdeeds) => {
    provider.misdeeds = misdeeds;
    const { query, flow } = await goAndReturn();
    await expect(house.finish(query, flow)).rejects.toMatchObject({ code: 'oidc.wrong' });
  });

  it('is not believed with a stolen code: another browser has another verifier', async () => {
    const stolen = await goAndReturn();
    const own = await goAndReturn();
    const mixed = new URLSearchParams(stolen.query);
    mixed.set('state', own.flow.state);
    await expect(house.finish(`?${mixed}`, own.flow)).rejects.toMatchObject({ code: 'oidc.wrong' });
  });

  it('has to ask anew for a grave act; an old session of its own is none', async () => {
    const fresh = await goAndReturn(true);
    await expect(house.finish(fresh.query, fresh.flow)).resolves.toBeDefined();
    provider.misdeeds = { claims: (c) => ({ ...c, auth_time: Number(c.iat) - 7_200 }) };
    const old = await goAndReturn(true);
    await expect(house.finish(old.query, old.flow)).rejects.toMatchObject({ code: 'oidc.wrong' });
  });

  it('that refused, or sends nonsense, is told so', async () => {
    for (const nonsense of ['?error=access_denied', '', '?code=x', `?code=${'x'.repeat(10_000)}`]) {
      const { flow } = await house.begin(BACK, false);
      await expect(house.finish(nonsense, flow)).rejects.toMatchObject({ code: 'oidc.wrong' });
    }
  });

  it('that can not be reached is told so', async () => {
    const nowhere = oidcHouse({
      issuer: 'http://127.0.0.1:1',
      clientId: 'x',
      clientSecret: undefined,
      name: 'x',
    });
    await expect(nowhere.begin(BACK, false)).rejects.toMatchObject({ code: 'oidc.unreachable' });
  });
});
