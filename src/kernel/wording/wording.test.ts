import { describe, expect, it } from 'vitest';
import { chooseLanguage, isMessageKey, LANGUAGES, type Language, type MessageKey, t } from '../wording.ts';
import { en } from './en.ts';
import { slots } from './message.ts';
import { zhCN } from './zh-CN.ts';
import { zhTW } from './zh-TW.ts';

const keys = Object.keys(zhCN).filter(isMessageKey);
const others: [Language, Readonly<Record<MessageKey, string>>][] = [
  ['zh-TW', zhTW],
  ['en', en],
];

describe('the message catalogue', () => {
  for (const [language, catalogue] of others) {
    it(`has the same keys in ${language}`, () => {
      expect(Object.keys(catalogue).sort()).toEqual([...keys].sort());
    });
    it(`fills the same values in ${language}`, () => {
      const wrong = keys.filter((k) => slots(catalogue[k]).join() !== slots(zhCN[k]).join());
      expect(wrong).toEqual([]);
    });
  }
  it('has no empty message', () => {
    for (const language of LANGUAGES) expect(keys.filter((k) => t(language, k).trim() === '')).toEqual([]);
  });
  it('leaves no simplified character in Taiwan wording and no Chinese in English', () => {
    const simplified = /[档馆请这为导编辑删时间们责题门类级检错误确认页图开关审]/;
    expect(keys.filter((k) => simplified.test(zhTW[k]))).toEqual([]);
    const hanAllowed = /^language\./;
    expect(keys.filter((k) => !hanAllowed.test(k) && /\p{Script=Han}/u.test(en[k]))).toEqual([]);
  });
  it('chooses a language from what a browser asks for', () => {
    expect(chooseLanguage('zh-Hant-TW,zh;q=0.9')).toBe('zh-TW');
    expect(chooseLanguage('fr-FR, en;q=0.5')).toBe('en');
    expect(chooseLanguage('zh-SG')).toBe('zh-CN');
    expect(chooseLanguage(undefined)).toBe('zh-CN');
  });
});
