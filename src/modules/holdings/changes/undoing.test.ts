import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { net, undo } from './undoing.ts';

describe('taking a change back', () => {
  it('gives what was before where nobody changed it since', () => {
    const now = { title: '新', creator: '甲', description: { note: '注', abstract: '摘要' } };
    const change = {
      before: { title: '旧', description: { note: null, boxNo: '3' } },
      after: { title: '新', description: { note: '注', boxNo: null } },
    };
    expect(undo(now, change)).toEqual({
      columns: { title: '旧', description: { abstract: '摘要', boxNo: '3' } },
      left: [],
    });
  });

  it('leaves what somebody changed since, element by element', () => {
    const now = { title: '更新', description: { note: '别人的注', abstract: '摘要' } };
    const change = {
      before: { title: '旧', description: { note: '一', abstract: null } },
      after: { title: '新', description: { note: '二', abstract: '摘要' } },
    };
    expect(undo(now, change)).toEqual({
      columns: { description: { note: '别人的注' } },
      left: ['title', 'note'],
    });
  });

  it('takes the parts of a code, a date and a place back together or not at all', () => {
    const now = { reference_code: 'B', sort_key: 'b', match_key: 'b', parent_id: 'p3', position: 'a2' };
    const change = {
      before: { reference_code: 'A', sort_key: 'a', match_key: 'a', parent_id: 'p1', position: 'a1' },
      after: { reference_code: 'B', sort_key: 'b', match_key: 'b', parent_id: 'p2', position: 'a2' },
    };
    expect(undo(now, change)).toEqual({
      columns: { reference_code: 'A', sort_key: 'a', match_key: 'a' },
      left: ['parent_id'],
    });
  });

  it('of several changes goes behind the first of them', () => {
    expect(
      net([
        {
          before: { reference_code: 'A', description: { note: null } },
          after: { reference_code: null, description: { note: '一' } },
        },
        { before: { reference_code: null, title: '旧' }, after: { reference_code: 'B', title: '新' } },
        {
          before: { description: { note: '一', boxNo: null } },
          after: { description: { note: '二', boxNo: '3' } },
        },
      ]),
    ).toEqual({
      before: { reference_code: 'A', title: '旧', description: { note: null, boxNo: null } },
      after: { reference_code: 'B', title: '新', description: { note: '二', boxNo: '3' } },
    });
  });

  it('of a change to any entry gives that entry again', () => {
    const value = fc.option(fc.string(), { nil: null });
    const entry = fc.record({
      title: fc.string(),
      creator: value,
      description: fc.dictionary(fc.constantFrom('note', 'abstract', 'own:田亩'), fc.string()),
    });
    fc.assert(
      fc.property(entry, entry, (one, other) => {
        const apart = (a: typeof one, b: typeof one) => {
          const columns: Record<string, unknown> = {};
          if (a.title !== b.title) columns.title = a.title;
          if (a.creator !== b.creator) columns.creator = a.creator;
          const elements = [
            ...new Set([...Object.keys(a.description), ...Object.keys(b.description)]),
          ].filter((k) => a.description[k] !== b.description[k]);
          if (elements.length > 0)
            columns.description = Object.fromEntries(elements.map((k) => [k, a.description[k] ?? null]));
          return columns;
        };
        const { columns, left } = undo(other, { before: apart(one, other), after: apart(other, one) });
        expect(left).toEqual([]);
        expect({ ...other, ...columns }).toEqual(one);
      }),
    );
  });
});
