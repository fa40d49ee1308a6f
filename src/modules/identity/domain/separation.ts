import type { Capability } from '#kernel/actor';

/**
 * The sides nobody stands on two of at one time: work with records, and the three administrators 三员 of standards 9.3.
 * `system` keeps accounts and configuration, `security` roles and rights, `audit` reads the trail.
 */
export const SIDES = ['content', 'system', 'security', 'audit'] as const;
export type Side = (typeof SIDES)[number];

/** The side a capability belongs to; `neutral` goes with any. A new capability does not compile before it has one. */
export const SIDE_OF: Readonly<Record<Capability, Side | 'neutral'>> = {
  'holdings.read': 'content',
  'holdings.write': 'content',
  'holdings.draft': 'content',
  'content.read': 'content',
  'master.read': 'content',
  'content.export': 'content',
  'grants.manage': 'content',
  'import.run': 'content',
  'access.propose': 'content',
  'access.decide': 'content',
  'certificate.request': 'content',
  'certificate.approve': 'content',
  'personal.unmask': 'content',
  'preservation.read': 'neutral',
  'preservation.manage': 'content',
  'disposal.propose': 'content',
  'disposal.decide': 'content',
  'filing.read': 'content',
  'filing.write': 'content',
  'filing.approve': 'content',
  'schedule.approve': 'content',
  'transfer.receive': 'content',
  'transfer.decide': 'content',
  'accessions.read': 'content',
  'accessions.write': 'content',
  'accessions.decide': 'content',
  'secrets.handle': 'security',
  'intake.send': 'content',
  'people.manage': 'system',
  'stores.manage': 'system',
  'rights.manage': 'security',
  'audit.read': 'audit',
  'audit.report': 'audit',
  'people.read': 'neutral',
  'rights.approve': 'neutral',
  'stats.read': 'neutral',
};

/** The sides a set of capabilities stands on. */
export function sidesOf(capabilities: Iterable<Capability>): Set<Side> {
  const sides = new Set<Side>();
  for (const c of capabilities) {
    const side = SIDE_OF[c];
    if (side !== 'neutral') sides.add(side);
  }
  return sides;
}

/**
 * The side of a role with these capabilities, or undefined where they stand on two: no role may.
 * A role without any of a side's capabilities counts as work with records.
 */
export function sideOfRole(capabilities: Iterable<Capability>): Side | undefined {
  const sides = [...sidesOf(capabilities)];
  return sides.length > 1 ? undefined : (sides[0] ?? 'content');
}

/** A role held, or delegated, for a time. */
export interface HeldFor {
  side: Side;
  from: Date;
  /** null: without end. */
  until: Date | null;
}

const end = (h: HeldFor): number => h.until?.getTime() ?? Number.POSITIVE_INFINITY;

/**
 * Whether somebody would stand on two sides at one moment: the rule of the three administrators. The database holds the
 * same (`identity.check_one_side`).
 *
 * @param now what is over by then does not count any more
 */
export function standsOnTwoSides(held: readonly HeldFor[], now: Date): boolean {
  const living = held.filter((h) => end(h) > now.getTime() && end(h) > h.from.getTime());
  return living.some((a) =>
    living.some((b) => a.side !== b.side && a.from.getTime() < end(b) && b.from.getTime() < end(a)),
  );
}
