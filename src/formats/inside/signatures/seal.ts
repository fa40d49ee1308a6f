import { DerError, type Element, readAll, readOne, TAG } from '#kernel/signing/der';
import { dotted } from '#kernel/signing/names';

/** An electronic seal's signature as far as it is checked. */
export interface SealSignature {
  /** `GB/T 38540` or `GM/T 0031`. */
  standard: string;
  /** What is signed: the whole element, by the seal's signer. */
  signed: Buffer;
  certificate: Buffer;
  algorithm: string;
  signature: Buffer;
  /** Digest of Signature.xml that was signed. */
  dataHash: Buffer;
  property: string;
  sealName: string | undefined;
  time: string | undefined;
}

const GENERALIZED = 0x18;
const IA5 = 0x16;

/**
 * Reads SES_Signature. In GB/T 38540 certificate, algorithm and value stand behind what is signed; in GM/T 0031
 * certificate and algorithm are part of it.
 * @throws DerError
 */
export function readSealSignature(der: Buffer): SealSignature {
  const parts = readAll(readOne(der, TAG.sequence).body);
  const [toSign, second, third, fourth] = parts;
  if (!toSign || !second) throw new DerError('no seal signature');
  const inner = readAll(toSign.body);
  const newer = second.tag === TAG.octetString;
  const [certificate, algorithm, signature] = newer ? [second, third, fourth] : [inner[5], inner[6], second];
  const [, seal, time, dataHash, property] = inner;
  if (!certificate || !algorithm || !signature || !dataHash) throw new DerError('no seal signature');
  return {
    standard: newer ? 'GB/T 38540' : 'GM/T 0031',
    signed: toSign.whole,
    certificate: certificate.body,
    algorithm: dotted(algorithm.body),
    signature: bitsOf(signature),
    dataHash: bitsOf(dataHash),
    property: property?.tag === IA5 ? property.body.toString('latin1') : '',
    sealName: seal && nameOf(seal),
    time: time?.tag === GENERALIZED ? time.body.toString('latin1') : undefined,
  };
}

const bitsOf = ({ tag, body }: Element): Buffer => (tag === TAG.bitString ? body.subarray(1) : body);

/** eseal: eSealInfo: header, id, property: type, name. */
function nameOf(seal: Element): string | undefined {
  try {
    const [info] = readAll(seal.body);
    const property = info && readAll(info.body)[2];
    const name = property && readAll(property.body)[1];
    return name?.body.toString('utf8').slice(0, 200);
  } catch {
    return undefined;
  }
}
