import { isOwnKey, ownKey, termsIn } from '#formats/metadata-schemes';
import type { OwnScheme } from './schemes.ts';
import type { Description } from './unit.ts';

/** Elements of the description that are found by search; places and housekeeping are not. */
const SEARCHED = [
  'dept',
  'genre',
  'mainTo',
  'copyTo',
  'subjects',
  'keywords',
  'persons',
  'abstract',
  'scope',
  'history',
  'note',
  'place',
  'event',
  'projectName',
  'projectNo',
  'accountSubject',
  'voucherNos',
  'businessNo',
  'party',
  'outcome',
] as const;

/**
 * Columns that say nothing of the record: what counts the rows of a list, and what a list calls open, which is filtered by
 * once it has been decided.
 */
const BESIDE =
  /^(序号|序號|顺序号|順序號|流水号|流水號|行号|行號|no\.?|nr\.?|#|row|line|(开放|開放)(标识|標識|状态|狀態|情况|情況)|是否(开放|開放)|accessstatus)$/i;

/** What a value of an archive's own element is searched by; null where by nothing. */
export type OwnWords = (key: string, value: string) => string | null;

/** Types of values that are filtered by and compared, not read. */
const COMPARED: ReadonlySet<string> = new Set(['integer', 'decimal', 'date', 'year', 'yesNo']);

/** By the words of an archive's schemes: terms are found by what they are called, not by their codes. */
export function ownWordsOf(own: readonly OwnScheme[]): OwnWords {
  const bodies = own.map((o) => o.body);
  const vocabularies = bodies.flatMap((b) => b.vocabularies);
  const elements = new Map(bodies.flatMap((b) => b.elements.map((e) => [ownKey(e.key), e] as const)));
  return (key, value) => {
    const element = elements.get(key);
    if (!element) return /\p{L}/u.test(value) && value !== 'yes' && value !== 'no' ? value : null;
    if (COMPARED.has(element.type)) return null;
    if (element.type !== 'one' && element.type !== 'many') return value;
    const terms = vocabularies.filter((v) => v.key === element.vocabulary).flatMap((v) => v.terms);
    const names = (code: string) => {
      const found = terms.find((t) => t.code === code);
      if (!found) return code;
      return [...new Set([found.names['zh-CN'], found.names['zh-TW'], found.names.en])].join(' ');
    };
    return termsIn(value).map(names).join(' ');
  };
}

const UNKNOWN = ownWordsOf([]);

/** The searched parts of a description, free elements and an archive's own included. */
export function searchedParts(description: Description, ownWords: OwnWords = UNKNOWN): string[] {
  const values: Partial<Record<string, unknown>> = description;
  const parts = SEARCHED.map((k) => values[k]);
  for (const [key, value] of Object.entries(values))
    if (isOwnKey(key) && typeof value === 'string') parts.push(ownWords(key, value));
  for (const [heading, value] of Object.entries(description.extra ?? {}))
    if (!BESIDE.test(heading.replace(/\s/g, ''))) parts.push(value);
  return parts.filter((x): x is string => typeof x === 'string');
}
