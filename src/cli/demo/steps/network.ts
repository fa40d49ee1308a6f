import { isRefusal } from '#kernel/errors';
import { ROLES } from '#modules/identity';
import type { CliHouse } from '../../house.ts';
import { ACCOUNTS, COUNTY, PASSWORD } from '../network/accounts.ts';
import { agenciesOf } from '../network/agencies.ts';
import { ARCHIVES } from '../network/archives.ts';

/** Founds the archives, from the province down, with their agencies and fonds. What is there already stays. */
export async function foundNetwork({ holdings, actor }: CliHouse): Promise<void> {
  for (const a of ARCHIVES) {
    const there = await holdings.archives();
    const ids = new Map(there.map((x) => [x.code, x.id]));
    const { code, name, nameHant, nameEn, level } = a;
    const parentId = a.parent === null ? null : ids.get(a.parent)!;
    const archiveId =
      ids.get(code) ?? (await holdings.addArchive(actor, { parentId, code, name, nameHant, nameEn, level }));
    await addAgencies(holdings, actor, archiveId, agenciesOf(a));
  }
}

async function addAgencies(
  holdings: CliHouse['holdings'],
  actor: CliHouse['actor'],
  archiveId: string,
  agencies: ReturnType<typeof agenciesOf>,
): Promise<void> {
  const known = new Map((await holdings.agencies(actor, archiveId)).map((g) => [g.code, g.id]));
  const fonds = await holdings.fondsList(actor, { archiveId, limit: 100 });
  const numbers = new Set(fonds.items.map((f) => f.number));
  for (const g of agencies) {
    const agencyId =
      known.get(g.code) ?? (await holdings.addAgency(actor, { archiveId, code: g.code, name: g.name }));
    if (numbers.has(g.fonds)) continue;
    const { name, dates, history } = g;
    await holdings.addFonds(actor, { archiveId, agencyId, number: g.fonds, name, dates, history });
  }
}

/** A post in an agency of an archive for each of an agency's roles. What is there already stays. @returns ids by role */
async function agencyPosts(
  { identity, holdings, actor }: CliHouse,
  archiveId: string,
): Promise<ReadonlyMap<string, string>> {
  const { units, posts } = await identity.organisations(actor, archiveId);
  const agency = (await holdings.agencies(actor, archiveId))[0]!;
  const place =
    units.find((u) => u.agencyId === agency.id) ??
    (await identity.saveOrganisation(actor, {
      archiveId,
      parentId: null,
      kind: 'agency',
      name: agency.name,
      agencyId: agency.id,
    }));
  const made = new Map<string, string>();
  for (const role of ['agency-clerk', 'agency-officer', 'agency-head'] as const) {
    const name = `${agency.name} · ${ROLES[role].names['zh-CN']}`;
    const post =
      posts.find((p) => p.name === name) ??
      (await identity.addPost(actor, { archiveId, organisationId: place.id, name, roles: [role] }));
    made.set(role, post.id);
  }
  return made;
}

/** Adds the sample accounts. What is there already stays, with the password it was given since. */
export async function addAccounts(house: CliHouse): Promise<void> {
  const { identity, holdings, actor } = house;
  const county = await holdings.archiveByCode(COUNTY);
  const posts = await agencyPosts(house, county.id);
  await Promise.all(
    ACCOUNTS.map(async ({ username, displayName, archive, roles, subtree }) => {
      const { id: archiveId } = await holdings.archiveByCode(archive);
      const memberships = roles.map((role) => ({
        archiveId,
        role,
        subtree,
        postId: posts.get(role) ?? null,
      }));
      try {
        await identity.addPerson(actor, { username, displayName, password: PASSWORD, memberships });
      } catch (e) {
        if (!isRefusal(e) || e.code !== 'person.duplicate') throw e;
      }
    }),
  );
}
