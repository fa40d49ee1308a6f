import type { NewFile } from '#formats/tree';
import { eepNode } from '../model.ts';
import { type EepSigner, signatureNode, signingOf } from '../signing/sign.ts';
import { nodeXml } from '../writing/write.ts';
import {
  escapedPath,
  type ManifestAlgorithm,
  manifestName,
  ROOT,
  ruleText,
  SPACE,
  signatureName,
} from './form.ts';

/** A file and its digest, in lower-case hexadecimal. */
export interface ManifestLine {
  readonly path: string;
  readonly digest: string;
}

export interface ManifestOrder {
  readonly algorithm: ManifestAlgorithm;
  readonly signers: readonly [EepSigner, ...EepSigner[]];
  /** As `xs:dateTime`. */
  readonly signedAt: string;
}

/** SM3 goes with SM2, SHA-256 with all others. */
export const manifestAlgorithm = ({ key }: EepSigner): ManifestAlgorithm =>
  key.algorithm === 'sm2' ? 'sm3' : 'sha256';

/**
 * The signed list of digests as two files of the root.
 *
 * @param lines gone through twice: once to be signed, once to be written
 */
export async function* eepManifest(
  lines: () => AsyncIterable<ManifestLine> | Iterable<ManifestLine>,
  { algorithm, signers, signedAt }: ManifestOrder,
): AsyncGenerator<NewFile & { bytes: number }> {
  const text = async function* () {
    for await (const { path, digest } of lines()) yield Buffer.from(`${digest}  ${escapedPath(path)}\n`);
  };
  const made = signers.map(signingOf);
  let bytes = 0;
  for await (const line of text()) {
    bytes += line.length;
    for (const signing of made) signing.update(line);
  }
  const path = manifestName(algorithm);
  const nodes = made.map((signing, i) =>
    signatureNode('电子签名', {
      id: ['签名标识符', `清单-签名${i + 1}`],
      rule: ruleText(path),
      signer: signers[i]!,
      value: signing.sign(),
      signedAt,
    }),
  );
  yield { path, bytes, content: text() };
  let xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${ROOT} xmlns="${SPACE}">\n`;
  for (const node of nodes)
    for await (const piece of nodeXml(eepNode(node.name, node.children ?? []), '  ', '')) xml += piece;
  const content = Buffer.from(`${xml}</${ROOT}>\n`);
  yield { path: signatureName(path), bytes: content.length, content };
}
