import { fold } from '../../folding/fold.ts';
import { DATE_MARK } from '../../writing/lexemes.ts';
import { digitsOf, readTypedDate, spellingsOf } from './dates.ts';
import { eraSpellings, eraYear } from './eras.ts';
import { withDigits, withNumerals } from './numerals.ts';

/** How else a word may stand in a text. */
export interface Forms {
  /** As folded; the first is the word as typed. */
  folded: string[];
  /** Where the word is a day, month or year: how the line of days of a description begins with it. */
  dates: string[];
  /** Whether the word is nothing but a year that counts something (1958年): its number alone is not it. */
  year: string | null;
}

const GREGORIAN = /(?<!\d)(1[3-9]\d\d|20\d\d)年/u;
const YEAR_ALONE = /^\d{4}年$/;
const BARE_YEAR = /^(1[3-9]\d\d|20\d\d)$/;

/**
 * The forms of a word: numbers in digits and in Chinese numerals, years by the calendar, by reigns and by the Republic, days in all
 * their writings.
 */
export function formsOf(text: string): Forms {
  const folded = fold(text);
  if (folded === '') return { folded: [], dates: [], year: null };
  const forms = new Set([folded]);
  const dates: string[] = [];
  const inDigits = withDigits(folded);
  const date = readTypedDate(text) ?? readTypedDate(datePart(inDigits));
  if (date) {
    forms.add(digitsOf(date));
    for (const spelling of spellingsOf(date)) forms.add(fold(spelling));
    dates.push(digitsOf(date));
  }
  forms.add(inDigits);
  const era = eraYear(folded);
  // By the moon, months and days of a reign are others.
  const gregorian =
    era && (era.republic || era.end === folded.length)
      ? `${folded.slice(0, era.start)}${era.year}年${withDigits(folded.slice(era.end))}`
      : inDigits;
  forms.add(gregorian);
  if (!date) forms.add(withNumerals(gregorian));
  const stated = GREGORIAN.exec(gregorian);
  if (stated && !date) {
    const monthFollows = /^\d{1,2}月/.test(gregorian.slice(stated.index + 5));
    for (const spelling of monthFollows ? [] : eraSpellings(Number(stated[1])))
      forms.add(gregorian.slice(0, stated.index) + spelling + gregorian.slice(stated.index + 5));
  }
  const bare = BARE_YEAR.test(folded);
  const year = YEAR_ALONE.test(gregorian) ? gregorian.slice(0, 4) : null;
  if (year) dates.push(year);
  if (bare) for (const spelling of eraSpellings(Number(folded))) forms.add(spelling);
  return { folded: [...forms].slice(0, MOST), dates, year };
}

/** Of more forms the index would be asked for longer than they are worth. */
const MOST = 10;

/** 民国三十八年五月 counts its months as the calendar does. */
function datePart(inDigits: string): string {
  const era = eraYear(inDigits);
  return era?.republic && era.start === 0 ? `${era.year}年${inDigits.slice(era.end)}` : inDigits;
}

/** How a date stands in the line of days of a description, as a pattern. */
export const datePattern = (digits: string): string => `%${DATE_MARK}${digits}%`;
