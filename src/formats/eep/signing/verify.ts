import type { Findings } from '#kernel/findings';
import { type Certificate, isValidAt, readCertificate } from '#kernel/signing/certificate';
import { type SignerStanding, standingOf } from '#kernel/signing/chains';
import { momentOf } from '../grammar/values.ts';
import { fromBase64 } from '../reading/base64.ts';
import type { EepSource } from '../reading/source.ts';
import { algorithmNamed, type Check, checkOf } from './algorithms.ts';
import { type Region, RULE, tellRegions } from './canonical.ts';
import type { SignatureFacts } from './facts.ts';
import type { Trusted } from './trust.ts';

/** What one signature of a package is worth. */
export interface EepSignature {
  readonly kind: 'signature' | 'lock';
  /** Innermost layer 0. */
  readonly layer: number;
  readonly id: string;
  readonly signer: string;
  readonly signedAt: string;
  readonly algorithm: string;
  /** SHA-256 of the certificate, hex; absent where none could be read. */
  readonly certificate?: string;
  /** `genuine`: the bytes are those that were signed by the key of the certificate. `unchecked`: that could not be found out. */
  readonly verdict: 'genuine' | 'wrong' | 'unchecked';
  /** Whether the certificate leads to one of those the caller trusts. */
  readonly trusted: boolean;
}

/** A signature that is about to be checked, with what is known of it so far. */
export interface Prepared {
  facts: SignatureFacts;
  check?: Check;
  certificate?: Certificate;
  standing: SignerStanding;
  verdict: EepSignature['verdict'];
}

/**
 * Verifies all signatures of a document in one more reading of it, and says what is wrong with them.
 *
 * @param layers how many layers the document has
 * @param trusted undefined where the caller named none
 */
export async function verifySignatures(
  source: EepSource,
  all: readonly SignatureFacts[],
  layers: number,
  findings: Findings,
  trusted: Trusted | undefined,
): Promise<EepSignature[]> {
  const prepared = all.map((facts) => prepare(facts, findings, trusted));
  const checked: Prepared[] = [];
  const regions: Region[] = [];
  for (const p of prepared) {
    const region = p.check && regionOf(p.facts, all, layers, p.check);
    if (!region) continue;
    regions.push(region);
    checked.push(p);
  }
  if (regions.length > 0) await tellRegions(source, regions);
  for (const p of checked) conclude(p, findings);
  return prepared.map(({ facts, certificate, standing, verdict }) => ({
    kind: facts.kind,
    layer: facts.layer,
    id: facts.id,
    signer: facts.signer,
    signedAt: facts.signedAt,
    algorithm: facts.algorithm,
    ...(certificate ? { certificate: certificate.fingerprint } : {}),
    verdict,
    trusted: standing === 'trusted',
  }));
}

function regionOf(
  facts: SignatureFacts,
  all: readonly SignatureFacts[],
  layers: number,
  check: Check,
): Region | undefined {
  const update = (bytes: Buffer) => check.update(bytes);
  // Layers begin outermost first.
  if (facts.kind === 'signature') return { name: '被签名对象', nth: layers - 1 - facts.layer, update };
  const locked = all.find((f) => f.kind === 'signature' && f.id === facts.id)?.nth;
  // A lock of what is not there is told of as a reference that leads nowhere.
  return locked === undefined ? undefined : { name: '电子签名', nth: locked, update };
}

const HEX_DIGEST: Readonly<Record<number, string>> = { 32: 'MD5', 40: 'SHA-1', 64: 'SHA-256 or SM3' };

/** What a signature says of itself, judged before anything is proved. */
export function prepare(facts: SignatureFacts, findings: Findings, trusted: Trusted | undefined): Prepared {
  const prepared: Prepared = { facts, standing: 'unknown', verdict: 'unchecked' };
  const { place, result } = facts;
  const digest = /^[0-9a-fA-F]+$/.test(result) ? HEX_DIGEST[result.length] : undefined;
  if (digest !== undefined) {
    findings.add(
      'error',
      'eep.notASignature',
      place,
      `“签名结果” has the form of a digest (${digest}) and is no signature: anybody can compute it, so it proves nothing about who made the package.`,
    );
    return prepared;
  }
  const certificates = readCertificates(facts, findings);
  const certificate = certificates[0];
  const signature = fromBase64(result);
  if (!certificate || !signature || signature.length === 0) return prepared;
  prepared.certificate = certificate;
  const at = momentOf(facts.signedAt);
  if (at !== undefined && !isValidAt(certificate, at))
    findings.add(
      'error',
      'eep.certificateTime',
      place,
      `It was signed at ${facts.signedAt}, when its certificate (${day(certificate.notBefore)} to ${day(certificate.notAfter)}) was not valid.`,
    );
  prepared.standing = standingOf(certificate, certificates.slice(1), trusted ?? [], at);
  if (facts.algorithm === '') return prepared;
  const algorithm = algorithmNamed(facts.algorithm);
  if (!algorithm) {
    findings.add(
      'warning',
      'eep.algorithmUnknown',
      place,
      `“签名算法标识” names no algorithm known here, so the signature was not checked: ${facts.algorithm.slice(0, 60)}.`,
    );
    return prepared;
  }
  if (algorithm.weak)
    findings.add(
      'warning',
      'eep.weakAlgorithm',
      place,
      `The signature uses ${algorithm.digest.toUpperCase()}, for which forgeries can be made.`,
    );
  const check = checkOf(algorithm, certificate, signature);
  if (check) prepared.check = check;
  else
    findings.add(
      'error',
      'eep.algorithmMismatch',
      place,
      `“签名算法标识” says ${facts.algorithm.slice(0, 60)}, and the key of the certificate is of another kind.`,
    );
  return prepared;
}

/** The signer's certificate and those that came with it; none where one of them can not be read. */
function readCertificates(facts: SignatureFacts, findings: Findings): Certificate[] {
  try {
    return facts.certificates.map((text) => readCertificate(fromBase64(text) ?? Buffer.alloc(0)));
  } catch {
    findings.add('error', 'eep.certificate', facts.place, '“证书” can not be read as an X.509 certificate.');
    return [];
  }
}

/** Whether a signature fits, when all bytes were told to its check. @param rule the rule of ours that says which bytes they are */
export function conclude(prepared: Prepared, findings: Findings, rule: string = RULE): void {
  const { facts } = prepared;
  const { place } = facts;
  if (prepared.check!.fits()) {
    prepared.verdict = 'genuine';
    tellSigner(prepared, findings);
    return;
  }
  const ours = facts.rule.includes(rule);
  if (ours) prepared.verdict = 'wrong';
  findings.add(
    ours ? 'error' : 'warning',
    ours ? 'eep.signatureWrong' : 'eep.signatureUnproved',
    place,
    ours
      ? `The signature does not fit: ${facts.kind === 'lock' ? 'the locked signature' : 'what was signed'} was changed afterwards, or signed by another key.`
      : 'The signature does not fit the text as it is read here. Its “签名规则” is not known here, so it may have been made over other bytes: ask who made the package.',
  );
}

/** Whose a signature is that fits. That a certificate was out of date itself was said before. */
function tellSigner({ facts, standing, certificate }: Prepared, findings: Findings): void {
  const { place } = facts;
  const name = `its certificate (SHA-256 ${certificate!.fingerprint.slice(0, 16)}…)`;
  if (standing === 'trusted')
    findings.add('info', 'eep.signerTrusted', place, `The signature fits, and ${name} is trusted.`);
  else if (standing === 'unknown')
    findings.add(
      'warning',
      'eep.signerNotTrusted',
      place,
      `The signature fits, but ${name} is not among those named as trusted.`,
    );
  else if (isValidAt(certificate!, momentOf(facts.signedAt)!))
    findings.add(
      'warning',
      'eep.signerOutOfDate',
      place,
      `The signature fits, but a certificate that ${name} leads to was not valid when it was signed.`,
    );
}

const day = (d: Date) => d.toISOString().slice(0, 10);
