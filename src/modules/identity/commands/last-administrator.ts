import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { lockAdministrators, type MembershipView, othersOfSide } from '../store/memberships.ts';
import { rolesByCodes } from '../store/roles.ts';

/**
 * Refuses to take the last system, security or audit administrator of an archive away: nobody could put one back but who
 * runs the machine.
 *
 * @param leaving memberships that are about to end
 * @throws Refusal person.lastAdministrator
 */
export async function keepAdministrators(
  { archives, clock }: IdentityDeps,
  tx: Tx,
  personId: string,
  leaving: readonly MembershipView[],
): Promise<void> {
  const now = clock.now();
  const current = leaving.filter((m) => m.from <= now && (m.until === null || m.until > now));
  const roles = await rolesByCodes(
    tx,
    current.map((m) => m.role),
  );
  const sides = new Map(roles.map((r) => [r.code, r.side]));
  const administering = current.filter((m) => (sides.get(m.role) ?? 'content') !== 'content');
  if (administering.length === 0) return;
  await lockAdministrators(tx);
  const tree = await archives();
  for (const m of administering) {
    const side = sides.get(m.role)!;
    for (const a of tree) {
      if (a.id !== m.archiveId && !(m.subtree && a.path.includes(m.archiveId))) continue;
      const others = await othersOfSide(tx, { side, archiveId: a.id, path: a.path, except: personId, now });
      if (others > 0) continue;
      throw new Refusal(
        'person.lastAdministrator',
        'This is the last one with this duty in an archive. Name another first.',
        { role: m.role },
      );
    }
  }
}
