import { oneOf } from '../../api/requests.ts';
import type { ViewState } from '../../lib/url-state.ts';
import type { EntryQuery } from './queries.ts';

export const VIEW_KEYS = [
  'archive',
  'person',
  'thing',
  'act',
  'from',
  'to',
  'result',
  'cursor',
  'row',
] as const;
export type View = ViewState<(typeof VIEW_KEYS)[number]>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Midnight of a day on this machine's clock, some days later. */
function midnight(day: string | undefined, later = 0): string | undefined {
  if (!day || !DAY.test(day)) return undefined;
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** The question in the address as the server takes it. Days are whole days, the last one included. */
export function entryQuery(view: View, archiveId: string | undefined): EntryQuery {
  const from = midnight(view.from);
  const to = midnight(view.to, 1);
  const result = oneOf(['done', 'refused', 'failed'], view.result);
  return {
    ...(archiveId && { archive: archiveId }),
    ...(view.person && { person: view.person }),
    ...(view.thing && { thing: view.thing }),
    ...(view.act && { act: view.act }),
    ...(from && { from }),
    ...(to && { to }),
    ...(result && { result }),
  };
}

/** A sentence's pattern without its slots: what an act is called where it is chosen. */
export function actName(pattern: string): string {
  return pattern
    .replace(/\{\w+\}/g, ' … ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s…]+|[\s…]+$/g, '')
    .trim();
}
