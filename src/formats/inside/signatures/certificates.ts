import { constants, createPublicKey, verify } from 'node:crypto';
import { type Certificate, readCertificate } from '#kernel/signing/certificate';
import { oid, readAll, readOne, TAG } from '#kernel/signing/der';
import { OID } from '#kernel/signing/oids';
import { certificatesInPem } from '#kernel/signing/pem';
import { verifySm2 } from '#kernel/signing/sm2';

const MAX_CHAIN = 6;

/** Undefined for what can not be read. */
export function certificateOf(der: Uint8Array): Certificate | undefined {
  try {
    return readCertificate(der);
  } catch {
    return undefined;
  }
}

/** Who a certificate is for: common name, else organization. */
export function holderOf({ subject }: Certificate): string {
  return (
    attribute(subject, OID.commonName) ?? attribute(subject, OID.organization) ?? 'a holder without a name'
  );
}

function attribute(name: Buffer, type: string): string | undefined {
  const wanted = oid(type);
  try {
    for (const set of readAll(readOne(name).body)) {
      const [id, value] = readAll(readOne(set.body, TAG.sequence).body);
      if (!id?.whole.equals(wanted) || !value) continue;
      // BMPString is UTF-16; the others are UTF-8 or within it.
      const text =
        value.tag === 0x1e ? new TextDecoder('utf-16be').decode(value.body) : value.body.toString('utf8');
      return text.slice(0, 200);
    }
  } catch {
    return undefined;
  }
  return undefined;
}

const SM2_WITH_SM3 = '1.2.156.10197.1.501';
const SM2 = '1.2.156.10197.1.301';
const PSS = '1.2.840.113549.1.1.10';
const HASH_OF: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.113549.1.1.14': 'sha224',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.1': 'sha224',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

/** An OBJECT IDENTIFIER's content in dotted numbers. */
export function dotted(body: Uint8Array): string {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of body) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (numbers.length === 0) {
      const first = Math.min(2, Math.floor(value / 40));
      numbers.push(first, value - first * 40);
    } else numbers.push(value);
    value = 0;
  }
  return numbers.join('.');
}

/**
 * Whether a signature over data holds under a public key.
 * @param algorithm dotted; an algorithm of keys takes `hash`
 * @returns undefined when the algorithm is not one we check
 */
export function holds(
  spki: Uint8Array,
  algorithm: string,
  hash: string | undefined,
  data: Uint8Array,
  signature: Uint8Array,
): boolean | undefined {
  if (algorithm === SM2_WITH_SM3 || algorithm.startsWith(`${SM2}.`) || algorithm === SM2)
    return verifySm2(spki, data, signature);
  const digest = HASH_OF[algorithm] ?? hash;
  if (digest === undefined || digest === 'sm3')
    return digest === 'sm3' ? verifySm2(spki, data, signature) : undefined;
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') return undefined;
    const padding = algorithm === PSS ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {};
    return verify(digest, data, { key, ...padding }, signature);
  } catch {
    return undefined;
  }
}

/** Certificates somebody decided to trust. */
export function anchorsOf(pems: readonly string[]): Certificate[] {
  return pems.flatMap((text) => certificatesInPem(text)).flatMap((der) => certificateOf(der) ?? []);
}

/** A chain leads from the certificate to an anchor, through certificates at hand. Dates are judged at `at`. */
export function isTrusted(
  certificate: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date,
): boolean {
  let now = certificate;
  for (let step = 0; step < MAX_CHAIN; step++) {
    if (at < now.notBefore || at > now.notAfter) return false;
    if (anchors.some((anchor) => anchor.fingerprint === now.fingerprint)) return true;
    const issuer = [...anchors, ...others].find((one) => one.mayIssue && issued(one, now));
    if (!issuer || issuer.fingerprint === now.fingerprint) return false;
    now = issuer;
  }
  return false;
}

function issued(issuer: Certificate, certificate: Certificate): boolean {
  if (!certificate.issuer.equals(issuer.subject)) return false;
  const algorithm = readAll(readOne(certificate.der, TAG.sequence).body)[1];
  const id = algorithm && readAll(algorithm.body)[0];
  return (
    !!id &&
    holds(issuer.spki, dotted(id.body), undefined, certificate.signedPart, certificate.signature) === true
  );
}
