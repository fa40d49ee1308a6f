import { digitsOfNumerals, inTens } from './numerals.ts';

/**
 * Years as counted by reigns and by the Republic: name, as folded, and the year of which its first is. A reign's year begins with the
 * lunar new year; it is taken for the year in which it begins, as archives' tables of years do.
 */
const ERAS: readonly [name: string, first: number, last: number][] = [
  ['洪武', 1368, 1398],
  ['建文', 1399, 1402],
  ['永乐', 1403, 1424],
  ['洪熙', 1425, 1425],
  ['宣德', 1426, 1435],
  ['正统', 1436, 1449],
  ['景泰', 1450, 1456],
  ['天顺', 1457, 1464],
  ['成化', 1465, 1487],
  ['弘治', 1488, 1505],
  ['正德', 1506, 1521],
  ['嘉靖', 1522, 1566],
  ['隆庆', 1567, 1572],
  ['万历', 1573, 1620],
  ['天启', 1621, 1627],
  ['崇祯', 1628, 1644],
  ['顺治', 1644, 1661],
  ['康熙', 1662, 1722],
  ['雍正', 1723, 1735],
  ['乾隆', 1736, 1795],
  ['嘉庆', 1796, 1820],
  ['道光', 1821, 1850],
  ['咸丰', 1851, 1861],
  ['同治', 1862, 1874],
  ['光绪', 1875, 1908],
  ['宣统', 1909, 1911],
  ['民国', 1912, 1949],
  ['大同', 1932, 1933],
  ['康德', 1934, 1945],
  ['明治', 1868, 1911],
  ['大正', 1912, 1925],
  ['昭和', 1926, 1945],
];
/** The Republic counts on in Taiwan; other reigns end. */
const GOES_ON = '民国';

const NAMES = new Map(ERAS.map(([name, first, last]) => [name, { first, last }]));
const COUNTED = new RegExp(
  `(?:中华)?(${ERAS.map(([name]) => name).join('|')})(元|\\d{1,3}|[〇一二三四五六七八九十百]+)年`,
  'u',
);

/** A folded text that counts a year by a reign: the year, and where it stands in the text. */
export function eraYear(
  folded: string,
): { year: number; start: number; end: number; republic: boolean } | null {
  const match = COUNTED.exec(folded);
  if (!match) return null;
  const [whole, name, count] = match as unknown as [string, string, string];
  const nth = Number(/^\d/.test(count) ? count : digitsOfNumerals(count));
  const { first, last } = NAMES.get(name)!;
  const year = first + nth - 1;
  if (!(nth >= 1) || (year > last && name !== GOES_ON) || year > 2100) return null;
  return { year, start: match.index, end: match.index + whole.length, republic: name === GOES_ON };
}

/** The ways reigns and the Republic write a year, as they stand in folded text: 光绪34年, 光绪三十四年. */
export function eraSpellings(year: number): string[] {
  return ERAS.filter(([name, first, last]) => year >= first && year <= last && !FOREIGN.has(name)).flatMap(
    ([name, first]) => {
      const nth = year - first + 1;
      return nth === 1 ? [`${name}元年`, `${name}1年`] : [`${name}${nth}年`, `${name}${inTens(nth)}年`];
    },
  );
}

/** Read where they are typed, not sought by the year: hardly any record has them. */
const FOREIGN = new Set(['大同', '康德', '明治', '大正', '昭和']);
