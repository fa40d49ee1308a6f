/** The items of the four natures by the names they are stored under (standards reference 5.1 to 5.4), in their order. */
export const SLUGS = [
  'fixity-valid', 'md-length', 'md-type', 'md-enum', 'md-sanity', 'md-chars', 'refcode-valid', 'md-duplicate',
  'md-content', 'file-attrs', 'md-link', 'manifest-valid', 'pkg-structure', 'pkg-fixity',
  'count-total', 'bytes-total', 'md-elements', 'md-required', 'process-md', 'md-sequence', 'content-complete',
  'attach-complete', 'scope', 'pkg-md', 'pkg-content',
  'md-readable', 'md-access', 'format-allowed', 'content-readable', 'no-crypto', 'env', 'pkg-format', 'backup-restore',
  'av-installed', 'virus', 'extra-files', 'media-speed', 'media-look', 'disc-quality', 'process-safe', 'preservation-ops',
] as const; // biome-ignore format: rows of words
export type Slug = (typeof SLUGS)[number];

export const isSlug = (text: string): text is Slug => (SLUGS as readonly string[]).includes(text);
