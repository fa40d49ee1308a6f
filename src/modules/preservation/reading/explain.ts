/** What a file or folder of an object on disk is for; docs/package.md says the same at length. */
export const PACKAGE_PARTS = [
  'declaration',
  'inventory',
  'sidecar',
  'version',
  'versionInventory',
  'versionSidecar',
  'contentFolder',
  'metadata',
  'object',
  'description',
  'files',
  'premis',
  'premisEntity',
  'premisFiles',
  'premisEvents',
  'alto',
  'plainText',
  'text',
  'report',
  'heldFolder',
  'held',
  'certificates',
  'segment',
  'logs',
  'extensions',
  'other',
] as const;
export type PackagePart = (typeof PACKAGE_PARTS)[number];

/** The first pattern that fits says it. */
const BY_PATH: readonly (readonly [RegExp, PackagePart])[] = [
  [/^0=ocfl_object_1\.\d$/, 'declaration'],
  [/^inventory\.json$/, 'inventory'],
  [/^inventory\.json\.(sha512|sha256)$/, 'sidecar'],
  [/^logs(\/|$)/, 'logs'],
  [/^extensions(\/|$)/, 'extensions'],
  [/^v\d+$/, 'version'],
  [/^v\d+\/inventory\.json$/, 'versionInventory'],
  [/^v\d+\/inventory\.json\.(sha512|sha256)$/, 'versionSidecar'],
  [/^v\d+\/content$/, 'contentFolder'],
  [/^v\d+\/content\/certificates\.pem$/, 'certificates'],
  [/^v\d+\/content\/(segment\.json|rows(\/|$)|part)/, 'segment'],
  [/^v\d+\/content\/metadata\/object\.json$/, 'object'],
  [/^v\d+\/content\/metadata\/description\.json$/, 'description'],
  [/^v\d+\/content\/metadata\/(files(\/|\.json$|$)|derivatives-v\d+\.json$)/, 'files'],
  [/^v\d+\/content\/metadata\/premis\/entity\.xml$/, 'premisEntity'],
  [/^v\d+\/content\/metadata\/premis\/(files-\d+|derivatives-v\d+)\.xml$/, 'premisFiles'],
  [/^v\d+\/content\/metadata\/premis\/events-v\d+\.xml$/, 'premisEvents'],
  [/^v\d+\/content\/metadata\/premis$/, 'premis'],
  [/^v\d+\/content\/metadata$/, 'metadata'],
  [/^v\d+\/content\/text\/.+\.alto\.xml$/, 'alto'],
  [/^v\d+\/content\/text\/.+\.txt$/, 'plainText'],
  [/^v\d+\/content\/text(\/|$)/, 'text'],
  [/^v\d+\/content\/checks(\/|$)/, 'report'],
  [/^v\d+\/content\/content$/, 'heldFolder'],
  [/^v\d+\/content\/content\//, 'held'],
  // Made of held files: whoever may not see those may not see these.
  [/^v\d+\/content\/derivatives\//, 'held'],
];

/** @param path in the object's folder */
export function explain(path: string): PackagePart {
  return BY_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';
}

const READABLE = /(\.(json|jsonl|xml|txt|csv|md|pem|sha256|sha512)|^0=ocfl_object_1\.\d)$/;

/** Whether it may be shown as text here. The held files themselves have their own pages, and their own rule. */
export function isReadable(path: string): boolean {
  return READABLE.test(path) && explain(path) !== 'held';
}
