/** Append-only Merkle trees (RFC 9162, section 2.1) over leaf hashes, with SHA-256 or SM3. */
export { append, emptyFrontier, type Frontier, type OnNode, peakCount, rootOf } from './merkle/frontier.ts';
export { type TreeHash, type TreeHashName, treeHash } from './merkle/hash.ts';
export { consistencyProof, inclusionProof, type NodeReader, rootAt } from './merkle/proofs.ts';
export { nodesOfTiles, type TileReader } from './merkle/tiles.ts';
export { type Consistency, type Inclusion, verifyConsistency, verifyInclusion } from './merkle/verify.ts';
