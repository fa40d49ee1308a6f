/** Years after which an agency is reminded to look through its schedule again. */
export const REVIEW_YEARS = 5;

/** The day a schedule in force should be looked through again, `YYYY-MM-DD`. */
export function reviewDay(inForceFrom: string): string {
  const year = Number(inForceFrom.slice(0, 4)) + REVIEW_YEARS;
  const rest = inForceFrom.slice(4);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${String(year).padStart(4, '0')}${rest === '-02-29' && !leap ? '-02-28' : rest}`;
}

/** Whether that day has come. @param today `YYYY-MM-DD` */
export function isReviewDue(inForceFrom: string, today: string): boolean {
  return reviewDay(inForceFrom) <= today;
}

/** The last day to file a year: the end of June of the year after (standards reference 1.8). */
export function filingDay(year: number): string {
  return `${String(year + 1).padStart(4, '0')}-06-30`;
}
