import type { Stage } from '#formats/metadata-schemes';
import { SLUGS, type Slug } from '../rules/slugs.ts';
import { FORMATS_BESIDE, FORMATS_KEPT } from './formatLists.ts';
import { NUMBERS } from './numbers.ts';
import type { ItemParameters, ItemSeverity, Scheme, SchemeItem } from './scheme.ts';

/**
 * Where an item is ticked. The items and the ticks at filing are those of products that cite DA/T 70; the ticks of transfer and
 * preservation are from memory [M-low], and so data that every archive can set otherwise.
 */
const NOT_AT: Partial<Record<Slug, readonly Stage[]>> = {
  'md-duplicate': ['BC'],
  // Configurable at filing and transfer: it needs text, which scans have not.
  'md-content': ['GD', 'YJ', 'BC'],
  'manifest-valid': ['BC'],
  'count-total': ['BC'],
  'bytes-total': ['BC'],
  'md-sequence': ['BC'],
  scope: ['BC'],
  'backup-restore': ['GD', 'YJ'],
  'extra-files': ['BC'],
  'preservation-ops': ['GD', 'YJ'],
};

/** What only warns, for a person to confirm with a reason; all else has to pass [D]. */
const WARNS: ReadonlySet<Slug> = new Set([
  'md-length', 'md-sanity', 'md-chars', 'md-duplicate', 'md-content', 'process-md', 'md-sequence', 'content-complete',
  'attach-complete', 'scope', 'content-readable', 'env', 'backup-restore', 'av-installed', 'media-speed', 'media-look',
  'disc-quality', 'process-safe', 'preservation-ops',
]); // biome-ignore format: rows of words

/** Percent of records whose files are opened by machine [D]: every file is looked at from outside. */
const OPENED = 1;

const PARAMETERS: Partial<Record<Slug, ItemParameters>> = {
  'format-allowed': { formats: FORMATS_KEPT, besides: FORMATS_BESIDE },
  'content-complete': { open: OPENED },
  'content-readable': { open: OPENED },
  'md-duplicate': { keys: [['referenceCode']] },
  'md-sequence': { from: 1 },
  'av-installed': { mostDays: 7 },
  'backup-restore': { mostDays: 366 },
};
/** Acts a record's history has to tell of, at each stage [D]. */
const ACTS: Readonly<Record<Stage, readonly string[]>> = { GD: [], YJ: ['归档'], BC: ['归档', '移交'] };

/** In the repository digests are compared in full, and the rest of a sample [D]. */
const SAMPLE: Partial<Record<Slug, number>> = { 'md-content': 5 };
const SAMPLE_KEPT = 10;
const IN_FULL: ReadonlySet<Slug> = new Set(['fixity-valid', 'md-link', 'md-access', 'pkg-content', 'virus']);

const severityOf = (slug: Slug): ItemSeverity => (WARNS.has(slug) ? 'warn' : 'block');

/** Kinds of packages whose standards know nothing of DA/T 46, 13 and 22. */
export const FOREIGN_PROFILES = ['bag', 'eark', 'dip'] as const;
/**
 * What their records are hardly ever complete in, and what has to be put right when they are described here: it only warns there,
 * at the handover [D].
 */
const WARNS_FOREIGN: ReadonlySet<Slug> = new Set([
  'md-type', 'md-enum', 'refcode-valid', 'md-elements', 'md-required', 'pkg-md', 'format-allowed',
]); // biome-ignore format: rows of words

/** What is judged at a stage where an archive has set nothing of its own. @param profile kind of package */
export function shippedScheme(stage: Stage, profile: string | null = null): Scheme {
  const isForeign = stage === 'YJ' && FOREIGN_PROFILES.some((p) => p === profile);
  const items = SLUGS.flatMap((slug): SchemeItem[] => {
    if (NOT_AT[slug]?.includes(stage)) return [];
    const parameters = slug === 'process-md' ? { acts: ACTS[stage] } : (PARAMETERS[slug] ?? {});
    const sample = SAMPLE[slug] ?? (stage === 'BC' && !IN_FULL.has(slug) ? SAMPLE_KEPT : 100);
    const severity = isForeign && WARNS_FOREIGN.has(slug) ? 'warn' : severityOf(slug);
    return [{ slug, code: codeOf(slug, stage), severity, must: false, sample, parameters }];
  });
  return { stage, category: null, profile: isForeign ? profile : null, items };
}

/** As the profile numbers it. */
export function codeOf(slug: Slug, stage: Stage): string | null {
  const number = NUMBERS[slug];
  return number === null ? null : `${stage}-${number}`;
}
