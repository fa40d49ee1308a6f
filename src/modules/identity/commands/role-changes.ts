import { randomBytes } from 'node:crypto';
import { CAPABILITIES } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { isCapability } from '../domain/rights.ts';
import type { Wanted } from '../domain/rights-change.ts';
import { type Side, sideOfRole, sidesOf } from '../domain/separation.ts';
import { insertRole, type RoleRow, retireRole, roleByCode, updateRole } from '../store/roles.ts';

type SaveRole = Extract<Wanted, { kind: 'role' }>;
type RetireRole = Extract<Wanted, { kind: 'retire' }>;

/** The own role a change speaks of. @throws Refusal role.notFound, role.shipped, role.changed with the role as it is */
export async function roleToChange(
  tx: Tx,
  archiveId: string,
  code: string,
  version: number | null | undefined,
): Promise<RoleRow> {
  const role = await roleByCode(tx, code, true);
  if (role && role.archiveId === null)
    throw new Refusal('role.shipped', 'Roles that come with Lantai stay as they are. Make one of your own.');
  if (!role || role.archiveId !== archiveId || role.retiredAt)
    throw new Refusal('role.notFound', 'There is no such role here.');
  if (role.version !== version) {
    const { names, capabilities } = role;
    throw new Refusal('role.changed', 'Somebody else changed this role meanwhile.', {
      current: { version: role.version, names, capabilities },
    });
  }
  return role;
}

/** What a role may consist of. @throws Refusal role.capability, role.twoSides, role.side */
export function checkCapabilities(capabilities: readonly string[], keeps?: Side): Side {
  const known = capabilities.filter(isCapability);
  if (known.length < capabilities.length) {
    const unknown = capabilities.filter((c) => !isCapability(c)).join(', ');
    throw new Refusal('role.capability', `There is no such capability: ${unknown}.`, {
      capability: unknown,
      known: [...CAPABILITIES],
    });
  }
  const sides = sidesOf(known);
  const side = sideOfRole(known);
  if (!side) {
    throw new Refusal(
      'role.twoSides',
      'A role can not join work with records and an administrator’s duty, nor the duties of two administrators.',
    );
  }
  // Who holds it stands where they stood: nobody gets onto another side by a change of a role.
  if (keeps && [...sides].some((s) => s !== keeps))
    throw new Refusal('role.side', 'A role keeps its side. Make another role for another duty.');
  return keeps ?? side;
}

/** Makes an own role, or changes it. Returns its code. */
export async function saveRole(
  { newId }: IdentityDeps,
  tx: Tx,
  archiveId: string,
  wanted: SaveRole,
): Promise<string> {
  const { names, capabilities } = wanted;
  if (wanted.code) {
    const role = await roleToChange(tx, archiveId, wanted.code, wanted.version);
    checkCapabilities(capabilities, role.side);
    await updateRole(tx, { code: role.code, names, capabilities });
    return role.code;
  }
  const side = checkCapabilities(capabilities);
  const code = `own-${newId().slice(-6)}${randomBytes(3).toString('hex')}`;
  await insertRole(tx, { code, archiveId, side, names, capabilities });
  return code;
}

export async function retire(
  deps: IdentityDeps,
  tx: Tx,
  archiveId: string,
  wanted: RetireRole,
): Promise<void> {
  const role = await roleToChange(tx, archiveId, wanted.code, wanted.version);
  await retireRole(tx, role.code, deps.clock.now());
}
