/**
 * Packages as files by their paths, whether they lie in a folder, a ZIP or a TAR. Hostile until proved: what a wrapper
 * does wrong is a finding, links are never followed, and reading is held to limits.
 */
export { canDigestTree, engineDigest } from './digests.ts';
export { createFindingList, type FindingList } from './findings.ts';
export { TREE_LIMITS, type TreeLimits } from './limits.ts';
export { foldName } from './names.ts';
export { demandFile, type OpenTreeOptions, openTree, packageRoot } from './open.ts';
export { overlayTree } from './overlay.ts';
export { createPathTable, type PathTable } from './pathTable.ts';
export type { FileTree, TreeEntry } from './types.ts';
export { createTreeWriter, writeTar, writeZip } from './writer.ts';
export type { NewFile, TreeWriter, TreeWriterOptions, WrittenWrapper } from './writing/types.ts';
