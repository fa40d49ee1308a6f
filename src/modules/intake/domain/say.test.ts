import { expect, it } from 'vitest';
import { sentence } from './say.ts';

it('a fault names the field as the form does, in the language of who reads it', () => {
  const say = (language: 'zh-CN' | 'en') => sentence('record.field', 'x', { field: 'title' }, language);
  expect(say('zh-CN')).toContain('题名');
  expect(say('en')).toContain('Title');
  expect(sentence('record.field', 'x', { field: 'nobodyKnows' }, 'en')).toContain('nobodyKnows');
});

it('what the catalogue has no sentence for is told as it came', () => {
  expect(sentence('no.such', 'As it came.', {}, 'en')).toBe('As it came.');
});
