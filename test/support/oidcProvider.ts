import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a provider does wrong, for tests that try it. */
export interface Misdeeds {
  /** Changes the claims of the ID token. */
  claims?: (claims: Record<string, unknown>) => Record<string, unknown>;
  /** Signs with a key that is not published. */
  foreignKey?: boolean;
  /** No signature at all. */
  unsigned?: boolean;
  /** It says that its tokens and keys lie at another address. */
  tokensAt?: string;
  keysAt?: string;
  /** Another state comes back. */
  state?: string;
}

export interface OidcProvider {
  issuer: string;
  /** Whoever is signed in at the provider at the moment. */
  subject: string;
  misdeeds: Misdeeds;
  /** As a browser that follows the address and agrees: where it is sent back to. */
  follow(url: string): Promise<string>;
  close(): Promise<void>;
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A small OpenID Connect provider on this machine: discovery, keys, authorization code with PKCE (S256), each code once. */
export async function oidcProvider(clientId: string, clientSecret: string): Promise<OidcProvider> {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', alg: 'RS256' };
  const codes = new Map<
    string,
    { nonce: string; challenge: string; redirectUri: string; authTime: number }
  >();

  function idToken(nonce: string, authTime: number): string {
    const now = Math.floor(Date.now() / 1000);
    const { claims, foreignKey, unsigned } = provider.misdeeds;
    const honest = {
      iss: provider.issuer,
      sub: provider.subject,
      aud: clientId,
      iat: now,
      exp: now + 300,
      auth_time: authTime,
      nonce,
    };
    const head = unsigned ? { alg: 'none' } : { alg: 'RS256', kid: 'k1' };
    const text = `${base64url(head)}.${base64url(claims ? claims(honest) : honest)}`;
    if (unsigned) return `${text}.`;
    const signer = createSign('RSA-SHA256').update(text);
    return `${text}.${signer.sign((foreignKey ? other : key).privateKey).toString('base64url')}`;
  }

  async function tokenAnswer(req: IncomingMessage): Promise<[number, unknown]> {
    let text = '';
    for await (const part of req) text += String(part);
    const form = new URLSearchParams(text);
    const known = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      known &&
      known.challenge === challenge &&
      known.redirectUri === form.get('redirect_uri') &&
      form.get('client_id') === clientId &&
      form.get('client_secret') === clientSecret;
    if (!fits) return [400, { error: 'invalid_grant' }];
    const id_token = idToken(known.nonce, known.authTime);
    return [200, { access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token }];
  }

  function authorize(url: URL): string {
    const q = url.searchParams;
    const code = randomUUID();
    if (q.get('code_challenge_method') !== 'S256' || !q.get('nonce') || !q.get('state'))
      throw new Error('no PKCE, nonce or state');
    codes.set(code, {
      nonce: q.get('nonce') ?? '',
      challenge: q.get('code_challenge') ?? '',
      redirectUri: q.get('redirect_uri') ?? '',
      authTime: Math.floor(Date.now() / 1000) - (q.get('prompt') === 'login' ? 0 : 7_200),
    });
    const back = new URL(q.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({
      code,
      state: provider.misdeeds.state ?? q.get('state') ?? '',
      iss: provider.issuer,
    }).toString();
    return back.href;
  }

  const server = createServer((req, res) => {
    void (async () => {
      const url = new URL(req.url ?? '/', provider.issuer);
      const answer = (status: number, body: unknown) =>
        res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (url.pathname === '/.well-known/openid-configuration')
        return answer(200, {
          issuer: provider.issuer,
          authorization_endpoint: `${provider.issuer}/authorize`,
          token_endpoint: `${provider.misdeeds.tokensAt ?? provider.issuer}/token`,
          jwks_uri: `${provider.misdeeds.keysAt ?? provider.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          authorization_response_iss_parameter_supported: true,
        });
      if (url.pathname === '/keys') return answer(200, { keys: [jwk] });
      if (url.pathname === '/token') return answer(...(await tokenAnswer(req)));
      if (url.pathname === '/authorize') return res.writeHead(302, { location: authorize(url) }).end();
      return answer(404, {});
    })().catch(() => res.writeHead(500).end());
  });
  const provider: OidcProvider = {
    issuer: '',
    subject: 'subject-1',
    misdeeds: {},
    follow: async (url) => authorize(new URL(url)),
    close: () => new Promise((done) => server.close(() => done())),
  };
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return provider;
}
