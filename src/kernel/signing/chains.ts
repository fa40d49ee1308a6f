import { constants, createPublicKey, verify } from 'node:crypto';
import { type Certificate, isValidAt, readCertificate } from './certificate.ts';
import { readAll, readOne, TAG } from './der.ts';
import { dotted } from './names.ts';
import { OID } from './oids.ts';
import { certificatesInPem } from './pem.ts';
import { verifySm2 } from './sm2.ts';

/** Certificates between a signer's and one that is trusted. */
const MOST_STEPS = 20;
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
  if (digest === 'sm3') return verifySm2(spki, data, signature);
  if (digest === undefined && algorithm !== OID.ed25519) return undefined;
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    if (algorithm === OID.ed25519)
      return key.asymmetricKeyType === 'ed25519' && verify(null, data, key, signature);
    if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') return undefined;
    const padding = algorithm === PSS ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {};
    return verify(digest, data, { key, ...padding }, signature);
  } catch {
    return undefined;
  }
}

/**
 * What a signer's certificate is worth to who trusts some: `trusted`: one of them, or leads to one; `unknown`: to none of them.
 * `outOfDate`: the signer's own was not valid when it signed, or the way to one that is trusted goes by one that was not.
 */
export type SignerStanding = 'trusted' | 'unknown' | 'outOfDate';

/**
 * Judges a certificate by those that somebody decided to trust, of signers or of who issues to them.
 *
 * @param others certificates that came along; they may lead to a trusted one and are none by themselves
 * @param at when it signed, as it is said; undefined: not said. Then it is judged by today, and never told to be out of date.
 */
export function standingOf(
  certificate: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
  at: Date | undefined,
): SignerStanding {
  const when = at ?? new Date();
  const late = at === undefined ? 'unknown' : 'outOfDate';
  let present = certificate;
  for (let step = 0; step < MOST_STEPS; step++) {
    if (!isValidAt(present, when)) return step === 0 || leads(present, others, anchors) ? late : 'unknown';
    const issuer = stepFrom(present, others, anchors, when);
    if (issuer === 'arrived') return 'trusted';
    if (!issuer) return 'unknown';
    present = issuer;
  }
  return 'unknown';
}

/** Who issued a certificate, one that is trusted first and one that is valid first; undefined: nobody at hand but itself. */
function stepFrom(
  present: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
  when: Date,
): Certificate | 'arrived' | undefined {
  if (anchors.some((a) => a.fingerprint === present.fingerprint)) return 'arrived';
  const issuers = [...anchors, ...others].filter(
    (one) => one.fingerprint !== present.fingerprint && issued(one, present),
  );
  return issuers.find((one) => isValidAt(one, when)) ?? issuers[0];
}

/** Whether there is a way to one that is trusted, whatever the dates. */
function leads(
  certificate: Certificate,
  others: readonly Certificate[],
  anchors: readonly Certificate[],
): boolean {
  let present = certificate;
  for (let step = 0; step < MOST_STEPS; step++) {
    const issuer = stepFrom(present, others, anchors, new Date());
    if (issuer === 'arrived') return true;
    if (!issuer) return false;
    present = issuer;
  }
  return false;
}

/** Whether `issuer` may issue and signed `certificate`, by any algorithm that is checked here. */
function issued(issuer: Certificate, certificate: Certificate): boolean {
  if (!issuer.mayIssue || !certificate.issuer.equals(issuer.subject)) return false;
  const algorithm = readAll(readOne(certificate.der, TAG.sequence).body)[1];
  const id = algorithm && readAll(algorithm.body)[0];
  return (
    !!id &&
    holds(issuer.spki, dotted(id.body), undefined, certificate.signedPart, certificate.signature) === true
  );
}

/** Undefined for what can not be read. */
export function certificateOf(der: Uint8Array): Certificate | undefined {
  try {
    return readCertificate(der);
  } catch {
    return undefined;
  }
}

/** Certificates somebody decided to trust; what can not be read is none. */
export const anchorsOf = (pems: readonly string[]): Certificate[] =>
  pems.flatMap((text) => certificatesInPem(text)).flatMap((der) => certificateOf(der) ?? []);
