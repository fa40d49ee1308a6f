import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merge, only, standing, valuesOf } from './merge.ts';

const values = fc.dictionary(
  fc.constantFrom('title', 'creator', 'year', 'note', 'own:田亩'),
  fc.option(fc.constantFrom<string | number>('甲', '乙', 1958), { nil: null }),
);

describe('two people writing one description', () => {
  it('get both their changes where they changed different fields', () => {
    expect(merge({ title: '原', note: null }, { title: '改' }, { title: '原', note: '别人的注' })).toEqual({
      clean: ['title'],
      conflicts: [],
    });
  });

  it('are asked where they changed the same field otherwise', () => {
    expect(merge({ title: '原' }, { title: '甲改' }, { title: '乙改' })).toEqual({
      clean: [],
      conflicts: [{ field: 'title', base: '原', mine: '甲改', theirs: '乙改' }],
    });
  });

  it('are not asked where they came to the same, or where nothing was written', () => {
    expect(merge({ title: '原' }, { title: '同' }, { title: '同' })).toEqual({ clean: [], conflicts: [] });
    expect(merge({ title: '原' }, {}, { title: '别' })).toEqual({ clean: [], conflicts: [] });
  });

  it('lose nothing: a field that differs is either written or asked about, and never what only another changed', () => {
    fc.assert(
      fc.property(values, values, values, (base, mine, now) => {
        const { clean, conflicts } = merge(base, mine, now);
        const told = new Set([...clean, ...conflicts.map((c) => c.field)]);
        for (const [field, wanted] of Object.entries(mine))
          expect(told.has(field)).toBe(wanted !== (now[field] ?? null));
        for (const field of clean) expect(now[field] ?? null).toBe(base[field] ?? null);
        for (const field of told) expect(field in mine).toBe(true);
      }),
    );
  });
});

it('an input is told flat and taken apart by its fields', () => {
  const input = { title: ' 题名 ', year: 1958, description: { note: '', abstract: '摘要' } };
  expect(valuesOf(input)).toEqual({ title: ' 题名 ', year: 1958, note: null, abstract: '摘要' });
  expect(only(input, new Set(['title', 'abstract']))).toEqual({
    title: ' 题名 ',
    description: { abstract: '摘要' },
  });
  const entry = {
    ...{ level: 'item', referenceCode: null, title: '题名', creator: null, docNo: null, date: null },
    ...{ category: null, year: 1958, retention: null, classification: 'public', pages: null },
    description: { abstract: '摘要' },
  };
  expect(standing(entry, ['title', 'year', 'abstract', 'note'])).toEqual({
    title: '题名',
    year: 1958,
    abstract: '摘要',
    note: null,
  });
});
