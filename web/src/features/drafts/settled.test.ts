import { expect, it } from 'vitest';
import { settledInput } from './settled.ts';

it('what is kept as it stands is not written', () => {
  const draft = {
    input: { title: '草', creator: '县民政局', description: { note: '注' } },
    fields: [{ field: 'title', theirs: '现', conflict: true }],
  };
  expect(settledInput(draft, new Set(['title', 'note']))).toEqual({ creator: '县民政局' });
  expect(settledInput(draft, new Set())).toEqual(draft.input);
});
