/** Which parts of a date a number format shows. */
export interface ShownParts {
  year: boolean;
  month: boolean;
  day: boolean;
  time: boolean;
}

const DAY_MS = 86_400_000;
/** The last day Excel knows, 9999-12-31. */
const LAST_DAY = 2_958_465;

/**
 * A serial date of the 1900 system as ISO text, no more exact than what the format shows. Excel counts a day
 * that never was, 29 February 1900 (serial 60), and so do we, because it is what the author of the sheet saw.
 *
 * @returns undefined for what is no date: a bare time (below 1), or beyond the years 1900 to 9999
 */
export function isoFromSerial(serial: number, shown: ShownParts): string | undefined {
  if (!(serial >= 1)) return undefined;
  const seconds = shown.time ? Math.round(serial * 86_400) : Math.floor(serial + 1e-9) * 86_400;
  const day = Math.floor(seconds / 86_400);
  if (day > LAST_DAY) return undefined;
  const date = isoDay(day);
  if (shown.year && !shown.month && !shown.day && !shown.time) return date.slice(0, 4);
  if (shown.year && shown.month && !shown.day && !shown.time) return date.slice(0, 7);
  const rest = seconds - day * 86_400;
  return rest === 0 ? date : `${date}T${new Date(rest * 1000).toISOString().slice(11, 19)}`;
}

function isoDay(day: number): string {
  if (day === 60) return '1900-02-29';
  const epoch = day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  return new Date(epoch + day * DAY_MS).toISOString().slice(0, 10);
}

/** Days between the epochs of the 1904 and the 1900 system. */
export const DAYS_1904 = 1462;

/** The 1900-system serial of an ISO date or date-time (cells of type "d"); undefined if the text is none. */
export function serialFromIso(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?Z?)?$/.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hours = '0', minutes = '0', seconds = '0'] = match;
  const days =
    Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS - Date.UTC(1899, 11, 30) / DAY_MS;
  const time = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) / 86_400;
  return (days < 61 ? days - 1 : days) + time;
}
