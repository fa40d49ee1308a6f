import { type StatementVerdict, verifyStatement } from '#kernel/signing/statement';
import { type Anchor, parseTrust } from '#kernel/signing/trust';
import { reason, type Verdict } from '#kernel/signing/verdict';
import { type ByteSource, openBytes } from './bytes.ts';
import { checkRevocation } from './revocation.ts';
import { verifyPdf } from './verifyPdf.ts';

export interface FileVerdict extends Omit<StatementVerdict, 'verdict'> {
  verdict: Verdict;
  revocation: 'checked' | 'not-checked';
  /** Of a certificate that carries one, and only where its signer is trusted. */
  number?: string;
  /** When and why it was revoked. */
  revoked?: { date: string; reason: string };
}

export interface VerifyOptions {
  /** PEM texts of the certificates the caller trusts. What a file brings along is never trust. */
  trust: readonly string[];
  /** A revocation list, as the archive publishes it. */
  revocations?: Uint8Array;
  now: Date;
}

const MAX_FILE = 1024 * 1024 * 1024;
const MAX_STATEMENT = 64 * 1024 * 1024;

/**
 * Verifies a certified copy (PDF) or a signed statement (JSON: receipt, register, checkpoint, revocation list), off-line.
 *
 * @param bytesOrPath the file; a path is read piece by piece
 * @returns a verdict for every input that can be read; hostile or foreign files are `unknown`
 * @throws Refusal `verify.unreadable` (no such file), `trust.unreadable` (no certificate in a trust text)
 */
export async function verifyFile(
  bytesOrPath: Uint8Array | string,
  options: VerifyOptions,
): Promise<FileVerdict> {
  const anchors = parseTrust(options.trust);
  const source = await openBytes(bytesOrPath);
  try {
    const signed = await verifySigned(source, anchors, options.now);
    return judge(signed, anchors, options);
  } finally {
    await source.close();
  }
}

async function verifySigned(
  source: ByteSource,
  anchors: readonly Anchor[],
  now: Date,
): Promise<StatementVerdict> {
  if (source.size > MAX_FILE) return { verdict: 'unknown', signer: null, reasons: [reason('file.tooLarge')] };
  const head = (await source.read(0, 5)).toString('latin1');
  if (head === '%PDF-') return verifyPdf(source, anchors, now);
  if (head.startsWith('{') && source.size <= MAX_STATEMENT) {
    return verifyStatement(await source.read(0, source.size), anchors, { now });
  }
  return { verdict: 'unknown', signer: null, reasons: [reason('file.notOurs')] };
}

/** Adds what lies outside the signature: revocation first, then the time it was issued for. */
function judge(signed: StatementVerdict, anchors: readonly Anchor[], options: VerifyOptions): FileVerdict {
  const number = signed.payload?.number;
  if (signed.verdict === 'altered' || signed.signer === null || signed.verdict === 'unknown') {
    const { payload: _unproven, ...rest } = signed;
    return { ...rest, revocation: 'not-checked' };
  }
  if (typeof number !== 'string') return { ...signed, revocation: 'not-checked' };
  const check = checkRevocation(
    options.revocations,
    { number, signedAt: signed.signedAt ?? '', archiveCode: signed.signer.archiveCode },
    anchors,
    options.now,
  );
  const verdict: FileVerdict = {
    ...signed,
    number,
    revocation: check.revocation,
    reasons: [...signed.reasons, ...check.reasons],
  };
  if (check.revoked) {
    const { date, reason: why } = check.revoked;
    return { ...verdict, verdict: 'revoked', revoked: { date, reason: why } };
  }
  const until = signed.payload?.validUntil;
  if (signed.verdict === 'genuine' && typeof until === 'string' && new Date(until) < options.now) {
    return {
      ...verdict,
      verdict: 'expired',
      reasons: [...verdict.reasons, reason('certificate.validityOver', until)],
    };
  }
  return verdict;
}
