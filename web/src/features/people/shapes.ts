import type { paths } from '../../api/schema.generated.ts';
import type { Language } from '../../api/shapes.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer A } } } };
}
  ? A
  : never;

export type Person = Answer<'/people'>['items'][number];
export type Membership = Person['memberships'][number];
export type Role = Answer<'/roles'>['items'][number];
export type RightsChange = Answer<'/rights-changes'>['items'][number];
export type Wanted = RightsChange['wanted'];
export type Organisation = Answer<'/organisations'>;
export type Unit = Organisation['units'][number];
export type Delegation = Answer<'/delegations'>['items'][number];
export type Names = Role['names'];

/** Whether a role is held at this moment, will be, or was. */
export function tenseOf(m: Pick<Membership, 'from' | 'until'>, now: Date): 'now' | 'later' | 'over' {
  if (m.until && new Date(m.until) <= now) return 'over';
  return new Date(m.from) > now ? 'later' : 'now';
}

export function nameOf(names: Names | undefined, language: Language, code: string): string {
  return names?.[language] || code;
}

/** A day of the calendar as the start of that day here, for the server. */
export function startOfDay(day: string): string {
  return new Date(`${day}T00:00:00`).toISOString();
}
/** The end of a last day: the start of the next one. */
export function endOfDay(day: string): string {
  const d = new Date(`${day}T00:00:00`);
  d.setDate(d.getDate() + 1);
  return d.toISOString();
}
/** The last day of a time that ends at a moment. */
export function lastDay(until: string): string {
  return new Date(new Date(until).getTime() - 1).toISOString();
}
