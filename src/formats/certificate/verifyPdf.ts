import { createHash } from 'node:crypto';
import type { Certificate } from '#kernel/signing/certificate';
import { verifyDetached } from '#kernel/signing/cms';
import { readFirst } from '#kernel/signing/der';
import { type StatementVerdict, verifyStatement } from '#kernel/signing/statement';
import type { Anchor } from '#kernel/signing/trust';
import { type Reason, type ReasonCode, reason } from '#kernel/signing/verdict';
import { type ByteSource, eachChunk, findAll } from './bytes.ts';
import { MARKER, readSignaturePlace, type SignaturePlace } from './envelope.ts';
import { CERTIFIED_COPY } from './statement.ts';

const MAX_HOLE = 256 * 1024;
const MAX_STATEMENT_HEX = 16 * 1024 * 1024;
/** Longest text of the entries before the hole. */
const BEFORE_HOLE = 4300;

type Failure = { verdict: 'altered' | 'unknown'; signer: null; reasons: Reason[] };

/**
 * Verifies a certified copy as PDF. Every byte must be either under the signature or the signature itself in its only
 * form; then the attached statement must be the same archive's and speak of the same number.
 */
export async function verifyPdf(
  source: ByteSource,
  anchors: readonly Anchor[],
  now: Date,
): Promise<StatementVerdict> {
  const found = await locate(source);
  if ('verdict' in found) return found;
  const broken = rangeFault(found, source.size);
  if (broken) return fails('altered', broken);
  const hole = await source.read(found.holeStart, found.holeEnd - found.holeStart);
  const cms = signatureIn(hole);
  if (typeof cms === 'string') return fails('altered', cms);
  const verdict = verifyDetached(cms, await digestAround(source, found));
  if (!verdict.holds) {
    const why = {
      malformed: 'pdf.signatureBroken',
      otherContent: 'pdf.contentChanged',
      wrongSignature: 'pdf.signatureWrong',
    } as const;
    return fails('altered', why[verdict.why]);
  }
  return verifyAttached(source, found, verdict.certificate, anchors, now);
}

function fails(verdict: 'altered' | 'unknown', code: ReasonCode): Failure {
  return { verdict, signer: null, reasons: [reason(code)] };
}

/** The one signature of a certified copy; anything beside it is a reason to say no. */
async function locate(source: ByteSource): Promise<(SignaturePlace & { foundAt: number }) | Failure> {
  const signatures = await findAll(source, '/ByteRange', 3);
  const ours = await findAll(source, MARKER, 1);
  const [at] = signatures;
  if (at === undefined)
    return ours.length > 0 ? fails('altered', 'pdf.signatureRemoved') : fails('unknown', 'pdf.notSigned');
  if (ours.length === 0) return fails('unknown', 'pdf.foreignSignature');
  if (signatures.length > 1) return fails('altered', 'pdf.severalSignatures');
  const head = (await source.read(at, 100)).toString('latin1');
  const entry = /^\/ByteRange \[[\d ]{7,50}\]\n\/Contents (?=<)/.exec(head);
  if (!entry) return fails('altered', 'pdf.signatureRemoved');
  const foundAt = at + entry[0].length;
  const from = Math.max(0, foundAt - BEFORE_HOLE);
  const place = readSignaturePlace((await source.read(from, foundAt - from)).toString('latin1'));
  return place ? { ...place, foundAt } : fails('altered', 'pdf.signatureRemoved');
}

function rangeFault(place: SignaturePlace & { foundAt: number }, size: number): ReasonCode | undefined {
  const { holeStart, holeEnd, rest, foundAt, statement } = place;
  if (holeStart !== foundAt || holeEnd - holeStart < 4 || holeEnd - holeStart > MAX_HOLE)
    return 'pdf.notWholeFile';
  if (holeEnd + rest !== size || rest === 0) return 'pdf.notWholeFile';
  const end = statement.offset + statement.length;
  const outside = end <= holeStart || (statement.offset >= holeEnd && end <= size);
  return outside && statement.length <= MAX_STATEMENT_HEX ? undefined : 'pdf.signatureBroken';
}

/** The CMS in the hole: lower-case hex, then nothing but zeros. */
function signatureIn(hole: Buffer): Buffer | ReasonCode {
  const text = hole.toString('latin1');
  if (!/^<(?:[0-9a-f]{2})+>$/.test(text)) return 'pdf.signatureBroken';
  const bytes = Buffer.from(text.slice(1, -1), 'hex');
  try {
    const { whole } = readFirst(bytes);
    return bytes.subarray(whole.length).every((b) => b === 0) ? whole : 'pdf.hiddenBytes';
  } catch {
    return 'pdf.signatureBroken';
  }
}

async function digestAround(source: ByteSource, { holeStart, holeEnd }: SignaturePlace): Promise<Buffer> {
  const hash = createHash('sha256');
  await eachChunk(source, 0, holeStart, (chunk) => hash.update(chunk));
  await eachChunk(source, holeEnd, source.size, (chunk) => hash.update(chunk));
  return hash.digest();
}

async function verifyAttached(
  source: ByteSource,
  place: SignaturePlace,
  signedBy: Certificate,
  anchors: readonly Anchor[],
  now: Date,
): Promise<StatementVerdict> {
  const hex = (await source.read(place.statement.offset, place.statement.length)).toString('latin1');
  if (!/^(?:[0-9a-f]{2})+$/.test(hex)) return fails('altered', 'statement.broken');
  const statement = Buffer.from(hex, 'hex');
  // First by the document's own signer alone: both must be one archive's work, trusted or not.
  const own = verifyStatement(statement, [signedBy], { now });
  if (own.verdict === 'altered') return own;
  if (own.signer === null) return fails('altered', 'statement.otherSigner');
  if (own.type !== CERTIFIED_COPY) return fails('altered', 'statement.otherType');
  if (own.payload?.number !== place.number) return fails('altered', 'statement.otherNumber');
  return verifyStatement(statement, anchors, { now });
}
