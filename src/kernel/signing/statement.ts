import { Refusal } from '#kernel/errors';
import { canonicalBytes, canonicalJson, type Json } from '../canonical.ts';
import { type StatementAlgorithm, signBytes, verifyBytes } from './algorithms.ts';
import { type Certificate, isIssuedBy, isValidAt, readCertificate } from './certificate.ts';
import { type KeySet, maySign } from './keyset.ts';
import { certificatePem, certificatesInPem } from './pem.ts';
import { type Anchor, parseTrust } from './trust.ts';
import { type Reason, reason, type Signer, type Verdict } from './verdict.ts';

/** Kinds of statement: certified copies, receipts, registers, audit checkpoints, revocation lists. */
export type StatementType = `lantai/${string}`;

/** What is written: canonical JSON of this. The signature is over the same without `signature.value`. */
export interface Envelope {
  type: StatementType;
  payload: { [key: string]: Json };
  signature: { algorithm: StatementAlgorithm; keyId: string; signedAt: string; value: string };
  /** The statement key's certificate, then the archive's own, which issued it. */
  certificates: [string, string];
}

export interface StatementVerdict {
  verdict: Exclude<Verdict, 'revoked'>;
  type?: StatementType;
  payload?: { [key: string]: Json };
  /** ISO 8601; from the statement itself, covered by its signature. */
  signedAt?: string;
  /** Only where the certificate is trusted. */
  signer: Signer | null;
  reasons: Reason[];
}

const MAX_BYTES = 64 * 1024 * 1024;
const CLOCK_SKEW_MS = 10 * 60 * 1000;

/**
 * Signs a statement of the archive.
 *
 * @param payload plain JSON data
 * @returns the envelope as canonical JSON bytes: to be stored and handed out exactly so
 * @throws Refusal `signing.keyExpired` when the key set may not sign at `now`
 */
export function signStatement(
  keySet: KeySet,
  statement: { type: StatementType; payload: { [key: string]: Json | undefined }; now: Date },
): Buffer {
  if (!maySign(keySet, statement.now)) {
    throw new Refusal(
      'signing.keyExpired',
      'The archive’s signing key is past its time. Make a new key set first.',
      {
        notBefore: keySet.notBefore,
        notAfter: keySet.notAfter,
      },
    );
  }
  const { algorithm, keyId, certificatePem: own, privateKey } = keySet.statement;
  const unsigned = {
    type: statement.type,
    payload: statement.payload,
    signature: { algorithm, keyId, signedAt: statement.now.toISOString() },
    certificates: [own, keySet.pdf.certificatePem],
  };
  const value = signBytes(privateKey, canonicalBytes(unsigned)).toString('base64');
  return canonicalBytes({ ...unsigned, signature: { ...unsigned.signature, value } });
}

/**
 * Verifies a statement, off-line.
 *
 * @param bytes the file as it was handed out; not one byte may differ
 * @param trust PEM texts of certificates the caller trusts, or anchors read from them
 * @returns `genuine`; `altered` (does not fit its own signature); `expired` (signed outside the key's validity);
 *   `unknown` (no statement, or signed by nobody the caller trusts)
 * @throws Refusal `trust.unreadable`
 */
export function verifyStatement(
  bytes: Uint8Array,
  trust: readonly (string | Anchor)[],
  options: { now: Date },
): StatementVerdict {
  const anchors = [
    ...trust.filter((t): t is Anchor => typeof t !== 'string'),
    ...trust.filter((t) => typeof t === 'string').flatMap((text) => parseTrust([text])),
  ];
  const read = readEnvelope(bytes);
  if ('verdict' in read) return read;
  const { envelope } = read;
  const { type, payload, signature } = envelope;
  const about = { type, payload, signedAt: signature.signedAt };
  const chain = verifySignature(envelope);
  if ('code' in chain) return { ...about, verdict: 'altered', signer: null, reasons: [chain] };
  const [own, archive] = chain;
  if (!anchors.some((anchor) => anchor.der.equals(archive.der))) {
    return {
      ...about,
      verdict: 'unknown',
      signer: null,
      reasons: [reason('signer.notTrusted', archive.fingerprint)],
    };
  }
  const signer: Signer = {
    archiveCode: archive.archiveCode,
    archiveName: archive.archiveName,
    certificate: archive.fingerprint,
    algorithm: signature.algorithm,
  };
  const signedAt = new Date(signature.signedAt);
  if (signedAt.getTime() > options.now.getTime() + CLOCK_SKEW_MS) {
    return { ...about, verdict: 'unknown', signer, reasons: [reason('signature.inFuture')] };
  }
  if (!isValidAt(own, signedAt) || !isValidAt(archive, signedAt)) {
    return { ...about, verdict: 'expired', signer, reasons: [reason('certificate.notValidThen')] };
  }
  return { ...about, verdict: 'genuine', signer, reasons: [] };
}

/** The envelope, or why there is none. Says nothing yet about who signed it. */
function readEnvelope(bytes: Uint8Array): { envelope: Envelope } | StatementVerdict {
  const fails = (verdict: 'altered' | 'unknown', code: Parameters<typeof reason>[0]): StatementVerdict => ({
    verdict,
    signer: null,
    reasons: [reason(code)],
  });
  if (bytes.length > MAX_BYTES) return fails('unknown', 'file.tooLarge');
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const looksLikeOne = buffer.includes('"type":"lantai/') && buffer.includes('-----BEGIN CERTIFICATE-----');
  const broken = looksLikeOne ? fails('altered', 'statement.broken') : fails('unknown', 'statement.none');
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
    if (!isEnvelope(value) || canonicalJson(value) !== text) return broken;
  } catch {
    return broken;
  }
  return { envelope: value };
}

function isEnvelope(value: unknown): value is Envelope {
  if (!hasKeys(value, ['certificates', 'payload', 'signature', 'type'])) return false;
  const { certificates, payload, signature, type } = value;
  return (
    typeof type === 'string' &&
    type.startsWith('lantai/') &&
    typeof payload === 'object' &&
    payload !== null &&
    !Array.isArray(payload) &&
    hasKeys(signature, ['algorithm', 'keyId', 'signedAt', 'value']) &&
    Object.values(signature).every((v) => typeof v === 'string') &&
    Array.isArray(certificates) &&
    certificates.length === 2 &&
    certificates.every((c) => typeof c === 'string')
  );
}

function hasKeys<K extends string>(value: unknown, keys: readonly K[]): value is Record<K, unknown> {
  return typeof value === 'object' && value !== null && Object.keys(value).sort().join() === keys.join();
}

/** The two certificates if the signature holds under them; otherwise the reason. */
function verifySignature(envelope: Envelope): [own: Certificate, archive: Certificate] | Reason {
  const { algorithm, keyId, signedAt, value } = envelope.signature;
  const chain = readChain(envelope.certificates);
  if (!chain || chain[0].algorithm !== algorithm || chain[0].keyId !== keyId)
    return reason('statement.broken');
  if (chain[0].mayIssue || !isIssuedBy(chain[0], chain[1])) return reason('certificate.notIssued');
  const at = new Date(signedAt);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== signedAt) return reason('statement.broken');
  const signature = Buffer.from(value, 'base64');
  if (signature.toString('base64') !== value) return reason('statement.broken');
  const { value: _, ...unsignedSignature } = envelope.signature;
  const signed = canonicalBytes({ ...envelope, signature: unsignedSignature });
  return verifyBytes(algorithm, chain[0].spki, signed, signature)
    ? chain
    : reason('statement.signatureWrong');
}

function readChain(pems: [string, string]): [Certificate, Certificate] | undefined {
  try {
    const read = (pem: string): Certificate | undefined => {
      const [der] = certificatesInPem(pem);
      return der && certificatePem(der) === pem ? readCertificate(der) : undefined;
    };
    const own = read(pems[0]);
    const archive = read(pems[1]);
    return own && archive ? [own, archive] : undefined;
  } catch {
    return undefined;
  }
}
