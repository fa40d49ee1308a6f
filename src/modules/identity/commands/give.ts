import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { standsOnTwoSides } from '../domain/separation.ts';
import { isWithinAgency, SENDER_ROLE } from '../domain/shipped-roles.ts';
import { accountById } from '../store/accounts.ts';
import { addMembership, type NewMembership, sidesHeld } from '../store/memberships.ts';
import { postById, standsInAgency } from '../store/organisations.ts';
import { rolesByCodes } from '../store/roles.ts';

/**
 * Gives somebody roles, in a transaction that is under way: the one road to a membership, for the command line, the first
 * start and approved requests alike. The database refuses what this should have refused.
 *
 * @throws Refusal person.role, person.until, role.otherArchive, role.agency, rights.twoSides
 */
export async function giveRoles(
  { newId, clock }: IdentityDeps,
  tx: Tx,
  personId: string,
  memberships: readonly NewMembership[],
): Promise<void> {
  if (memberships.length === 0) return;
  const now = clock.now();
  const roles = new Map(
    (
      await rolesByCodes(
        tx,
        memberships.map((m) => m.role),
      )
    ).map((r) => [r.code, r]),
  );
  const held = await sidesHeld(tx, personId, now);
  const account = await accountById(tx, personId);
  for (const m of memberships) {
    // What a sender may do is what its agency registered and its archive agreed to, and nothing besides.
    if ((account?.kind === 'sender') !== (m.role === SENDER_ROLE))
      throw new Refusal('person.role', `This account can not have the role "${m.role}".`, { role: m.role });
    const role = roles.get(m.role);
    if (!role || role.retiredAt)
      throw new Refusal('person.role', `There is no role "${m.role}".`, { role: m.role });
    if (role.archiveId !== null && role.archiveId !== m.archiveId)
      throw new Refusal('role.otherArchive', 'This role belongs to another archive.');
    await demandAgencyPost(tx, m);
    const from = m.from ?? now;
    const until = m.until ?? null;
    if (until && until <= from) throw new Refusal('person.until', 'The end lies before the beginning.');
    held.push({ side: role.side, from, until });
  }
  if (standsOnTwoSides(held, now)) {
    throw new Refusal(
      'rights.twoSides',
      'One person can not be two of these at one time: system administrator, security administrator, audit administrator, and one who works with records.',
    );
  }
  for (const m of memberships) await addMembership(tx, { ...m, id: newId(), personId, from: m.from ?? now });
}

/** An agency's role reaches the agency's records alone, so it takes a post that says which. @throws Refusal role.agency */
export async function demandAgencyPost(tx: Tx, m: Pick<NewMembership, 'role' | 'postId'>): Promise<void> {
  const place = isWithinAgency(m.role) && m.postId ? await postById(tx, m.postId) : undefined;
  await demandAgencyPlace(tx, [m.role], place?.organisationId ?? null);
}

/** The same for a post about to be made. @throws Refusal role.agency */
export async function demandAgencyPlace(
  tx: Tx,
  roles: readonly string[],
  organisationId: string | null,
): Promise<void> {
  const role = roles.find(isWithinAgency);
  if (role === undefined || (organisationId && (await standsInAgency(tx, organisationId)))) return;
  throw new Refusal('role.agency', 'This role is held through a post in an agency.', { role });
}
