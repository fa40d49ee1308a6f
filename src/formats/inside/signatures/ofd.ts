import { createHash } from 'node:crypto';
import type { Ofd, OfdSignature } from '#formats/ofd';
import { certificateOf, holds } from '#kernel/signing/chains';
import type { SignatureInside } from '../types.ts';
import { holderOf, NOBODY, type Signer, signerOf } from './certificates.ts';
import { verifyCms } from './cms.ts';
import { readSealSignature, type SealSignature } from './seal.ts';
import { inWords, sideOf } from './words.ts';

type Part = (name: string) => Promise<Buffer>;
const HASHES: Readonly<Record<string, string>> = {
  SM3: 'sm3',
  '1.2.156.10197.1.401': 'sm3',
  SHA256: 'sha256',
  'SHA-256': 'sha256',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  SHA1: 'sha1',
  '1.3.14.3.2.26': 'sha1',
  MD5: 'md5',
  '1.2.840.113549.2.5': 'md5',
};

/** The signatures of an OFD (GB/T 33190-2016, 18), each checked as far as the file allows. */
export async function ofdSignatures(ofd: Ofd, trust: readonly string[]): Promise<SignatureInside[]> {
  const found: SignatureInside[] = [];
  for (const signature of ofd.signatures) found.push(await judge(ofd, signature, trust));
  return found;
}

async function judge(ofd: Ofd, signature: OfdSignature, trust: readonly string[]): Promise<SignatureInside> {
  const part: Part = (name) => ofd.attachment(name);
  const references = await checkReferences(part, signature);
  const value = await checkValue(part, signature, trust);
  const signed = new Set(signature.references.map((one) => one.part));
  const base = {
    name: `${signature.type === 'Sign' ? 'signature' : 'seal'} ${signature.id}${value.sealName ? ` ${value.sealName}` : ''}`,
    ...(value.holder ? { signer: value.holder } : {}),
    ...(signature.signedAt ? { signedAt: signature.signedAt } : {}),
    algorithm: [signature.checkMethod ?? 'MD5', value.algorithm ?? signature.method]
      .filter(Boolean)
      .join(', '),
    ...(references.changed.length > 0 ? { changed: references.changed } : {}),
  };
  return inWords(
    {
      ...base,
      content: sideOf(references.right === false || value.listRight === false ? false : references.right),
      signature: sideOf(value.right),
      coversAll: ofd.parts.every((name) => signed.has(name) || isOfSigning(name)),
      ...(references.right === true && value.listRight === true ? value.signer : NOBODY),
    },
    value.why,
  );
}

/** Parts that signing itself writes. */
const isOfSigning = (name: string): boolean =>
  /(^|\/)(Signs\/|Signatures\.xml$|OFDEntries\.xml$)/i.test(name);

async function checkReferences(
  part: Part,
  { references, checkMethod }: OfdSignature,
): Promise<{ right: boolean | undefined; changed: string[] }> {
  // The standard's own default is MD5.
  const hash = HASHES[(checkMethod ?? 'MD5').toUpperCase()];
  if (!hash || references.length === 0) return { right: undefined, changed: [] };
  const changed: string[] = [];
  for (const { ref, part: name, value } of references) {
    const data = name === undefined ? undefined : await part(name).catch(() => undefined);
    if (
      !data ||
      createHash(hash).update(data).digest('base64') !== Buffer.from(value, 'base64').toString('base64')
    )
      changed.push(ref);
  }
  return { right: changed.length === 0, changed };
}

interface ValueVerdict {
  right: boolean | undefined;
  /** The list of references is the one that was signed; undefined where the value does not say. */
  listRight: boolean | undefined;
  signer: Signer;
  holder?: string;
  sealName?: string | undefined;
  algorithm?: string;
  why?: string;
}

async function checkValue(
  part: Part,
  signature: OfdSignature,
  trust: readonly string[],
): Promise<ValueVerdict> {
  const none = (why: string): ValueVerdict => ({
    right: undefined,
    listRight: undefined,
    signer: NOBODY,
    why,
  });
  if (!signature.valuePart || !signature.part) return none('its value is missing from the file');
  const [value, list] = await Promise.all([part(signature.valuePart), part(signature.part)]);
  const sealed = attempt(() => readSealSignature(value));
  if (sealed) return checkSeal(sealed, list, { trust, at: timeOf(signature.signedAt) });
  const cms = attempt(() => verifyCms(value, (hash) => createHash(hash).update(list).digest()));
  if (!cms) return none('its value holds no certificate to check it with');
  const { certificate, others } = cms;
  return {
    right: cms.signature,
    listRight: cms.content,
    signer: signerOf(certificate, others, {
      trust,
      at: timeOf(signature.signedAt),
      isRight: cms.signature === true,
    }),
    ...(certificate ? { holder: holderOf(certificate) } : {}),
    algorithm: cms.algorithm,
    ...(cms.why ? { why: cms.why } : {}),
  };
}

function checkSeal(
  sealed: SealSignature,
  list: Buffer,
  by: { trust: readonly string[]; at: Date | undefined },
): ValueVerdict {
  const certificate = certificateOf(sealed.certificate);
  const digest = createHash(sealed.dataHash.length === 32 ? 'sm3' : 'sha1')
    .update(list)
    .digest();
  const listRight =
    digest.equals(sealed.dataHash) || createHash('sha256').update(list).digest().equals(sealed.dataHash);
  const verdict = {
    listRight,
    sealName: sealed.sealName,
    algorithm: `${sealed.standard}, ${sealed.algorithm}`,
  };
  if (!certificate)
    return { ...verdict, right: undefined, signer: NOBODY, why: 'its certificate can not be read' };
  const right = holds(certificate.spki, sealed.algorithm, undefined, sealed.signed, sealed.signature);
  return {
    ...verdict,
    right,
    signer: signerOf(certificate, [], { ...by, isRight: right === true }),
    holder: holderOf(certificate),
    ...(right === undefined ? { why: 'its algorithm is not one checked here' } : {}),
  };
}

/** `20260301100000Z`, `2026-03-01 10:00:00`: without a zone that of the country the format is of. Undefined where it is no time. */
function timeOf(text: string | undefined): Date | undefined {
  const m = /^(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)[T ]?(\d\d):?(\d\d):?(\d\d)(?:\.\d+)?(Z)?/.exec(
    text?.trim() ?? '',
  );
  if (!m) return undefined;
  const [, year, month, day, hour, minute, second, zone = '+08:00'] = m;
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
