import type { OwnLayout } from '../../own/format.ts';

/** Tag files. */
export const LAYOUT: OwnLayout = {
  about: 'metadata/lantai/package.json',
  lists: 'metadata/lantai/lists',
  documents: 'metadata/objects',
};
