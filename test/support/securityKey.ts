import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What a browser sends of a key. */
export interface KeyAnswer {
  id: string;
  rawId: string;
  type: 'public-key';
  response: Record<string, unknown>;
}

/** What a test makes the key or the page do wrong. */
export interface Misuse {
  origin?: string;
  challenge?: string;
  rpId?: string;
  /** Does not count up. */
  count?: number;
  /** Signed by another key. */
  foreign?: boolean;
  /** Nobody touched it. */
  untouched?: boolean;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const head = (major: number, n: number) =>
  n < 24
    ? Buffer.of((major << 5) | n)
    : n < 256
      ? Buffer.of((major << 5) | 24, n)
      : Buffer.of((major << 5) | 25, n >> 8, n & 255);
const cborText = (s: string) => Buffer.concat([head(3, s.length), Buffer.from(s)]);
const cborBytes = (b: Buffer) => Buffer.concat([head(2, b.length), b]);

/** A security key in software: ES256, no attestation, a counter that goes up with each use. */
export function securityKey(page: { origin: string; rpId: string }) {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  let count = 0;

  const clientData = (type: string, challenge: string, m: Misuse) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: m.challenge ?? challenge,
        origin: m.origin ?? page.origin,
        crossOrigin: false,
      }),
    );
  function authenticatorData(m: Misuse, credential?: Buffer): Buffer {
    const counter = Buffer.alloc(4);
    count += 1;
    counter.writeUInt32BE(m.count ?? count);
    const flags = (m.untouched ? 0 : 0x01) | (credential ? 0x40 : 0);
    return Buffer.concat([
      sha256(m.rpId ?? page.rpId),
      Buffer.of(flags),
      counter,
      credential ?? Buffer.alloc(0),
    ]);
  }
  const id = credentialId.toString('base64url');
  const challengeIn = (options: object) =>
    'challenge' in options && typeof options.challenge === 'string' ? options.challenge : '';

  return {
    /** Answers the question to make a credential. */
    make(options: object, m: Misuse = {}): KeyAnswer {
      const credential = Buffer.concat([
        Buffer.alloc(16),
        Buffer.of(0, credentialId.length),
        credentialId,
        coseKey(pair.publicKey),
      ]);
      const authData = authenticatorData(m, credential);
      const attestation = Buffer.concat([
        head(5, 3),
        cborText('fmt'),
        cborText('none'),
        cborText('attStmt'),
        head(5, 0),
        cborText('authData'),
        cborBytes(authData),
      ]);
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: clientData('webauthn.create', challengeIn(options), m).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['usb'],
        },
      };
    },
    /** Answers the question to use it. */
    use(options: object, m: Misuse = {}): KeyAnswer {
      const client = clientData('webauthn.get', challengeIn(options), m);
      const data = authenticatorData(m);
      const signature = sign(
        'sha256',
        Buffer.concat([data, sha256(client)]),
        (m.foreign ? stranger : pair).privateKey,
      );
      return {
        id,
        rawId: id,
        type: 'public-key',
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      };
    },
  };
}

/** A P-256 public key as COSE writes it (RFC 9053). */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const part = (text: string) => cborBytes(Buffer.from(text, 'base64url'));
  // kty EC2, alg ES256 (-7), crv P-256, x, y
  return Buffer.concat([
    Buffer.of(0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21),
    part(x),
    Buffer.of(0x22),
    part(y),
  ]);
}
