import { KEPT_MARK, REJECT_MARK } from './normalise.ts';
import { guessHeading } from './recognise.ts';

/** Before the heading of a free element, where all elements of an entry stand in one list. */
export const EXTRA_ELEMENT = 'extra:';
/** Before the key of an element that an archive added itself. */
const OWN_FIELD = 'own:';

/** A heading under which a free element goes out, so that it comes in again under its own and is taken for no field. */
export function keptHeading(name: string): string {
  const plain =
    guessHeading(name).length === 0 &&
    name.trim() === name &&
    name !== '' &&
    !name.endsWith(KEPT_MARK) &&
    !name.endsWith(REJECT_MARK) &&
    !name.startsWith(OWN_FIELD) &&
    continues(name) === undefined;
  return plain ? name : markedHeading(name);
}

export const markedHeading = (name: string): string => `${name} ${KEPT_MARK}`;

/** The name under the mark; undefined where a heading does not bear it. */
export function nameOfKept(heading: string): string | undefined {
  return heading.endsWith(` ${KEPT_MARK}`) ? heading.slice(0, -KEPT_MARK.length - 1) : undefined;
}

const CONTINUED = /^(.*) \(=(\d{1,3})\)$/s;

/** The heading of a column that goes on with what a cell of another could not hold. @param nth from 2 on */
export function continuedHeading(heading: string, nth: number): string {
  return `${heading} (=${nth})`;
}

/** The heading that a column goes on with; undefined where it stands for itself. */
export function continues(heading: string): { heading: string; nth: number } | undefined {
  const [, of, nth] = CONTINUED.exec(heading) ?? [];
  return of === undefined || Number(nth) < 2 ? undefined : { heading: of, nth: Number(nth) };
}
