import { createHash } from 'node:crypto';
import type { Certificate } from '#kernel/signing/certificate';
import { certificateOf, holds } from '#kernel/signing/chains';
import {
  contextTag,
  DerError,
  type Element,
  encode,
  readAll,
  readFirst,
  readInteger,
  readOne,
  TAG,
} from '#kernel/signing/der';
import { dotted } from '#kernel/signing/names';
import { OID } from '#kernel/signing/oids';

const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '1.2.156.10197.1.401': 'sm3',
};
/** Signed data of CMS (RFC 5652), and of GM/T 0010. */
const SIGNED_DATA = new Set([OID.signedData, '1.2.156.10197.6.1.4.2.2']);

export interface CmsVerdict {
  certificate: Certificate | undefined;
  others: Certificate[];
  algorithm: string;
  signers: number;
  content: boolean;
  signature: boolean | undefined;
  /** Why the signature was not checked. */
  why?: string;
}

/** A hash of what is signed, by its name in Node. */
export type Digesting = (hash: string) => Buffer;

/**
 * Checks a signature over content that lies outside of it, or whose digest lies inside. Trust is not judged.
 * @throws DerError when it is no signed data in strict DER
 */
export function verifyCms(cms: Uint8Array, digest: Digesting): CmsVerdict {
  const outer = readFirst(cms);
  if (outer.tag !== TAG.sequence) throw new DerError('no signed data');
  const [type, wrapped] = readAll(outer.body);
  if (!type || !SIGNED_DATA.has(dotted(type.body)) || !wrapped) throw new DerError('no signed data');
  const parts = readAll(readOne(wrapped.body, TAG.sequence).body);
  const inner = parts[2];
  const certificates = parts.filter((one) => one.tag === contextTag(0)).flatMap((one) => readAll(one.body));
  const known = certificates.flatMap((one) => certificateOf(one.whole) ?? []);
  const signers = readAll(parts.at(-1)?.body ?? Buffer.alloc(0));
  const [signer] = signers;
  if (!inner || !signer) throw new DerError('no signer');
  return verifySigner(signer, signers.length, known, embeddedContent(inner), digest);
}

function embeddedContent(inner: Element): Buffer | undefined {
  const [, wrapped] = readAll(inner.body);
  return wrapped && readOne(wrapped.body).body;
}

function verifySigner(
  signer: Element,
  signers: number,
  known: Certificate[],
  embedded: Buffer | undefined,
  digest: Digesting,
): CmsVerdict {
  const parts = readAll(signer.body);
  const [, id, hashing] = parts;
  const attributes = parts.find((one) => one.tag === contextTag(0));
  const rest = parts.slice(attributes ? parts.indexOf(attributes) + 1 : 3);
  const [signing, value] = rest;
  if (!id || !hashing || !signing || !value) throw new DerError('no signer');
  const hash = HASHES[algorithmIn(hashing)];
  const algorithm = algorithmIn(signing);
  const certificate = known.find((one) => one.issuerAndSerial.equals(id.whole)) ?? bySubjectKey(id, known);
  const others = known.filter((one) => one !== certificate);
  const named = `${hash ?? algorithmIn(hashing)}, ${algorithm}`;
  if (!hash)
    return {
      certificate,
      others,
      algorithm: named,
      signers,
      content: false,
      signature: undefined,
      why: 'its digest is of a kind not known here',
    };
  const own = digest(hash);
  const attributed = attributes && messageDigest(attributes);
  const content = attributed
    ? attributed.equals(own)
    : embedded
      ? matchesEmbedded(embedded, own, hash)
      : true;
  const signed = attributes ? encode(TAG.set, attributes.body) : embedded;
  const verdict = { certificate, others, algorithm: named, signers, content };
  if (!certificate) return { ...verdict, signature: undefined, why: 'its certificate is not in the file' };
  if (!signed) return { ...verdict, signature: undefined, why: 'it signs the content without attributes' };
  const signature = holds(certificate.spki, algorithm, hash, signed, value.body);
  return {
    ...verdict,
    signature,
    ...(signature === undefined ? { why: 'its algorithm is not one checked here' } : {}),
  };
}

function matchesEmbedded(embedded: Buffer, own: Buffer, hash: string): boolean {
  // Older PDF signatures hold the SHA-1 of the content; GM/T 0010 seals its SM3.
  return embedded.equals(own) || createHash(hash).update(embedded).digest().equals(own);
}

const algorithmIn = (element: Element): string => {
  const [id] = readAll(element.body);
  return id ? dotted(id.body) : '';
};

function messageDigest(attributes: Element): Buffer | undefined {
  for (const one of readAll(attributes.body)) {
    const [type, values] = readAll(one.body);
    if (type && values && dotted(type.body) === OID.messageDigest) return readFirst(values.body).body;
  }
  return undefined;
}

/** Some signers are named by the key's identifier; with one certificate there is no doubt. */
function bySubjectKey(id: Element, known: readonly Certificate[]): Certificate | undefined {
  return id.tag === contextTag(0, false) && known.length === 1 ? known[0] : bySerial(id, known);
}

/** Names may be encoded otherwise in the certificate: then the serial number decides, if only one has it. */
function bySerial(id: Element, known: readonly Certificate[]): Certificate | undefined {
  if (id.tag !== TAG.sequence) return undefined;
  const serial = readAll(id.body)[1];
  if (!serial) return undefined;
  const fitting = known.filter((one) => {
    const own = readAll(readOne(one.issuerAndSerial).body)[1];
    return own && readInteger(own).equals(readInteger(serial));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}
