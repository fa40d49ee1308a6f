import type { LineInput } from '../domain/scheduleLine.ts';

/** What agencies of a kind usually file: what a schedule is begun from and compared with. */
export interface ScheduleTemplate {
  /** Names it in stored schedules; `scheduleTemplate.<code>` is its name for people. */
  code: string;
  /** Changes when the lines do, so that a comparison says with what. */
  edition: string;
  lines: readonly TemplateLine[];
}
export type TemplateLine = LineInput & { key: string; className: string; classCode: string };

/** What is filed, for how long, and words of titles that tell such records. */
export type Row = readonly [matter: string, retention: 'Y' | `D${number}`, keywords?: string, note?: string];

/**
 * The rows of a class as lines.
 *
 * @param key of the class within all templates; a line's is `key.n`: rows are only ever added at the end
 */
export function classOf(
  key: string,
  classCode: string,
  className: string,
  rows: readonly Row[],
  category = 'WS',
): TemplateLine[] {
  return rows.map(([matter, retention, keywords, note], i) => ({
    key: `${key}.${i + 1}`,
    classCode,
    className,
    category,
    matter,
    retention,
    keywords: keywords ? keywords.split(' ') : [],
    note: note ?? null,
  }));
}

/** Lines with printed numbers: the class, and the line within it. */
export function numbered(lines: readonly TemplateLine[]): TemplateLine[] {
  const classes: string[] = [];
  const within = new Map<string, number>();
  return lines.map((line) => {
    if (!classes.includes(line.className)) classes.push(line.className);
    const n = (within.get(line.className) ?? 0) + 1;
    within.set(line.className, n);
    return { ...line, number: `${classes.indexOf(line.className) + 1}.${n}` };
  });
}
