import { readRetention, retentionEnds } from '#formats/reference-codes';

/** Why content can not be destroyed as things stand. */
export const OBSTACLES = [
  'noContent',
  'destroyed',
  'listed',
  'legalHold',
  'certifying',
  'onLeave',
  'permanent',
  'noRetention',
  'noYear',
  'notExpired',
  'needsApproval',
] as const;
export type Obstacle = (typeof OBSTACLES)[number];

/** A unit as the rule looks at it. */
export interface Candidate {
  retention: string | null;
  /** Year of formation. */
  year: number | null;
  /** Last day of its content, `YYYY-MM-DD`. */
  dateTo: string | null;
  /** Its content is held. */
  held: boolean;
  destroyed: boolean;
  /** In another list that is under way. */
  listed: boolean;
  legalHold: boolean;
  /** A certified copy of it is asked for and not made yet. */
  certifying: boolean;
  /** Somebody has leave to look at it, or asked for it. */
  onLeave: boolean;
}

export interface DisposalRules {
  /** Years the terms from before Order 8 count, which name a span and no number: long-term and short-term. */
  legacyYears: { CQ: number; DQ: number };
  /** Whether content may go before its retention period is over. */
  beforeExpiry: 'refuse' | 'allow';
  /** What is older needs the approval of the authority above; `YYYY-MM-DD`. */
  approvalBefore: string;
}

/**
 * What counts where nobody says otherwise: the upper ends of the spans 16 to 50 and up to 15 years [M], nothing before
 * its time, and the approval of the national administration for what is older than the republic (standards 7.6 [S:DES]).
 */
export const DISPOSAL_RULES: DisposalRules = {
  legacyYears: { CQ: 50, DQ: 15 },
  beforeExpiry: 'refuse',
  approvalBefore: '1949-10-01',
};

const yearOf = (c: Pick<Candidate, 'year' | 'dateTo'>): number | null =>
  c.year ?? (c.dateTo ? Number(c.dateTo.slice(0, 4)) : null);

/** The last day of the retention period, `YYYY-MM-DD`; null where it is permanent or can not be told. */
export function expiryOf(
  c: Pick<Candidate, 'retention' | 'year' | 'dateTo'>,
  rules: Pick<DisposalRules, 'legacyYears'>,
): string | null {
  const retention = c.retention ? readRetention(c.retention) : undefined;
  const year = yearOf(c);
  if (!retention || year === null || retention.code === 'Y') return null;
  const legacy =
    retention.code === 'CQ' || retention.code === 'DQ' ? rules.legacyYears[retention.code] : null;
  return retentionEnds(year, { ...retention, years: legacy ?? retention.years });
}

/**
 * The first obstacle to destroying a unit's content, or null. Permanent records are never destroyed as they stand: an
 * appraisal that finds another term corrects the description first, and the trail keeps that.
 *
 * @param today `YYYY-MM-DD`
 * @param approval the authority above has approved
 */
export function obstacleTo(
  c: Candidate,
  rules: DisposalRules,
  today: string,
  approval: boolean,
): Obstacle | null {
  if (c.destroyed) return 'destroyed';
  if (!c.held) return 'noContent';
  if (c.listed) return 'listed';
  if (c.legalHold) return 'legalHold';
  if (c.certifying) return 'certifying';
  if (c.onLeave) return 'onLeave';
  const retention = c.retention ? readRetention(c.retention) : undefined;
  if (!retention) return 'noRetention';
  if (retention.code === 'Y') return 'permanent';
  const ends = expiryOf(c, rules);
  if (ends === null) return 'noYear';
  if (rules.beforeExpiry === 'refuse' && ends >= today) return 'notExpired';
  const formed = c.dateTo ?? `${String(yearOf(c)).padStart(4, '0')}-12-31`;
  if (!approval && formed < rules.approvalBefore) return 'needsApproval';
  return null;
}
