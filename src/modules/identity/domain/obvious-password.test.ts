import { describe, expect, it } from 'vitest';
import { isObvious } from './obvious-password.ts';
import { OBVIOUS_WHOLE, OBVIOUS_WORDS } from './password-words.ts';

describe('an obvious password', () => {
  it('is one of several hundred words, alone or with figures around it', () => {
    expect(OBVIOUS_WORDS.size + OBVIOUS_WHOLE.size).toBeGreaterThan(500);
    for (const word of [...OBVIOUS_WORDS, ...OBVIOUS_WHOLE]) expect(isObvious(word), word).toBe(true);
    for (const word of ['dangan', 'password', 'guanliyuan', '档案馆', 'woaini'])
      for (const p of [`${word}2026!!`, `2026${word}`, `!!${word.toUpperCase()}123`])
        expect(isObvious(p), p).toBe(true);
  });

  it.each([
    ['P@ssw0rd123', 'letters written as figures'],
    ['ｐａｓｓｗｏｒｄ１２３', 'full width'],
    ['danganadmin', 'two words'],
    ['admin@dangan2026', 'two words with a sign'],
    ['qwertyuiop123', 'runs of keys'],
    ['1qaz2wsx3edc', 'columns of keys'],
    ['0987654321qwer', 'runs backwards'],
    ['abcdefghijkl', 'the alphabet'],
    ['ababababab', 'a piece repeated'],
    ['xy7-xy7-xy7-x', 'a piece repeated, cut short'],
    ['aaaabbbbcccc', 'three characters'],
    ['13800001111', 'a mobile number'],
    ['woaini5201314', 'pinyin and a number that sounds like words'],
    ['20262026202', 'a year repeated'],
  ])('%s is refused: %s', (password) => expect(isObvious(password)).toBe(true));

  it.each([
    'orchid-terrace-2025',
    'shiqiao-dang-an-1',
    'bai-lu-xian-2026',
    'shen-ji-yuan-2026',
    '山高月小水落石出之夜',
    'kettle under the blue stair',
    'Xk3-9fQpL2-vvT',
    '𠮷野家のねこが走る夕方',
  ])('%s is not', (password) => expect(isObvious(password)).toBe(false));
});
