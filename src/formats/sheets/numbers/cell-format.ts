import { format, getFormatDateInfo, isDateFormat, isTextFormat } from 'numfmt';
import { chineseDate } from './chinese-digits.ts';
import { generalNumber, generalText } from './general.ts';
import { DAYS_1904, isoFromSerial, type ShownParts } from './serial-dates.ts';

/** How the cells of one style show what they hold. */
export interface CellFormat {
  /** Shows the stored text as it is, so the caller may take a shorter way. */
  general: boolean;
  /** The shown text of a stored number; what would show as nothing shows as General, so that nothing is lost. */
  number(stored: string): string;
  /** The ISO date of a stored number, where the format shows a date. */
  date?(stored: string): string | undefined;
  /** The shown text of a text cell, where the format adds something to it. */
  text?(text: string): string;
}

const OPTIONS = { locale: 'en-US', dateSpanLarge: false, dateErrorNumber: true } as const;
const REMEMBERED = 20_000;

export const GENERAL: CellFormat = { general: true, number: generalText };

/** Which parts of a date the format shows; undefined for numbers, and for times and durations without a date. */
function shownParts(code: string): ShownParts | undefined {
  if (!isDateFormat(code)) return undefined;
  const { year, month, day, hours, minutes, seconds } = getFormatDateInfo(code);
  const time = hours || minutes || seconds;
  // An "m" beside hours or seconds is minutes.
  const monthShown = month && (year || day || !time);
  if (!year && !day && !monthShown) return undefined;
  return { year, month: monthShown, day, time };
}

/**
 * What Excel does and the formatting library does not: Chinese weekdays and half-days for these codes whatever
 * the locale tag says, and a currency tag that names the currency without changing the decimal point.
 */
function adapted(source: string): string {
  const code = source.replace(/\[\$([^\]-]+)(?:-[0-9a-f]+)?\]/gi, '"$1"');
  const halfDays = code.replaceAll('上午/下午', 'AM/PM');
  const chinese = halfDays !== code || /aaa/i.test(code);
  return chinese && !halfDays.includes('[$-') ? `[$-804]${halfDays}` : halfDays;
}

/** Compiles a number format code. An unreadable code shows numbers as General. */
export function cellFormat(source: string, date1904: boolean): CellFormat {
  const plain = source.trim();
  if (plain === '' || plain === '@' || /^general$/i.test(plain)) return GENERAL;
  const zeros = /^0+$/.exec(plain);
  if (zeros) return leadingZeros(plain.length);
  let code = adapted(plain);
  let parts: ShownParts | undefined;
  try {
    format(code, 1, OPTIONS);
    parts = shownParts(code);
  } catch {
    return GENERAL;
  }
  const spelled = /\[DBNum([12])\]/i.exec(code);
  if (spelled) code = code.replaceAll(/\[DBNum[12]\]/gi, '');
  const shift = date1904 && isDateFormat(code) ? DAYS_1904 : 0;
  const show = (value: number): string => {
    const text = format(code, value + shift, OPTIONS).trim();
    if (text === '' || text.startsWith('####')) return generalNumber(value);
    return spelled && parts ? chineseDate(text, spelled[1] === '2') : text;
  };
  const compiled: CellFormat = { general: false, number: remembering(show, (stored) => stored) };
  if (parts) {
    const shown = parts;
    compiled.date = remembering(
      (value) => isoFromSerial(value + shift, shown),
      () => undefined,
    );
  }
  if (hasTextSection(code)) compiled.text = (text) => format(code, text, OPTIONS).trim() || text;
  return compiled;
}

/** `"第"@"号"` or a fourth section that is more than a plain @. */
function hasTextSection(code: string): boolean {
  if (!code.includes('@')) return false;
  if (isTextFormat(code)) return true;
  const section = code.split(';').at(-1)!;
  return section.replace(/\[[^\]]*\]|_.|\*./g, '').trim() !== '@' && section.includes('@');
}

/** 0000: the commonest format of numbers that are names, and numbers that are names do not repeat. */
function leadingZeros(width: number): CellFormat {
  return {
    general: false,
    number(stored) {
      const value = Number(stored);
      if (stored.trim() === '' || Number.isNaN(value)) return stored;
      const rounded = Math.round(Math.abs(value));
      if (rounded >= 1e15) return generalText(stored);
      return (value < 0 && rounded > 0 ? '-' : '') + String(rounded).padStart(width, '0');
    },
  };
}

/** Formatting costs some microseconds, and dates and amounts repeat from row to row. */
function remembering<T>(show: (value: number) => T, otherwise: (stored: string) => T): (stored: string) => T {
  const known = new Map<string, T>();
  return (stored) => {
    const hit = known.get(stored);
    if (hit !== undefined) return hit;
    const value = Number(stored);
    const shown = stored.trim() === '' || Number.isNaN(value) ? otherwise(stored) : show(value);
    if (known.size >= REMEMBERED) known.clear();
    known.set(stored, shown);
    return shown;
  };
}
