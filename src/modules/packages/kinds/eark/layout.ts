import { layoutBelow } from '../../own/format.ts';

/** Where packages of ours keep their complete description: documentation, which METS lists with digests. */
export const LAYOUT = layoutBelow('documentation/lantai');

/** The representations. */
export const ORIGINALS = 'originals';
export const ACCESS = 'access';

/** Content, by the paths of the list of files. */
export const CONTENT = `representations/${ORIGINALS}/data`;
