import { expect } from 'vitest';
import { apiOf, type Login } from './api.ts';
import type { House } from './house.ts';
import { FIRST, type Person } from './people.ts';
import { archiveId } from './stock.ts';

/** Somebody without a role of their own, who gets one by a post in an agency. */
export const person = (username: string, name: string, role: string): Person => ({
  username,
  name,
  password: 'liu-lin-zhen-fang-hong-di',
  roles: [role],
});

/** The agency of these journeys, which is also the number of its fonds. */
export const AGENCY = { code: 'J012', name: '石桥县民政局' };

async function made(answer: Promise<Response>): Promise<{ id: string }> {
  const one = await answer;
  expect(one.status, await one.clone().text()).toBe(201);
  return one.json() as Promise<{ id: string }>;
}

/**
 * An agency with its fonds, and people in posts there, each asked for by the security administrator and agreed to by the head.
 *
 * @param by an archivist and the security administrator, who are there already
 */
export async function addAgency(
  house: House,
  by: { archivist: Login; security: Login },
  people: readonly (readonly [Person, 'agency-clerk' | 'agency-officer' | 'agency-head'])[],
): Promise<void> {
  const archivist = await apiOf(house.url, by.archivist);
  const security = await apiOf(house.url, by.security);
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
  for (const [who, role] of people) {
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
