import type { FieldChange, Stage } from '#formats/metadata-schemes';
import type { Slug } from '../rules/slugs.ts';

export const STAGES = ['GD', 'YJ', 'BC'] as const satisfies readonly Stage[];
export const SEVERITIES = ['block', 'warn', 'info'] as const;
export type ItemSeverity = (typeof SEVERITIES)[number];

/** What rules can be told by a scheme. Each reads what is its own. */
export interface ItemParameters {
  /** Changes to the metadata scheme, by field. */
  readonly fields?: Readonly<Record<string, FieldChange>> | undefined;
  /** md-duplicate: sets of fields that together may stand once. */
  readonly keys?: readonly (readonly string[])[] | undefined;
  /** process-md: acts there have to be. */
  readonly acts?: readonly string[] | undefined;
  /** format-allowed: media types and PUIDs. */
  readonly formats?: readonly string[] | undefined;
  /** format-allowed: media types allowed beside a rendition. */
  readonly besides?: readonly string[] | undefined;
  /** fixity-valid: what has to be there. */
  readonly demandDigest?: boolean | undefined;
  readonly demandSignature?: boolean | undefined;
  /** fixity-valid: signers have to be among those trusted. */
  readonly demandTrust?: boolean | undefined;
  /** md-sequence: numbers begin with this; null: with any. */
  readonly from?: number | null | undefined;
  /** content-complete, content-readable: percent of records whose files are opened, which is slow; the rest are looked at from outside. */
  readonly open?: number | undefined;
  /** av-installed: days since the scanner learnt of new malware; backup-restore: since the last drill. */
  readonly mostDays?: number | undefined;
}

/** One item of a scheme. */
export interface SchemeItem {
  readonly slug: Slug;
  /** As the profile numbers it, `GD-1-1`; null where the standard gives none. A name for people, never a key. */
  readonly code: string | null;
  readonly severity: ItemSeverity;
  /**
   * Set where it is done otherwise than the rule does it: by machine, by a person, or by machine for a person to confirm, pass or not.
   */
  readonly method?: 'automatic' | 'manual' | 'confirmed' | undefined;
  /** A machine has to have looked: no person's word does instead. */
  readonly must: boolean;
  /** Percent of units (of their files, for what reads bytes) that are looked at. */
  readonly sample: number;
  readonly parameters: ItemParameters;
}

/** What is judged at a stage, of records of a category, in packages of a profile. */
export interface Scheme {
  readonly stage: Stage;
  /** Null: any. */
  readonly category: string | null;
  /** Kind of package; null: any. */
  readonly profile: string | null;
  readonly items: readonly SchemeItem[];
}
