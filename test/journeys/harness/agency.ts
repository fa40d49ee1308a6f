import { expect } from 'vitest';
import { apiOf } from './api.ts';
import { foundByApi } from './founding.ts';
import type { House } from './house.ts';
import { addPerson, FIRST, type Person } from './people.ts';
import { archiveId } from './stock.ts';

/** Somebody without a role of their own, who gets one by a post in an agency. */
export const person = (username: string, name: string, role: string): Person => ({
  username,
  name,
  password: 'liu-lin-zhen-fang-hong-di',
  roles: [role],
});

/** Those of the agency. */
export const CLERK = person('jingban', '麦小穗', 'volunteer');
export const OFFICER = person('zhuguan', '蓝文书', 'volunteer');
/** Those of the archive, beside its head. */
export const SUPERVISOR = person('jiandu', '严子良', 'supervision');
export const RECEIVING = person('jieshou', '秦远行', 'receiving');
export const ARCHIVIST = person('danganyuan', '沈清如', 'archivist');
export const SECURITY = person('anquan', '卞守密', 'security-administrator');

/** The agency of these journeys, which is also the number of its fonds. */
export const AGENCY = { code: 'J012', name: '石桥县民政局' };

async function made(answer: Promise<Response>): Promise<{ id: string }> {
  const one = await answer;
  expect(one.status, await one.clone().text()).toBe(201);
  return one.json() as Promise<{ id: string }>;
}

/**
 * A house whose archive has an agency with its fonds, and the clerk and the officer in their posts there, each asked for by
 * the security administrator and agreed to by the head.
 *
 * @param others who works in the archive, beside the head, the archivist and the security administrator
 */
export async function foundWithAgency(house: House, others: readonly Person[] = []): Promise<void> {
  await foundByApi(house);
  for (const one of [CLERK, OFFICER, ARCHIVIST, SECURITY, ...others]) await addPerson(house, one);
  const archivist = await apiOf(house.url, ARCHIVIST);
  const security = await apiOf(house.url, SECURITY);
  const head = await apiOf(house.url, FIRST);
  const id = await archiveId(archivist);
  const agency = await made(archivist.post(`/api/v1/archives/${id}/agencies`, AGENCY));
  await made(
    archivist.post(`/api/v1/archives/${id}/fonds`, {
      number: AGENCY.code,
      name: AGENCY.name,
      agencyId: agency.id,
    }),
  );
  const place = await made(
    security.post('/api/v1/organisations', {
      archiveId: id,
      parentId: null,
      kind: 'agency',
      name: AGENCY.name,
      agencyId: agency.id,
    }),
  );
  const { items } = await security.read<{ items: { id: string; username: string }[] }>('/api/v1/people');
  const seats = [
    [CLERK, 'agency-clerk'],
    [OFFICER, 'agency-officer'],
  ] as const;
  for (const [who, role] of seats) {
    const post = await made(
      security.post('/api/v1/posts', {
        archiveId: id,
        organisationId: place.id,
        name: who.name,
        roles: [role],
      }),
    );
    const wanted = {
      kind: 'post',
      personId: items.find((p) => p.username === who.username)?.id,
      postId: post.id,
    };
    const change = await made(
      security.post('/api/v1/rights-changes', { archiveId: id, wanted, reason: '到任' }),
    );
    const agreed = await head.post(`/api/v1/rights-changes/${change.id}/approve`, {});
    expect(agreed.status, await agreed.clone().text()).toBe(200);
  }
}
