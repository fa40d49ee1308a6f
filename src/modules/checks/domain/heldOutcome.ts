import type { Slug } from '../rules/slugs.ts';
import type { Verdict } from './result.ts';

/** What a check of what is held came to, for who keeps it. */
export interface HeldOutcome {
  check: string;
  archiveId: string;
  title: string;
  verdict: Verdict;
  failed: readonly Slug[];
  /** Reference codes, or keys, of entries in which a fault was found, with the items. */
  faulty: readonly { object: string; items: readonly Slug[] }[];
}
