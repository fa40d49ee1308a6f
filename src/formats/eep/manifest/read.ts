import { isUtf8 } from 'node:buffer';
import type { FileTree } from '#formats/tree';
import { childrenOf, readElements, textOf, type XmlElement } from '#formats/xml';
import { Refusal } from '#kernel/errors';
import type { SignatureFacts } from '../signing/facts.ts';
import { MANIFEST, type ManifestAlgorithm, pathWritten, SPACE, signatureName } from './form.ts';
import type { ManifestLine } from './write.ts';

/** Bytes of a line. */
const LONGEST = 16_384;
const MOST_SIGNATURES = 100;

export interface ManifestRow extends ManifestLine {
  readonly line: number;
}

export interface EepManifest {
  readonly path: string;
  readonly algorithm: ManifestAlgorithm;
  /** Its lines; null for one that is none. Takes in all bytes as they are. @throws Refusal as the tree */
  lines(bytes?: (piece: Buffer) => void): AsyncGenerator<ManifestRow | { line: number; path: null }>;
  /** What is said of its signatures; undefined where there is no file of them. @throws Refusal `eep.manifestSignature` */
  signatures(): Promise<SignatureFacts[] | undefined>;
}

/** Lists of digests in a tree's root. */
export async function manifestsIn(tree: FileTree): Promise<EepManifest[]> {
  const found: EepManifest[] = [];
  for await (const { kind, path } of tree.list('')) {
    const algorithm = MANIFEST.exec(path)?.[1] as ManifestAlgorithm | undefined;
    if (kind !== 'file' || algorithm === undefined) continue;
    found.push({
      path,
      algorithm,
      lines: (bytes) => linesOf(tree, path, bytes),
      signatures: () => signaturesOf(tree, signatureName(path)),
    });
  }
  return found;
}

async function* linesOf(
  tree: FileTree,
  path: string,
  bytes: (piece: Buffer) => void = () => {},
): AsyncGenerator<ManifestRow | { line: number; path: null }> {
  let line = 0;
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of (await tree.open(path)) as AsyncIterable<Buffer>) {
    bytes(piece);
    const all = held.length > 0 ? Buffer.concat([held, piece]) : piece;
    let from = 0;
    for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
      yield rowOf(all.subarray(from, end), ++line);
      from = end + 1;
    }
    // A line that does not end is cut: it is none, and is not held.
    held = Buffer.from(all.subarray(from, from + LONGEST + 1));
  }
  if (held.length > 0) yield rowOf(held, ++line);
}

function rowOf(bytes: Buffer, line: number): ManifestRow | { line: number; path: null } {
  if (bytes.length > LONGEST || !isUtf8(bytes)) return { line, path: null };
  const match = /^([0-9a-f]{64}|[0-9a-f]{128}) [ *](.+?)\r?$/i.exec(bytes.toString('utf8'));
  if (!match) return { line, path: null };
  return { line, path: pathWritten(match[2]!), digest: match[1]!.toLowerCase() };
}

const unreadable = (what: string) =>
  new Refusal('eep.manifestSignature', `The signatures of the list of digests can not be read: ${what}.`);

async function signaturesOf(tree: FileTree, path: string): Promise<SignatureFacts[] | undefined> {
  if ((await tree.entry(path))?.kind !== 'file') return undefined;
  const facts: SignatureFacts[] = [];
  const reading = { isContainer: (_: XmlElement, above: readonly unknown[]) => above.length === 0 };
  const refusals = { damaged: unreadable, forbidden: (what: string) => unreadable(`it ${what}`) };
  for await (const e of readElements((await tree.open(path)) as AsyncIterable<Buffer>, reading, refusals)) {
    if (e.kind !== 'whole' || e.element.space !== SPACE || e.element.name !== '电子签名') continue;
    if (facts.length < MOST_SIGNATURES) facts.push(factsOf(e.element, path, facts.length));
  }
  if (facts.length === 0) throw unreadable('it holds no 电子签名');
  return facts;
}

function factsOf(element: XmlElement, path: string, nth: number): SignatureFacts {
  const said = (name: string) => textOf(childrenOf(element, name)[0]);
  return {
    kind: 'signature',
    layer: 0,
    nth,
    id: said('签名标识符'),
    rule: said('签名规则'),
    signedAt: said('签名时间'),
    signer: said('签名人'),
    result: said('签名结果').replace(/\s+/g, ''),
    algorithm: said('签名算法标识'),
    certificates: childrenOf(element, '证书块').flatMap((block) => childrenOf(block, '证书').map(textOf)),
    place: `${path}:${element.line}`,
  };
}
