const DIGITS: Readonly<Record<string, number>> = {
  〇: 0, 零: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 元: 1,
}; // biome-ignore format: one row of numerals reads better than twelve lines

/** 二十三 → 23, 廿一 → 21, 一九八四 → 1984; both ways of writing numbers in dates. */
export function chineseNumber(s: string): number {
  const spelt = s.replace('廿', '二十').replace('卅', '三十');
  const ten = spelt.indexOf('十');
  if (ten < 0) return Number([...spelt].map((c) => DIGITS[c]).join(''));
  const digit = (part: string, whenEmpty: number) => (part === '' ? whenEmpty : (DIGITS[part] ?? Number.NaN));
  return digit(spelt.slice(0, ten), 1) * 10 + digit(spelt.slice(ten + 1), 0);
}

/** Reign and lunar reckonings whose days can not be turned into Gregorian ones by arithmetic. */
const OTHER_CALENDAR =
  /公元前|農曆|农历|陰曆|阴历|舊曆|旧历|洪武|建文|永樂|永乐|洪熙|宣德|正統|正统|景泰|天順|天顺|成化|弘治|正德|嘉靖|隆慶|隆庆|萬曆|万历|泰昌|天啟|天启|崇禎|崇祯|順治|顺治|康熙|雍正|乾隆|嘉慶|嘉庆|道光|咸豐|咸丰|同治|光緒|光绪|宣統|宣统|康德|明治|大正|昭和/;

export function namesOtherCalendar(text: string): boolean {
  return OTHER_CALENDAR.test(text);
}

const PARTS_OF_A_DECADE: Readonly<Record<string, string>> = { 初: 'early', 早: 'early', 中: 'mid', 末: 'late', 后: 'late', 後: 'late' }; // biome-ignore format: one row

/** `20世纪50年代初` → `early 1950s`, `1950年代` → `1950s`, `20世纪` → `20th century`. */
function decades(text: string): string {
  if (!/世|年代/.test(text)) return text;
  return text
    .replace(/(\d{1,2})世[纪紀](\d)0年代/g, (_, c: string, d: string) => `${Number(c) - 1}${d}0s`)
    .replace(/(\d{3}0)年代/g, '$1s')
    .replace(/(\d{1,2})世[纪紀]/g, '$1th century')
    .replace(
      /(\d{3}0s)(?:([初末])|([早中后後])期)/g,
      (_, d: string, a?: string, b?: string) => `${PARTS_OF_A_DECADE[a ?? b ?? '']} ${d}`,
    );
}

/** English ways of typing: `9 Dec.1886`, `17,18 May`, `1980's`, `circa, 1990`, `1890s, approximately`. */
function english(text: string): string {
  if (!/[a-z,]/i.test(text)) return text;
  return text
    .replace(/([a-z])\.(?=\d)/gi, '$1. ')
    .replace(/,(?=\d)/g, ', ')
    .replace(/(\d{3}0) s\b/g, '$1s')
    .replace(/^(circa|ca\.?|c\.?),\s*(?=\d)/i, '$1 ')
    .replace(/^(\d.*?),?\s*\b(?:approx\.?|approximately)$/i, 'circa $1')
    .replace(/(?<=[a-z\d)\]])\.$/i, '');
}

/**
 * Brings the ways of typing a date to one alphabet, without deciding what it means: half width, one dash (`-`), one
 * kind of bracket, Chinese numerals and 民国 years as Gregorian numbers, 年月日 as dots (`2003年5月` → `2003.5`); a month
 * that stands without year and day keeps a mark (`6月` → `6m`).
 */
export function normaliseDateText(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212\u2500\u30fc]/g, '-')
    .replace(/[〔【﹝]/g, '[')
    .replace(/[〕】﹞]/g, ']')
    .replace(/[“”"‘’']/g, '')
    .replace(/[\u301c\uff5e∼]/g, '~')
    .replace(/[。、,，;；\s]+$/u, '')
    .replace(/([〇零一二三四五六七八九十元廿卅]+)(?=\s*[年月日号號世])/g, (_, n: string) =>
      String(chineseNumber(n)),
    )
    .replace(/(?:中[华華])?民[国國]\s*(\d{1,3})\s*年/g, (_, n: string) => `${1911 + Number(n)}年`);
  // Between numbers alone `、` stands for a point; where 年月日 are written it makes a list.
  const between = /[年月日号號]/.test(plain) ? ',' : '.';
  const dotted = decades(plain)
    .replace(/公元/g, '')
    .replace(/(?<=^|[-~/至到,、\s])(\d{1,2})\s*月(?=\s*(?:$|[-~/至到,、\]]))/g, '$1m')
    .replace(/\s*[年月]\s*/g, '.')
    .replace(/\s*[日号號]/g, '')
    .replace(/\.(?=\s*(?:$|[-~/至到\]?,、]))/g, '')
    .replace(/、/g, between);
  return english(dotted).replace(/\s+/g, ' ').trim();
}
