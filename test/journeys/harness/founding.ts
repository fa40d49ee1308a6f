import { expect } from 'vitest';
import { type Api, apiOf } from './api.ts';
import type { House } from './house.ts';
import { ADMINISTRATORS, ARCHIVE, FIRST } from './people.ts';

/**
 * Answers the first start's questions without its page, for journeys that are about something else.
 *
 * @returns the API as nobody
 */
export async function foundByApi(house: House, archive = ARCHIVE): Promise<Api> {
  const api = await apiOf(house.url);
  const person = ({ username, name }: { username: string; name: string }) => ({
    username,
    displayName: name,
  });
  const answer = await api.post('/api/v1/setup', {
    token: new URL(house.setupUrl).hash.slice(1),
    head: { ...person(FIRST), password: FIRST.password },
    archive,
    administrators: {
      administrator: person(ADMINISTRATORS.administrator),
      'security-administrator': person(ADMINISTRATORS['security-administrator']),
      auditor: person(ADMINISTRATORS.auditor),
    },
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return api;
}
