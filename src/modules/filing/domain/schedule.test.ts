import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TEMPLATES } from '../templates/index.ts';
import { byTemplate, compareLines } from './compareLines.ts';
import { filingDay, isReviewDue, reviewDay } from './due.ts';
import { readLines, type ScheduleLine } from './scheduleLine.ts';
import { isOpen, mayMove, SCHEDULE_MOVES, SCHEDULE_STATES, type ScheduleMove } from './scheduleState.ts';
import { suggestLines } from './suggest.ts';

let n = 0;
const newKey = () => `k${++n}`;
const linesOf = (code: string): ScheduleLine[] =>
  readLines(
    TEMPLATES.find((t) => t.code === code)!.lines.map(({ key, ...line }) => ({ ...line, templateKey: key })),
    newKey,
  );

describe('templates of retention schedules', () => {
  it('can be begun with as they are: every line is readable, every key is its own', () => {
    for (const { code, lines } of TEMPLATES) {
      expect(linesOf(code)).toHaveLength(lines.length);
      expect(new Set(lines.map((l) => l.key)).size, code).toBe(lines.length);
      expect(new Set(lines.map((l) => l.number)).size, code).toBe(lines.length);
    }
  });
});

describe('lines of a schedule', () => {
  it('are read with retention periods as people write them', () => {
    const [a, b] = readLines(
      [
        { matter: '年度预算', retention: '永久', classCode: 'cw' },
        { matter: '请假', retention: '10年' },
      ],
      newKey,
    );
    expect(a).toMatchObject({ retention: 'Y', classCode: 'CW', number: '1', category: 'WS' });
    expect(b).toMatchObject({ retention: 'D10', classCode: '', number: '2' });
  });
  it('are refused with the line and the field where they can not be used', () => {
    const refusal = (line: Parameters<typeof readLines>[0][number]) => {
      try {
        readLines([{ matter: 'x', retention: 'Y' }, line], newKey);
      } catch (e) {
        return e;
      }
      return undefined;
    };
    expect(refusal({ matter: ' ', retention: 'Y' })).toMatchObject({ detail: { line: 2, field: 'matter' } });
    expect(refusal({ matter: 'x', retention: '长期' })).toMatchObject({
      detail: { line: 2, field: 'retention' },
    });
    expect(refusal({ matter: 'x', retention: 'Y', classCode: 'D30' })).toMatchObject({
      detail: { line: 2, field: 'classCode' },
    });
    expect(refusal({ matter: 'x', retention: 'Y', category: '文书' })).toMatchObject({
      detail: { line: 2, field: 'category' },
    });
  });
  it('keep their keys, and a key that stands twice is given once', () => {
    const [a, b] = readLines(
      [
        { key: 'one', matter: 'x', retention: 'Y' },
        { key: 'one', matter: 'y', retention: 'Y' },
      ],
      newKey,
    );
    expect(a?.key).toBe('one');
    expect(b?.key).not.toBe('one');
  });
});

describe('a comparison of two versions', () => {
  const before = linesOf('government');
  it('finds nothing in what is the same, whatever the numbers', () => {
    expect(
      compareLines(
        before,
        before.map((l, i) => ({ ...l, number: `x${i}` })),
      ),
    ).toEqual([]);
  });
  it('tells what was changed, added and taken out, and where less is kept', () => {
    const [first, second, ...others] = before;
    const after = [{ ...first!, retention: 'D10' }, ...others, { ...second!, key: 'new' }];
    const found = compareLines(before, after);
    expect(found.map((d) => [d.kind, d.fields, d.shorter])).toEqual([
      ['changed', ['retention'], true],
      ['added', [], false],
      ['removed', [], false],
    ]);
  });
  it('with a template goes by the lines that came from it', () => {
    const template = TEMPLATES.find((t) => t.code === 'government')!;
    const [first, ...others] = before;
    const own = { ...first!, key: 'own', templateKey: null };
    const found = compareLines(
      template.lines.map((l) => ({
        ...l,
        number: '',
        category: 'WS',
        department: null,
        due: null,
        note: l.note ?? null,
      })),
      byTemplate([own, ...others]),
    );
    expect(found.filter((d) => d.kind === 'added').map((d) => d.key)).toEqual(['own:own']);
    expect(found.filter((d) => d.kind === 'removed').map((d) => d.key)).toEqual([template.lines[0]!.key]);
  });
  it('undone by the comparison the other way round', () => {
    const some = fc.subarray(before, { minLength: 1 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const there = compareLines(a, b);
        const back = compareLines(b, a);
        const keys = (list: typeof there, kind: string) =>
          list
            .filter((d) => d.kind === kind)
            .map((d) => d.key)
            .sort();
        expect(keys(there, 'added')).toEqual(keys(back, 'removed'));
        expect(keys(there, 'changed')).toEqual(keys(back, 'changed'));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a suggestion', () => {
  const lines = linesOf('civil-affairs');
  const first = (title: string, more = {}) => suggestLines({ title, ...more }, lines)[0];
  it('finds the line by the words of the title, and says by which', () => {
    const found = first('石桥县民政局关于召开2026年第三次党组会议的纪要');
    expect(found?.line.matter).toContain('党组（党委）会议记录');
    expect(found?.retention).toBe('Y');
    expect(found?.classCode).toBe('DQ');
    expect(found?.reasons.flatMap((r) => r.words)).toContain('党组会议');
  });
  it('tells kinds of business apart', () => {
    expect(first('关于同意石桥县城关镇更名的批复')?.line.matter).toContain('地名');
    expect(first('2026年第一季度城乡低保发放花名册')?.line.matter).toContain('最低生活保障');
    expect(first('关于张某某同志任免的通知')?.line.matter).toContain('干部任免');
    expect(first('2025年度部门决算批复')?.line.matter).toContain('决算');
  });
  it('keeps to the category of the record', () => {
    expect(first('2025年12月记账凭证', { category: 'KU' })?.line.matter).toContain('会计凭证');
    expect(first('离婚登记审查处理表', { category: 'ZY' })?.retention).toBe('Y');
  });
  it('is none where no line speaks of it', () => {
    expect(suggestLines({ title: 'zzz 12345' }, lines)).toEqual([]);
    expect(suggestLines({ title: '  ' }, lines)).toEqual([]);
  });
  it('is never more sure than wholly, for any title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const found = suggestLines({ title }, lines);
        expect(found.length).toBeLessThanOrEqual(3);
        for (const s of found) expect(s.sure >= 0 && s.sure <= 1).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('states and days', () => {
  it('lead where the table says, and an approved schedule leads nowhere', () => {
    for (const move of Object.keys(SCHEDULE_MOVES) as ScheduleMove[])
      expect(mayMove(move, 'approved')).toBe(false);
    expect(SCHEDULE_STATES.filter(isOpen)).toEqual(['draft', 'returned']);
    expect(mayMove('approve', 'draft')).toBe(false);
  });
  it('a schedule is looked through after five years, and a year is filed by the end of June', () => {
    expect(reviewDay('2020-02-29')).toBe('2025-02-28');
    expect(isReviewDue('2021-01-01', '2025-12-31')).toBe(false);
    expect(isReviewDue('2021-01-01', '2026-01-01')).toBe(true);
    expect(filingDay(2025)).toBe('2026-06-30');
  });
});
