import { expect, it } from 'vitest';
import { differences } from './differences.ts';

it('differences are told by the names of the API, elements of the description among them', () => {
  expect(
    differences({
      before: { reference_code: 'A', sort_key: 'a', description: { note: null, extra: { 卷号: '3' } } },
      after: {
        reference_code: 'B',
        sort_key: 'b',
        description: { note: '注', extra: { 卷号: '4', 备考: '缺' } },
      },
    }),
  ).toEqual([
    { field: 'referenceCode', before: 'A', after: 'B' },
    { field: 'note', before: null, after: '注' },
    { field: 'extra.卷号', before: '3', after: '4' },
    { field: 'extra.备考', before: null, after: '缺' },
  ]);
});

it('the order key is told of only where nothing else was changed', () => {
  const moved = { before: { parent_id: null, position: 'a1' }, after: { parent_id: 'p', position: 'a4' } };
  expect(differences(moved).map((d) => d.field)).toEqual(['parent']);
  expect(differences({ before: { position: 'a1' }, after: { position: 'a4' } }).map((d) => d.field)).toEqual([
    'position',
  ]);
});
