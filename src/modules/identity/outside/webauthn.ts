import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { Refusal } from '#kernel/errors';

/** Who asks for security keys: they are bound to this name and answer only pages of these origins. */
export interface RelyingParty {
  id: string;
  origins: readonly string[];
}

/**
 * The relying party of the address people see. Browsers offer security keys under a name and over TLS only, on this machine
 * itself also without.
 *
 * @returns undefined where they can not be had: an address of figures, or plain HTTP on another machine
 */
export function relyingPartyOf(publicUrl: string): RelyingParty | undefined {
  const { protocol, hostname, port, origin } = new URL(publicUrl);
  const loopback = hostname === '127.0.0.1' || hostname === '[::1]' || hostname === 'localhost';
  if (loopback) return { id: 'localhost', origins: [`${protocol}//localhost${port && `:${port}`}`] };
  const figures = hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
  return protocol === 'https:' && !figures ? { id: hostname, origins: [origin] } : undefined;
}

/** EdDSA, ES256, RS256: what keys in use have, and what this Node knows for good. */
const ALGORITHMS = [-8, -7, -257];

/** What a browser sends back, from `PublicKeyCredential.toJSON()`. */
export interface KeyAnswer {
  id: string;
  rawId: string;
  type: string;
  response: Record<string, unknown>;
}

export interface KnownKey {
  credentialId: string;
  transports: readonly string[] | null;
}

export interface NewKey {
  credentialId: string;
  publicKey: Buffer;
  signCount: number;
  transports: string[];
}

/** What a browser is asked with to make a credential. */
export async function registrationOptions(
  rp: RelyingParty,
  person: { id: string; username: string; displayName: string },
  known: readonly KnownKey[],
): Promise<{ challenge: string; options: object }> {
  const options = await generateRegistrationOptions({
    rpName: 'Lantai 蘭台',
    rpID: rp.id,
    userName: person.username,
    userDisplayName: person.displayName,
    userID: new Uint8Array(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map(keyRef),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  });
  return { challenge: options.challenge, options };
}

/** @throws Refusal factor.wrong when the answer is not one to this challenge, from a page of ours */
export async function newKey(rp: RelyingParty, challenge: string, answer: KeyAnswer): Promise<NewKey> {
  const { clientDataJSON, attestationObject, transports } = answer.response;
  const verified = await judge(() =>
    verifyRegistrationResponse({
      response: {
        ...idsOf(answer),
        response: {
          clientDataJSON: textOf(clientDataJSON),
          attestationObject: textOf(attestationObject),
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: [...rp.origins],
      expectedRPID: rp.id,
      supportedAlgorithmIDs: ALGORITHMS,
      // The password is one factor, the key the other: a touch is enough.
      requireUserVerification: false,
    }),
  );
  if (!verified.verified || !verified.registrationInfo) throw wrong();
  const { credential } = verified.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    signCount: credential.counter,
    transports: Array.isArray(transports)
      ? transports.filter((t): t is string => typeof t === 'string' && /^[\w-]{1,20}$/.test(t)).slice(0, 8)
      : [],
  };
}

/** What a browser is asked with to use a credential. */
export async function assertionOptions(
  rp: RelyingParty,
  known: readonly KnownKey[],
): Promise<{ challenge: string; options: object }> {
  const options = await generateAuthenticationOptions({
    rpID: rp.id,
    allowCredentials: known.map(keyRef),
    userVerification: 'preferred',
  });
  return { challenge: options.challenge, options };
}

/**
 * Judges a use of a key.
 *
 * @returns the counter the key is at now
 * @throws Refusal factor.wrong when it is not an answer to this challenge by this key, or the counter went back
 */
export async function assertedCount(
  rp: RelyingParty,
  challenge: string,
  answer: KeyAnswer,
  key: { credentialId: string; publicKey: Buffer; signCount: number },
): Promise<number> {
  const { clientDataJSON, authenticatorData, signature } = answer.response;
  const verified = await judge(() =>
    verifyAuthenticationResponse({
      response: {
        ...idsOf(answer),
        response: {
          clientDataJSON: textOf(clientDataJSON),
          authenticatorData: textOf(authenticatorData),
          signature: textOf(signature),
        },
      },
      expectedChallenge: challenge,
      expectedOrigin: [...rp.origins],
      expectedRPID: rp.id,
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(key.publicKey),
        counter: key.signCount,
      },
      requireUserVerification: false,
    }),
  );
  if (!verified.verified) throw wrong();
  return verified.authenticationInfo.newCounter;
}

/** The challenge an answer says it is for; only a place to look, proved later. */
export function challengeOf(answer: KeyAnswer): string | undefined {
  try {
    const text = Buffer.from(textOf(answer.response.clientDataJSON), 'base64url').toString('utf8');
    const data: unknown = JSON.parse(text);
    const challenge =
      typeof data === 'object' && data !== null && 'challenge' in data ? data.challenge : undefined;
    return typeof challenge === 'string' && challenge.length <= 200 ? challenge : undefined;
  } catch {
    return undefined;
  }
}

const wrong = (cause?: unknown) =>
  new Refusal('factor.wrong', 'The second factor does not fit.', {}, { cause });

/** The library throws plain errors for whatever a hostile answer holds. */
async function judge<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (cause) {
    throw wrong(cause);
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const idsOf = (answer: KeyAnswer) => ({
  id: answer.id,
  rawId: answer.rawId,
  type: 'public-key' as const,
  clientExtensionResults: {},
});
const keyRef = (k: KnownKey) => ({ id: k.credentialId, transports: [...(k.transports ?? [])] });
