/** How finely a date is given (OAI-PMH 2.0, section 3.3). */
export type Granularity = 'day' | 'second';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** How finely a date of a request is given; undefined where it is no date of the protocol, or a day that does not exist. */
export function granularityOf(text: string): Granularity | undefined {
  const granularity = DAY.test(text) ? 'day' : SECOND.test(text) ? 'second' : undefined;
  if (!granularity) return undefined;
  const at = new Date(granularity === 'day' ? `${text}T00:00:00Z` : text);
  // Of the thirtieth of February JavaScript makes the second of March.
  if (Number.isNaN(at.getTime()) || !utcSeconds(at).startsWith(text)) return undefined;
  // The year 0000 is none, and databases have none either.
  return text.startsWith('0000') ? undefined : granularity;
}

/** A moment as the protocol writes it, in UTC to the second. */
export function utcSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** The first second of `from`, as the protocol writes it. */
export function firstSecond(from: string): string {
  return from.includes('T') ? from : `${from}T00:00:00Z`;
}

/** The last second of `until`, which is inclusive. */
export function lastSecond(until: string): string {
  return until.includes('T') ? until : `${until}T23:59:59Z`;
}
