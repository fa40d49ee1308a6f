import { readRetention } from '#formats/reference-codes';
import { Refusal } from '#kernel/errors';

/** One line of a retention schedule 归档范围和保管期限表: what is filed, in which class, for how long. */
export interface ScheduleLine {
  /** The same line keeps its key through all versions of an agency's schedule. */
  key: string;
  /** As printed before it: `1`, `2.3`. */
  number: string;
  /** Class, by organisation or by subject 机构（问题）, as it stands in reference codes, and its name. */
  classCode: string;
  className: string;
  /** Category of records 门类: WS, KU, ZP … */
  category: string;
  /** What is filed 归档范围. */
  matter: string;
  /** Y, D30, D10, or another term Dn. */
  retention: string;
  /** Words of a title that tell such a record, beside those of `matter`. */
  keywords: string[];
  /** Who files it, and when 归档单位、归档时间. */
  department: string | null;
  due: string | null;
  note: string | null;
  /** The line of the template it came from. */
  templateKey: string | null;
}

/** As a person wrote it: all but what is filed and for how long may be left out. */
export interface LineInput {
  key?: string | null;
  number?: string | null;
  classCode?: string | null;
  className?: string | null;
  category?: string | null;
  matter: string;
  retention: string;
  keywords?: readonly string[];
  department?: string | null;
  due?: string | null;
  note?: string | null;
  templateKey?: string | null;
}

export const MOST_LINES = 2_000;
const MOST_KEYWORDS = 30;
/** As an element of a reference code can hold it (standards reference 1.3). */
const CLASS = /^[A-Z0-9\p{Script=Han}()（）]{1,40}$/u;
const CATEGORY = /^[A-Z]{2}$/;

/**
 * The lines of a schedule as a person wrote them, in their order.
 *
 * @param newKey gives a line without a key one
 * @throws Refusal `schedule.line` with the number of the line and the field that can not be used, `schedule.tooLong`
 */
export function readLines(given: readonly LineInput[], newKey: () => string): ScheduleLine[] {
  if (given.length > MOST_LINES)
    throw new Refusal('schedule.tooLong', `A schedule has at most ${MOST_LINES} lines.`, {
      most: MOST_LINES,
    });
  const seen = new Set<string>();
  return given.map((line, i) => {
    const key = line.key && !seen.has(line.key) ? line.key : newKey();
    seen.add(key);
    return readLine(line, key, i + 1);
  });
}

function readLine(line: LineInput, key: string, at: number): ScheduleLine {
  const wrong = (field: string, message: string) =>
    new Refusal('schedule.line', message, { line: at, field });
  const text = (field: string, value: string | null | undefined, most: number): string | null => {
    const t = value?.trim() ?? '';
    if ([...t].length > most) throw wrong(field, `Line ${at}: ${field} has more than ${most} characters.`);
    return t === '' ? null : t;
  };
  const matter = text('matter', line.matter, 1_000);
  if (matter === null) throw wrong('matter', `Line ${at} does not say what is filed.`);
  const term = readRetention(line.retention);
  // The legacy terms are read in old holdings; nothing new is filed by them.
  if (!term || term.code === 'CQ' || term.code === 'DQ')
    throw wrong(
      'retention',
      `Line ${at}: “${line.retention}” is no retention period. Use Y, D30, D10 or another Dn.`,
    );
  const classCode = text('classCode', line.classCode, 40)?.toUpperCase() ?? '';
  if (classCode !== '' && (!CLASS.test(classCode) || /^(?:Y|D\d{1,3})$/.test(classCode)))
    throw wrong('classCode', `Line ${at}: “${classCode}” can not stand as a class in a reference code.`);
  const category = text('category', line.category, 10)?.toUpperCase() ?? 'WS';
  if (!CATEGORY.test(category)) throw wrong('category', `Line ${at}: a category is two capital letters.`);
  return {
    key,
    number: text('number', line.number, 20) ?? String(at),
    classCode,
    className: text('className', line.className, 100) ?? '',
    category,
    matter,
    retention: term.code,
    keywords: [...new Set((line.keywords ?? []).map((k) => k.trim()).filter(Boolean))].slice(
      0,
      MOST_KEYWORDS,
    ),
    department: text('department', line.department, 200),
    due: text('due', line.due, 200),
    note: text('note', line.note, 1_000),
    templateKey: text('templateKey', line.templateKey, 100),
  };
}
