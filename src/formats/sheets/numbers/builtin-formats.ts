import { getFormatFromId } from 'numfmt';

export type FormatLocale = 'zh-CN' | 'zh-TW' | 'en-US';

/**
 * Formats that workbooks made in East Asian editions refer to by number alone (ECMA-376-1 section 18.8.30).
 * Nothing in the file says which edition that was, so the caller does.
 */
const CHINA: Readonly<Record<number, string>> = {
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: '上午/下午h"时"mm"分"',
  35: '上午/下午h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  55: '上午/下午h"时"mm"分"',
  56: '上午/下午h"时"mm"分"ss"秒"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

const TAIWAN: Readonly<Record<number, string>> = {
  27: '[$-404]e/m/d',
  28: '[$-404]e"年"m"月"d"日"',
  29: '[$-404]e"年"m"月"d"日"',
  30: 'm/d/yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'hh"時"mm"分"',
  33: 'hh"時"mm"分"ss"秒"',
  34: '上午/下午hh"時"mm"分"',
  35: '上午/下午hh"時"mm"分"ss"秒"',
  36: '[$-404]e/m/d',
  50: '[$-404]e/m/d',
  51: '[$-404]e"年"m"月"d"日"',
  52: '上午/下午hh"時"mm"分"',
  53: '上午/下午hh"時"mm"分"ss"秒"',
  54: '[$-404]e"年"m"月"d"日"',
  55: '上午/下午hh"時"mm"分"',
  56: '上午/下午hh"時"mm"分"ss"秒"',
  57: '[$-404]e/m/d',
  58: '[$-404]e"年"m"月"d"日"',
};

/** The format code behind a number that the file itself does not explain. */
export function builtinFormat(id: number, locale: FormatLocale): string {
  if (!(id > 0 && id < 59)) return 'General';
  const eastAsian = locale === 'zh-CN' ? CHINA[id] : locale === 'zh-TW' ? TAIWAN[id] : undefined;
  return eastAsian ?? getFormatFromId(id, locale) ?? 'General';
}
