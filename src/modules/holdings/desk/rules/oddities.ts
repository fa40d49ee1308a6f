import { parseReferenceCode, readRetention } from '#formats/reference-codes';
import { parseArchivalDate } from '#kernel/dates';
import type { OddRule } from '#kernel/oddRules';
import { parseDocNumber } from './docNumber.ts';
import { datesInTitle, ownYearOf } from './titleDates.ts';

/** What of an entry the rules look at. */
export interface Looked {
  level: string;
  title: string;
  docNo: string | null;
  /** As written, and its first and last day. */
  date: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  year: number | null;
  retention: string | null;
  referenceCode: string | null;
}

/** What an entry is compared with. */
export interface Around {
  /** `YYYY-MM-DD` */
  today: string;
  /** Since when the fonds' creator existed, as a day; null where that is not told. */
  fondsFrom: string | null;
  /** The first and last day of the volume it lies in. */
  volume: { from: string; to: string } | null;
}

export type OddField = 'year' | 'date' | 'docNo' | 'retention' | 'title';
export type Confidence = 'high' | 'fair' | 'low';

/** Something odd: told, never refused. */
export interface Oddity {
  rule: OddRule;
  /** Where it is shown. */
  field: OddField;
  /** For the sentence. */
  detail: Record<string, string>;
  /** What it might be instead. */
  proposal: { field: 'year' | 'date' | 'retention'; value: string } | null;
  confidence: Confidence;
}

/** Work of one year that is drawn up, or filed, in the next or in the one before. */
const OF_ANOTHER_YEAR =
  /总结|總結|决算|決算|预算|預算|计划|計[劃畫]|规划|規[劃畫]|要点|要點|报表|報表|年报|年報|统计|統計|考核|述职|述職|安排|年度|评比|先进|表彰|报告|報告|意见|意見/u;
/** Speaks of what was, or will be. */
const OF_OTHER_TIMES =
  /周年|週年|平反|复查|複查|历史|歷史|沿革|纪念|紀念|回忆|回憶|史料|追认|追認|补发|補發|规划|規[劃畫]|计划|計[劃畫]|目标|目標|展望|复印|複印|抄件|转发|轉發|修订|修訂|修改|废止|廢止|补充|補充|遗留|遺留/u;

interface Known {
  year: number | null;
  /** First and last year of the date. */
  dated: readonly [number, number] | null;
  docYear: number | null;
  codeYear: number | null;
  titleYear: { year: number; text: string } | null;
}

/**
 * What is odd about an entry. Years that differ are weighed against one another: where two others agree, theirs is proposed. A number
 * of December filed in January, a budget drawn up in the year before, an answer of the year after are no oddities.
 */
export function odditiesOf(u: Looked, around: Around): Oddity[] {
  const slots = u.referenceCode ? (parseReferenceCode(u.referenceCode).parsed?.slots ?? {}) : {};
  const dated = u.dateFrom && u.dateTo ? ([yearOf(u.dateFrom), yearOf(u.dateTo)] as const) : null;
  const number = u.docNo ? parseDocNumber(u.docNo, u.year ?? dated?.[0] ?? null) : null;
  const known: Known = {
    year: u.year,
    dated,
    docYear: number?.year ?? null,
    codeYear: slots.year && /^\d{4}$/.test(slots.year) ? Number(slots.year) : null,
    titleYear: u.level === 'item' ? ownYearOf(u.title) : null,
  };
  const found = [...oddYears(u, known), ...oddDates(u, known, around)];
  const kept = slots.retention ? readRetention(slots.retention) : undefined;
  const said = u.retention ? readRetention(u.retention) : undefined;
  if (kept && said && kept.code !== said.code)
    found.push({
      rule: 'retentionCode',
      field: 'retention',
      detail: { value: said.code, other: kept.code },
      proposal: { field: 'retention', value: kept.code },
      confidence: 'fair',
    });
  return oneForEach(found, around);
}

const yearOf = (day: string): number => Number(day.slice(0, 4));

/** Whether a year of filing goes with a year the record bears. */
const goesWith = (filed: number, borne: number): boolean => filed === borne || filed === borne + 1;

function oddYears(u: Looked, k: Known): Oddity[] {
  if (k.year === null) return [];
  const { year } = k;
  const found: Oddity[] = [];
  const odd = (rule: OddRule, detail: Oddity['detail'], other: number) =>
    found.push({ rule, field: 'year', detail: { year: String(year), ...detail }, ...proposedYear(k, other) });
  const apart = OF_ANOTHER_YEAR.test(u.title);
  if (k.dated) {
    const [from, to] = k.dated;
    const said = k.docYear === year || k.titleYear?.year === year || apart;
    if (year > to + 1 || year < from - (said ? 1 : 0)) odd('yearDate', { date: u.date ?? '' }, from);
  }
  if (k.docYear !== null && u.level === 'item' && !goesWith(year, k.docYear) && !between(k.docYear, k.dated))
    if (!(k.docYear === year + 1 && apart))
      odd('yearDocNo', { docNo: u.docNo ?? '', other: String(k.docYear) }, k.docYear);
  if (k.codeYear !== null && k.codeYear !== year) odd('yearCode', { other: String(k.codeYear) }, k.codeYear);
  // A title speaks of other times often: it is a witness only where nothing else is, or where a figure slipped.
  if (k.titleYear && !OF_OTHER_TIMES.test(u.title) && found.length === 0) {
    const { year: other, text } = k.titleYear;
    const alone = k.dated === null && k.docYear === null && k.codeYear === null;
    const tolerated = Math.abs(other - year) <= 1 || k.dated?.includes(year) || k.codeYear === year;
    if (!tolerated && (slipped(other, year) || (alone && other > year)))
      found.push({
        rule: 'yearTitle',
        field: 'year',
        detail: { year: String(year), text },
        proposal: { field: 'year', value: String(other) },
        confidence: 'low',
      });
  }
  return found;
}

const between = (year: number, span: readonly [number, number] | null): boolean =>
  span !== null && year >= span[0] && year <= span[1];

/** The year two others agree upon; else the one it was compared with. */
function proposedYear(k: Known, other: number): Pick<Oddity, 'proposal' | 'confidence'> {
  const witnesses = [
    k.dated?.[0] === k.dated?.[1] ? k.dated?.[0] : undefined,
    k.docYear,
    k.codeYear,
    k.titleYear?.year,
  ];
  const agree = (y: number) => witnesses.filter((w) => w === y).length;
  const best = witnesses.find((w): w is number => typeof w === 'number' && w !== k.year && agree(w) >= 2);
  // Others say the year as it stands: then it is the other that is odd.
  if (best === undefined && witnesses.includes(k.year)) return { proposal: null, confidence: 'low' };
  if (best !== undefined) return { proposal: { field: 'year', value: String(best) }, confidence: 'high' };
  return { proposal: { field: 'year', value: String(other) }, confidence: 'fair' };
}

function oddDates(u: Looked, k: Known, around: Around): Oddity[] {
  if (!u.dateFrom || !u.dateTo || !k.dated)
    return k.year !== null && k.year > yearOf(around.today) ? [future(u, k)] : [];
  const found: Oddity[] = [];
  const odd = (rule: OddRule, detail: Oddity['detail'], year: number | null, confidence: Confidence) =>
    found.push({
      rule,
      field: 'date',
      detail: { date: u.date ?? '', ...detail },
      ...proposedDate(u, year, confidence),
    });
  const [from, to] = k.dated;
  // What the others agree upon.
  const others = [k.year, k.docYear, k.codeYear, k.titleYear?.year].filter(
    (y): y is number => typeof y === 'number',
  );
  const agreed = others.find((y) => others.filter((o) => o === y).length >= 2) ?? null;
  if (u.dateFrom > around.today) odd('dateFuture', { today: around.today }, agreed ?? k.year, 'high');
  else if (around.fondsFrom && u.dateTo < around.fondsFrom)
    odd('dateBeforeFonds', { other: around.fondsFrom }, agreed, 'fair');
  if (around.volume && u.level === 'item' && (u.dateFrom > around.volume.to || u.dateTo < around.volume.from))
    odd('dateOutsideVolume', { span: spanOf(around.volume) }, agreed, 'fair');
  if (k.docYear !== null && u.level === 'item') {
    const early = k.docYear === to - 1 && Number(u.dateFrom.slice(5, 7)) <= 3;
    if (!between(k.docYear, k.dated) && !early)
      odd(
        'dateDocNo',
        { docNo: u.docNo ?? '', other: String(k.docYear) },
        k.docYear === k.year ? k.docYear : null,
        'fair',
      );
  }
  const same = datesInTitle(u.title).find(
    (d) => d.kind === 'date' && d.date.precision === 'day' && d.date.from.slice(4) === u.dateFrom?.slice(4),
  );
  if (same && u.dateFrom === u.dateTo && same.years[0] !== from)
    found.push({
      rule: 'dateTitle',
      field: 'date',
      detail: { date: u.date ?? '', text: same.text },
      proposal: { field: 'date', value: same.date.text },
      confidence: 'fair',
    });
  return found;
}

/** A stretch of days as short as it can be told: 1957, 1957-1959, 1957-03-01/1957-05-31. */
function spanOf({ from, to }: { from: string; to: string }): string {
  if (!from.endsWith('-01-01') || !to.endsWith('-12-31')) return from === to ? from : `${from}/${to}`;
  return yearOf(from) === yearOf(to) ? from.slice(0, 4) : `${from.slice(0, 4)}-${to.slice(0, 4)}`;
}

function future(u: Looked, k: Known): Oddity {
  return {
    rule: 'yearFuture',
    field: 'year',
    detail: { year: String(u.year ?? '') },
    ...proposedYear({ ...k }, k.docYear ?? k.codeYear ?? k.titleYear?.year ?? Number.NaN),
  };
}

/** The date with another year, where only a figure of the year can have slipped. */
function proposedDate(
  u: Looked,
  year: number | null,
  confidence: Confidence,
): Pick<Oddity, 'proposal' | 'confidence'> {
  const read = parseArchivalDate(u.date ?? '').date;
  if (year === null || !read || read.start.year !== read.end.year || !slipped(year, read.start.year))
    return { proposal: null, confidence };
  const value = parseArchivalDate(
    read.text.replaceAll(String(read.start.year).padStart(4, '0'), String(year)),
  ).date?.text;
  return { proposal: value ? { field: 'date', value } : null, confidence };
}

/** Whether one year may be the other with a figure wrong, two changed over, or the century: 1980, 1909 and 2090 for 1990. */
export function slipped(a: number, b: number): boolean {
  const [x, y] = [String(a), String(b)];
  if (x.length !== y.length || x === y) return false;
  const at = [...x].flatMap((c, i) => (c === y[i] ? [] : [i]));
  if (a % 100 === b % 100) return true;
  // Neighbouring years are neighbours, not slips.
  if (at.length === 1) return Math.abs(a - b) > 2;
  return at.length === 2 && x[at[0]!] === y[at[1]!] && x[at[1]!] === y[at[0]!];
}

/** One oddity of a date or a year is enough where another says the same of it; what has a proposal comes first. */
function oneForEach(found: readonly Oddity[], around: Around): Oddity[] {
  const told: Oddity[] = [];
  const rank = (o: Oddity) =>
    (o.proposal && isPossible(o.proposal, around) ? 0 : 2) + (o.confidence === 'high' ? 0 : 1);
  for (const o of [...found].sort((a, b) => rank(a) - rank(b))) {
    // A year and a date that do not go together are one oddity, told where something can be proposed.
    if (told.some((t) => t.rule === o.rule || (t.field === o.field && t.field !== 'date'))) continue;
    if (
      o.rule === 'yearDate' &&
      told.some((t) => t.rule === 'dateFuture' || (t.field === 'date' && t.proposal))
    )
      continue;
    if (o.rule === 'dateDocNo' && told.some((t) => t.rule === 'dateFuture')) continue;
    if (o.rule === 'dateDocNo' && told.some((t) => t.rule === 'yearDocNo')) continue;
    told.push(o.proposal && !isPossible(o.proposal, around) ? { ...o, proposal: null } : o);
  }
  return told;
}

function isPossible({ field, value }: NonNullable<Oddity['proposal']>, { today }: Around): boolean {
  if (field === 'year') return /^\d{4}$/.test(value) && Number(value) <= yearOf(today);
  if (field === 'date') return (parseArchivalDate(value).date?.from ?? '9999') <= today;
  return true;
}
