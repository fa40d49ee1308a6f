import { Refusal } from '#kernel/errors';
import type { PrivateKey } from '#kernel/signing/algorithms';
import { readCertificate } from '#kernel/signing/certificate';
import type { KeySet } from '#kernel/signing/keyset';
import { certificatesInPem } from '#kernel/signing/pem';
import { NAMESPACE } from '../grammar/words.ts';
import { type EepNode, eepNode, eepText } from '../model.ts';
import { bytesSource, type EepSource } from '../reading/source.ts';
import { outlineOf } from '../writing/outline.ts';
import { copyRange } from '../writing/ranges.ts';
import { writable } from '../writing/writable.ts';
import { encoderOf, nodeXml } from '../writing/write.ts';
import { canSign, type Signing, signingWith, WRITTEN } from './algorithms.ts';
import { RULE_TEXT, tellRegions } from './canonical.ts';

/** Who signs, and with what. */
export interface EepSigner {
  readonly name: string;
  readonly key: PrivateKey;
  /** DER: of the key, then of who issued it. */
  readonly certificates: readonly Uint8Array[];
}

/** How an archive signs EEPs: with its SM2 key where it has one, else with the key it signs PDF documents with. */
export function signerOf(keySet: KeySet): EepSigner {
  const der = (pem: string) => certificatesInPem(pem)[0]!;
  const anchor = der(keySet.pdf.certificatePem);
  if (keySet.statement.algorithm === 'sm2')
    return {
      name: keySet.archiveName,
      key: keySet.statement.privateKey,
      certificates: [der(keySet.statement.certificatePem), anchor],
    };
  return { name: keySet.archiveName, key: keySet.pdf.privateKey, certificates: [anchor] };
}

/**
 * Signs a package that is not signed yet, and locks the first signature: a stream of the bytes it had, with 电子签名块 and
 * 锁定签名 added at their end. In constant memory.
 *
 * @param signedAt as `xs:dateTime`
 * @throws Refusal `eep.unreadable`, `eep.unknownEncoding`, `eep.alreadySigned`, `eep.keyUnfit` (Ed25519 has no place in an EEP)
 */
export async function* signEep(
  source: EepSource,
  signers: readonly [EepSigner, ...EepSigner[]],
  signedAt: string,
): AsyncGenerator<Buffer> {
  for (const { key } of signers)
    if (!canSign(key.algorithm))
      throw new Refusal(
        'eep.keyUnfit',
        'An EEP is signed with SM2, ECDSA or RSA; this key is of another kind.',
        {
          algorithm: key.algorithm,
        },
      );
  const { encoding, prefix, layers, signatures, lock, rootEnd } = await outlineOf(source);
  if (signatures || lock)
    throw new Refusal(
      'eep.alreadySigned',
      'The package is signed already. Put a new layer around it and sign that.',
    );
  const made = signers.map((signer) => signingOf(signer));
  await tellRegions(source, [
    { name: '被签名对象', nth: 0, update: (bytes) => made.forEach((m) => void m.update(bytes)) },
  ]);
  const nodes = made.map((m, i) =>
    signatureNode('电子签名', {
      id: ['签名标识符', `修改${layers - 1}-签名${i + 1}`],
      rule: RULE_TEXT,
      signer: signers[i]!,
      value: m.sign(),
      signedAt,
    }),
  );
  const locking = signingOf(signers[0]);
  await tellRegions(bytesSource(await standing(nodes[0]!)), [
    { name: '电子签名', nth: 0, update: (bytes) => void locking.update(bytes) },
  ]);
  const lockNode = signatureNode('锁定签名', {
    id: ['被锁定签名标识符', `修改${layers - 1}-签名1`],
    rule: RULE_TEXT,
    signer: signers[0],
    value: locking.sign(),
    signedAt,
  });
  const encode = encoderOf(encoding);
  yield* copyRange(source, { from: 0, to: rootEnd });
  for (const node of [eepNode('电子签名块', nodes), lockNode])
    for await (const piece of nodeXml(writable(node), '  ', prefix)) yield encode(piece);
  yield* copyRange(source, { from: rootEnd, to: Number.POSITIVE_INFINITY });
}

/** @throws RangeError for kinds of key EEPs are not signed with */
export function signingOf({ key, certificates }: EepSigner): Signing {
  return signingWith(key, readCertificate(certificates[0]!).spki);
}

export interface SignatureMade {
  /** The element that names it, and how. */
  readonly id: readonly [element: string, id: string];
  readonly rule: string;
  readonly signer: EepSigner;
  readonly value: Buffer;
  /** As `xs:dateTime`. */
  readonly signedAt: string;
}

/** A signature as the standard writes it. */
export function signatureNode(
  name: '电子签名' | '锁定签名',
  { id: [idName, id], rule, signer, value, signedAt }: SignatureMade,
): EepNode {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const { algorithm } = signer.key;
  return eepNode(name, [
    eepText(idName, id),
    eepText('签名规则', rule),
    eepText('签名时间', signedAt),
    eepText('签名人', signer.name),
    eepText('签名结果', base64(value)),
    eepNode(
      '证书块',
      signer.certificates.map((c) => eepText('证书', base64(c))),
    ),
    eepText('签名算法标识', canSign(algorithm) ? WRITTEN[algorithm] : ''),
  ]);
}

/** A document that holds this element alone. */
async function standing(node: EepNode): Promise<Buffer> {
  let xml = `<x xmlns="${NAMESPACE}">`;
  for await (const piece of nodeXml(node, '', '')) xml += piece;
  return Buffer.from(`${xml}</x>`);
}
