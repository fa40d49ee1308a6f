import * as client from 'openid-client';
import { isRefusal, Refusal } from '#kernel/errors';
import { createOutbound, notListed } from '#kernel/outbound';

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  /** Besides the issuer's own: where its keys and tokens lie. Nothing else is called. */
  origins?: readonly string[];
  /** Word on the button. */
  name: string;
}

/** What has to be kept between leaving for the provider and coming back. */
export interface OidcFlow {
  state: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
  /** The proof has to be a new one, not a session of the provider's. */
  fresh: boolean;
}

export interface OidcHouse {
  name: string;
  issuer: string;
  /** Where to send the browser, and what to keep. @throws Refusal oidc.unreachable */
  begin(redirectUri: string, fresh: boolean): Promise<{ url: string; flow: OidcFlow }>;
  /**
   * Judges what the browser came back with.
   *
   * @param query of the address it came back to, with its `?`
   * @returns who it is at the provider, and whether it says that two factors were used
   * @throws Refusal oidc.wrong, oidc.unreachable
   */
  finish(query: string, flow: OidcFlow): Promise<{ issuer: string; subject: string; twoFactors: boolean }>;
}

const CONFIG_MS = 60 * 60_000;
const TIMEOUT_SECONDS = 10;
/** Clocks of two houses differ. */
const SKEW_SECONDS = 60;
/** A proof older than this is none for a grave act. */
const FRESH_SECONDS = 120;

/** Sign-in through OpenID Connect: authorization code with PKCE, state and nonce. The provider is named by settings alone. */
export function oidcHouse(settings: OidcSettings): OidcHouse {
  let found: { config: client.Configuration; at: number } | undefined;

  const outbound = createOutbound([settings.issuer, ...(settings.origins ?? [])]);
  const guarded: client.CustomFetch = async (address, init) => {
    if (!outbound.allows(address)) throw notListed(address);
    return fetch(address, { ...init, redirect: 'error', body: init.body ?? null });
  };

  async function configuration(): Promise<client.Configuration> {
    if (found && Date.now() - found.at < CONFIG_MS) return found.config;
    const issuer = new URL(settings.issuer);
    try {
      const config = await client.discovery(
        issuer,
        settings.clientId,
        { [client.clockTolerance]: SKEW_SECONDS },
        settings.clientSecret === undefined ? client.None() : client.ClientSecretPost(settings.clientSecret),
        {
          timeout: TIMEOUT_SECONDS,
          // Its own description of itself names more addresses; only those of the settings are called.
          [client.customFetch]: guarded,
          execute: [
            // By itself the library takes TLS for enough and does not look at the signature of the ID token.
            client.enableNonRepudiationChecks,
            // Settings allow http: on this machine alone.
            ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
          ],
        },
      );
      found = { config, at: Date.now() };
      return config;
    } catch (cause) {
      throw unreachable(cause);
    }
  }

  return {
    name: settings.name,
    issuer: settings.issuer,

    async begin(redirectUri, fresh) {
      const config = await configuration();
      const flow: OidcFlow = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        redirectUri,
        fresh,
      };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid',
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
      });
      return { url: url.href, flow };
    },

    async finish(query, flow) {
      const config = await configuration();
      try {
        const came = new URL(flow.redirectUri);
        came.search = query;
        const tokens = await client.authorizationCodeGrant(config, came, {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
          idTokenExpected: true,
          ...(flow.fresh ? { maxAge: FRESH_SECONDS } : {}),
        });
        const claims = tokens.claims();
        if (!claims?.sub) throw new Error('no ID token');
        const amr = Array.isArray(claims.amr) ? claims.amr : [];
        return { issuer: claims.iss, subject: claims.sub, twoFactors: amr.includes('mfa') };
      } catch (cause) {
        if (cause instanceof TypeError && cause.message === 'fetch failed') throw unreachable(cause);
        if (isNotListed(cause)) throw unreachable(cause);
        throw new Refusal(
          'oidc.wrong',
          'The other house did not confirm who you are. Begin the sign-in again.',
          {},
          { cause },
        );
      }
    },
  };
}

/** The library wraps what a call throws. */
function isNotListed(cause: unknown): boolean {
  if (isRefusal(cause)) return cause.code === 'outbound.notListed';
  return cause instanceof Error && cause.cause !== undefined && isNotListed(cause.cause);
}

const unreachable = (cause: unknown) =>
  new Refusal(
    'oidc.unreachable',
    'The house that signs people in can not be reached now. Try again later, or sign in with a password.',
    {},
    { cause },
  );
