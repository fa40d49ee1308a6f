import { describe, expect, it } from 'vitest';
import { actName, entryQuery } from './view.ts';

describe('a question to the trail', () => {
  it('takes whole days, the last one included', () => {
    const q = entryQuery({ from: '2026-02-28', to: '2026-02-28', result: 'odd' }, undefined);
    expect(new Date(q.to ?? '').getTime() - new Date(q.from ?? '').getTime()).toBe(86_400_000);
    expect(q.result).toBeUndefined();
    expect(entryQuery({ from: 'x' }, 'a')).toEqual({ archive: 'a' });
  });

  it('names an act by its sentence without who and what', () => {
    expect(actName('{actor} corrected {fields} of {thing}')).toBe('corrected … of');
    expect(actName('{actor}查看了未公开的{thing}的著录')).toBe('查看了未公开的 … 的著录');
  });
});
