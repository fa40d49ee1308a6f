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
  it('says in Taiwan what is said there, not what a conversion makes of it', () => {
    const converted =
      /打開|新建|添加|當前|窗口(?!人員|辦理)|斷開|運行|賬|匹配|(?<!文字僅供)查找|識別(?!項目)|粘貼|半角|全角|數字(?:副本|化)|錄像|合並|行出|信息|數據|網絡|文檔|軟件|硬件|服務器|默認|打印|鼠標|屏幕|用戶|登錄|視頻|質量|導[入出]|鏈接|文件夾|程序|字符|訪問|創建|保存(?!年限|遮蔽)|任務|出證|經辦|責任者|保管期限|審[定批]/;
    expect(keys.filter((k) => converted.test(zhTW[k])).map((k) => `${k}: ${zhTW[k]}`)).toEqual([]);
  });
  it('chooses a language from what a browser asks for', () => {
    expect(chooseLanguage('zh-Hant-TW,zh;q=0.9')).toBe('zh-TW');
    expect(chooseLanguage('fr-FR, en;q=0.5')).toBe('en');
    expect(chooseLanguage('zh-SG')).toBe('zh-CN');
    expect(chooseLanguage(undefined)).toBe('zh-CN');
  });
});
