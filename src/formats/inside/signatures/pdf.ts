import { createHash } from 'node:crypto';
import { type Bytes, isDict, type PdfDict, type PdfFile, PdfString } from '#formats/pdf-objects';
import type { SignatureInside } from '../types.ts';
import { holderOf, NOBODY, signerOf } from './certificates.ts';
import { verifyCms } from './cms.ts';
import { inWords, sideOf } from './words.ts';

const MAX_SIGNATURES = 100;
const CHUNK = 1024 * 1024;
const CMS_KINDS = new Set(['adbe.pkcs7.detached', 'adbe.pkcs7.sha1', 'ETSI.CAdES.detached', 'ETSI.RFC3161']);

/** The signatures of a PDF (ISO 32000-1, 12.8), in the order of their objects. */
export function pdfSignatures(file: PdfFile, trust: readonly string[]): SignatureInside[] {
  const found: SignatureInside[] = [];
  for (const number of file.numbers()) {
    const dict = file.object(number);
    if (!isDict(dict) || !dict.has('ByteRange') || !dict.has('Contents') || found.length >= MAX_SIGNATURES)
      continue;
    found.push(judge(file, dict, trust));
  }
  return found;
}

interface Range {
  start: number;
  length: number;
}

function judge(file: PdfFile, dict: PdfDict, trust: readonly string[]): SignatureInside {
  const text = (key: string) => {
    const value = file.resolve(dict.get(key));
    return value instanceof PdfString ? value.text.slice(0, 200) : undefined;
  };
  const kind = file.name(dict.get('SubFilter')) ?? '';
  const at = text('M');
  const base = {
    name: text('Name') ?? text('Reason') ?? kind,
    ...(at ? { signedAt: at } : {}),
    ...NOBODY,
  };
  const ranges = rangesOf(file, dict);
  const contents = file.resolve(dict.get('Contents'));
  if (!ranges || !(contents instanceof PdfString))
    return inWords(
      { ...base, content: 'wrong', signature: 'notChecked', coversAll: false },
      'its range of bytes is none',
    );
  const coversAll = coversWhole(file, ranges, contents);
  if (!CMS_KINDS.has(kind))
    return inWords(
      { ...base, content: 'notChecked', signature: 'notChecked', coversAll },
      `its kind (${kind}) is not known here`,
    );
  if (kind === 'ETSI.RFC3161')
    return inWords(
      { ...base, content: 'notChecked', signature: 'notChecked', coversAll },
      'it is a time stamp',
    );
  try {
    const hashing = kind === 'adbe.pkcs7.sha1' ? 'sha1' : undefined;
    const verdict = verifyCms(contents.bytes, (hash) => digest(file.bytes, ranges, hashing ?? hash));
    const { certificate, others } = verdict;
    const isRight = verdict.content && verdict.signature === true;
    return inWords(
      {
        ...base,
        ...(certificate ? { signer: holderOf(certificate) } : {}),
        algorithm: verdict.algorithm,
        content: sideOf(verdict.content),
        signature: sideOf(verdict.signature),
        coversAll,
        ...signerOf(certificate, others, { trust, at: timeOf(at), isRight }),
      },
      verdict.why,
    );
  } catch {
    return inWords(
      { ...base, content: 'notChecked', signature: 'notChecked', coversAll },
      'it is no signature in strict DER',
    );
  }
}

function rangesOf(file: PdfFile, dict: PdfDict): Range[] | undefined {
  const numbers = (file.array(dict.get('ByteRange')) ?? []).map((one) => file.number(one));
  const ranges: Range[] = [];
  let end = 0;
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const [start, length] = [numbers[i], numbers[i + 1]];
    if (start === undefined || length === undefined || length < 0 || start < end) return undefined;
    end = start + length;
    if (end > file.bytes.size) return undefined;
    ranges.push({ start, length });
  }
  return ranges.length > 0 ? ranges : undefined;
}

/** Two ranges from first to last byte, and between them the signature alone. */
function coversWhole(file: PdfFile, ranges: readonly Range[], contents: PdfString): boolean {
  const [first, second, more] = ranges;
  if (!first || !second || more || first.start !== 0) return false;
  if (second.start + second.length !== file.bytes.size) return false;
  const hole = file.bytes.read(first.length, second.start).toString('latin1').trim();
  return (
    /^<[0-9A-Fa-f\s]*>$/.test(hole) && Buffer.from(hole.replace(/[<>\s]/g, ''), 'hex').equals(contents.bytes)
  );
}

function digest(bytes: Bytes, ranges: readonly Range[], hash: string): Buffer {
  const hashing = createHash(hash);
  for (const { start, length } of ranges)
    for (let at = start; at < start + length; at += CHUNK)
      hashing.update(bytes.read(at, Math.min(start + length, at + CHUNK)));
  return hashing.digest();
}

/** `D:20260301100000+08'00'` (ISO 32000-1, 7.9.4); without a zone it is taken for that of the meridian. Undefined where there is none. */
function timeOf(text: string | undefined): Date | undefined {
  const m = /^D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-]\d\d)'?(\d\d)?)?/.exec(text ?? '');
  if (!m) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = '+00', minutes = '00'] = m;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${minutes}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
