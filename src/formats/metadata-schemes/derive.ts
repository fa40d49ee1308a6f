import type { MetadataRecord } from './types.ts';

/** What a template may speak of. */
export interface DeriveFrom {
  /** Values of the entry by key. */
  readonly record: MetadataRecord;
  /** What its reference code says, by slot. */
  readonly slots: Readonly<Record<string, string>>;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string | null;
  readonly to: string | null;
  /** Values of the entry above, or of the fonds where there is none. */
  readonly above: MetadataRecord;
}

const PART = /\{([^{}]*)\}/g;
const NAME =
  /^(?:code\.[a-z0-9]{1,20}|date\.(?:year|month|day|endYear)|above\.(?:own:)?[a-zA-Z0-9]{1,40}|(?:own:)?[a-zA-Z0-9]{1,40})$/;

/** The parts a template speaks of that can not be; none where it may be used. */
export function templateFaults(template: string): string[] {
  if (template.length > 200) return [`${template.slice(0, 20)}…`];
  const wrong = [...template.matchAll(PART)].map((m) => m[1] ?? '').filter((name) => !NAME.test(name));
  return /[{}]/.test(template.replace(PART, '')) ? [...wrong, template] : wrong;
}

/** The keys of the entry's own elements a template speaks of. */
export const templateKeys = (template: string): string[] =>
  [...template.matchAll(PART)].map((m) => m[1] ?? '').filter((n) => !/^(?:code|date|above)\./.test(n));

/**
 * What a template gives: its words, with `{code.volume}` (a slot of the reference code), `{date.year}`, `{above.title}` and
 * `{creator}` in their places. Nothing where one of them has no value: half a value would be a wrong one.
 */
export function derived(template: string, from: DeriveFrom): string | null {
  let lacking = false;
  const made = template.replace(PART, (_, name: string) => {
    const value = partOf(name, from);
    if (value === '') lacking = true;
    return value;
  });
  return lacking || made.trim() === '' ? null : made.trim();
}

function partOf(name: string, { record, slots, from, to, above }: DeriveFrom): string {
  const [kind = '', rest = ''] = name.split('.');
  if (kind === 'code') return slots[rest] ?? '';
  if (kind === 'above') return String(above[rest] ?? '').trim();
  if (kind === 'date') {
    if (rest === 'endYear') return to?.slice(0, 4) ?? '';
    // A month or a day is known only where the date is of one.
    if (rest === 'year') return from?.slice(0, 4) ?? '';
    if (rest === 'month') return from && to && from.slice(0, 7) === to.slice(0, 7) ? from.slice(5, 7) : '';
    return from !== null && from === to ? from.slice(8, 10) : '';
  }
  return String(record[name] ?? '').trim();
}
