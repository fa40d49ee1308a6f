/** An inclusion proof as the server gives it: hashes in hexadecimal digits. */
export interface Proof {
  position: number;
  leafHash: string;
  entry: string | null;
  path: readonly string[];
  checkpoint: { size: number; root: string; algorithm: string };
}

export type Checked = 'holds' | 'fails' | 'notComputed';

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));
const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, '0')).join('');

type Digest = (data: Uint8Array<ArrayBuffer>) => Promise<ArrayBuffer>;
type Hash = (prefix: number, ...parts: Uint8Array<ArrayBuffer>[]) => Promise<string>;

function hashWith(digest: Digest): Hash {
  return async (prefix, ...parts) => {
    const data = new Uint8Array(1 + parts.reduce((n, p) => n + p.length, 0));
    data[0] = prefix;
    let at = 1;
    for (const part of parts) {
      data.set(part, at);
      at += part.length;
    }
    return hexOf(await digest(data));
  };
}

const half = Math.floor;

/**
 * Checks a proof here, in the browser (RFC 9162, 2.1.3.2), so that nobody has to take the server's word: the leaf hash
 * from the entry's own text, then up the path to the root that was signed.
 *
 * @param digest SHA-256; undefined where the browser does not compute (a connection that is not secure), and SM3 it
 *   does not know
 */
export async function checkProof(
  proof: Proof,
  digest: Digest | undefined = subtleDigest(),
): Promise<Checked> {
  if (!digest || proof.checkpoint.algorithm !== 'sha256') return 'notComputed';
  const hash = hashWith(digest);
  const text = proof.entry === null ? undefined : new TextEncoder().encode(proof.entry);
  if (text && (await hash(0, text)) !== proof.leafHash) return 'fails';
  let [node, last] = [proof.position, proof.checkpoint.size - 1];
  let root = proof.leafHash;
  for (const step of proof.path) {
    if (last === 0) return 'fails';
    if (node % 2 === 1 || node === last) {
      root = await hash(1, bytesOf(step), bytesOf(root));
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node / 2), half(last / 2)];
    } else root = await hash(1, bytesOf(root), bytesOf(step));
    [node, last] = [half(node / 2), half(last / 2)];
  }
  return last === 0 && root === proof.checkpoint.root ? 'holds' : 'fails';
}

interface Head {
  size: number;
  root: string;
  algorithm: string;
}

/** A consistency proof as the server gives it: hashes in hexadecimal digits. */
export interface GrowthProof {
  first: Head;
  second: Head;
  path: readonly string[];
}

/**
 * Checks in the browser that the later tree begins with the earlier one (RFC 9162, 2.1.4.2).
 *
 * @param digest as for {@link checkProof}
 */
export async function checkGrowth(
  { first, second, path }: GrowthProof,
  digest: Digest | undefined = subtleDigest(),
): Promise<Checked> {
  if (!digest || first.algorithm !== 'sha256' || second.algorithm !== 'sha256') return 'notComputed';
  const hash = hashWith(digest);
  if (first.size > second.size || first.size < 1) return 'fails';
  if (first.size === second.size) return path.length === 0 && first.root === second.root ? 'holds' : 'fails';
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [half(node / 2), half(last / 2)];
  // A whole tree is a node of the later one, and the server need not send it.
  const [seed, ...steps] = node === 0 ? [first.root, ...path] : path;
  if (seed === undefined) return 'fails';
  let [was, is] = [seed, seed];
  for (const step of steps) {
    if (last === 0) return 'fails';
    if (node % 2 === 1 || node === last) {
      was = await hash(1, bytesOf(step), bytesOf(was));
      is = await hash(1, bytesOf(step), bytesOf(is));
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node / 2), half(last / 2)];
    } else is = await hash(1, bytesOf(is), bytesOf(step));
    [node, last] = [half(node / 2), half(last / 2)];
  }
  return last === 0 && was === first.root && is === second.root ? 'holds' : 'fails';
}

function subtleDigest(): Digest | undefined {
  const subtle = globalThis.crypto?.subtle;
  return subtle && ((data) => subtle.digest('SHA-256', data));
}
