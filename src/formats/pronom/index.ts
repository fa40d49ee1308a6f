/** Tells what format a file is of, by PRONOM's signatures or by a table of our own. */
export { configuredIdentifier } from './configured.ts';
export {
  createIdentifier,
  DEFAULT_SCAN,
  type Identifier,
  type IdentifierConfig,
  LARGEST_SCAN,
} from './identifier.ts';
export {
  createIdentifierPool,
  type Identified,
  type IdentifierPool,
  identifyMany,
  type Place,
} from './many.ts';
export { readContainerFile } from './reading/containers.ts';
export { readSignatureFile } from './reading/droid.ts';
export { fetchRelease, keptRelease, RELEASES, type Release } from './release.ts';
export { bytesSource } from './source.ts';
export type { Match, Source } from './types.ts';
