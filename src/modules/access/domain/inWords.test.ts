import { describe, expect, it } from 'vitest';
import { inWords } from './inWords.ts';

describe('choices on a paper', () => {
  it('are said in its language', () => {
    expect(inWords('zh-CN', 'purpose', 'livelihood')).toBe('民生与落实政策');
    expect(inWords('en', 'idType', 'passport')).toBe('Passport');
  });
  it('stay as they stand where they are a person’s own words', () => {
    expect(inWords('zh-CN', 'purpose', '补办房产手续')).toBe('补办房产手续');
  });
});
