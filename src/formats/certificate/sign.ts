import { createHash } from 'node:crypto';
import { readCertificate } from '#kernel/signing/certificate';
import { signDetached } from '#kernel/signing/cms';
import type { KeySet } from '#kernel/signing/keyset';
import { certificatesInPem } from '#kernel/signing/pem';
import { byteRangeText, CONTENTS_BYTES, statementText, UNSET } from './envelope.ts';

/**
 * Fills in the open numbers and the signature, in place.
 *
 * @param pdf the finished file with the placeholders of `attach.ts`
 * @param statement the statement's bytes as attached
 */
export function signInPlace(pdf: Buffer, statement: Buffer, keySet: KeySet): void {
  const hex = Buffer.from(statement.toString('hex'), 'latin1');
  const offset = pdf.indexOf(hex);
  fill(pdf, `/LantaiStatement [${UNSET} ${UNSET}]`, statementText(offset, hex.length));
  const open = `/Contents <${'00'.repeat(CONTENTS_BYTES)}>`;
  const holeStart = only(pdf, open) + '/Contents '.length;
  const holeEnd = holeStart + CONTENTS_BYTES * 2 + 2;
  fill(
    pdf,
    `/ByteRange [0 ${UNSET} ${UNSET} ${UNSET}]`,
    byteRangeText(holeStart, holeEnd, pdf.length - holeEnd),
  );
  const digest = createHash('sha256')
    .update(pdf.subarray(0, holeStart))
    .update(pdf.subarray(holeEnd))
    .digest();
  const certificate = readCertificate(certificatesInPem(keySet.pdf.certificatePem)[0]!);
  const cms = signDetached(certificate, keySet.pdf.privateKey, digest);
  if (cms.length > CONTENTS_BYTES) throw new Error(`a signature of ${cms.length} bytes does not fit`);
  pdf.write(cms.toString('hex'), holeStart + 1, 'latin1');
}

function fill(pdf: Buffer, placeholder: string, text: string): void {
  if (placeholder.length !== text.length) throw new Error('a placeholder has another length than its value');
  pdf.write(text, only(pdf, placeholder), 'latin1');
}

/** The one place of a text in the file. */
function only(pdf: Buffer, text: string): number {
  const at = pdf.indexOf(text, 0, 'latin1');
  if (at < 0 || pdf.indexOf(text, at + 1, 'latin1') >= 0)
    throw new Error('a placeholder is not there exactly once');
  return at;
}
