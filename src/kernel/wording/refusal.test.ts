import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isMessageKey, LANGUAGES, type Language, t } from '../wording.ts';
import { sayRefusal } from './refusal.ts';

const say = (language: Language, code: string, values = {}) =>
  sayRefusal((key) => (isMessageKey(key) ? t(language, key) : undefined), code, values);

const SRC = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (folder: string) =>
  globSync(`${folder}/**/*.ts`, { cwd: SRC })
    .filter((f) => !f.includes('test'))
    .map((f) => readFileSync(`${SRC}/${f}`, 'utf8'))
    .join('\n');
const codesIn = (folder: string, pattern: RegExp, prefix = '') => [
  ...new Set([...textOf(folder).matchAll(pattern)].map((m) => prefix + m[1]!)),
];

/** All by which the file of a catalogue, or the import, can be refused. */
const CODES = [
  ...codesIn('formats/sheets', /refuse\(\s*'([a-zA-Z]+)'/g, 'sheet.'),
  ...codesIn('formats/ead', /refuse\(\s*(?:missing \? )?'([a-zA-Z]+)'/g, 'ead.'),
  ...codesIn('formats/ead', /'(notFound|unreadable)'/g, 'ead.'),
  ...codesIn('modules/holdings/catalogue-import', /Refusal\(\s*'((?:sheet|import|upload)\.[a-zA-Z]+)'/g),
  ...codesIn('kernel', /Refusal\(\s*'(upload\.[a-zA-Z]+)'/g),
];

describe('refusals in words', () => {
  it('has words in every language for all that an import can be refused for', () => {
    expect(CODES.length).toBeGreaterThan(32);
    expect(CODES).toEqual(expect.arrayContaining(['sheet.damaged', 'sheet.unclosedQuote', 'ead.unreadable']));
    for (const language of LANGUAGES)
      expect([language, ...CODES.filter((code) => say(language, code) === undefined)]).toEqual([language]);
  });
  it('says of a table where in it something is wrong', () => {
    const where = { sheet: '卷内目录', row: 1205, column: 'C', most: 32_767 };
    expect(say('zh-CN', 'sheet.cellTooLong', where)).toBe(
      '工作表“卷内目录”，第 1,205 行，C 列：一个单元格最多 32,767 个字符，这里超过了。请缩短；文本表也可能是少了一个引号。',
    );
    expect(say('zh-TW', 'sheet.unclosedQuote', { row: 7 })).toMatch(/^第 7 列：從這裡開始的引號/);
    expect(say('en', 'sheet.unclosedQuote', { row: 7 })).toMatch(/^Row 7: A quotation mark/);
    expect(say('en', 'sheet.encrypted', { row: [1] })).toMatch(/^The file is protected/);
  });
  it('leaves a place to the sentence itself where it is no table', () => {
    expect(say('en', 'ead.damaged', { line: 4, row: 4 })).toMatch(/from line 4 on/);
  });
  it('says nothing for a code that has no words', () => {
    expect(say('en', 'nothing.such')).toBeUndefined();
  });
});
