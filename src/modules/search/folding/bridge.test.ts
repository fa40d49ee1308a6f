import { describe, expect, it } from 'vitest';
import { bridgeOf } from './bridge.ts';

describe('what runs over from one page to the next', () => {
  it('is joined, without a blank in Chinese and with one between words', () => {
    expect(bridgeOf('关于发放救', '济粮的通知')).toEqual({ text: '关于发放救济粮的通知', at: 5 });
    expect(bridgeOf('relief of\n', '  the poor')).toEqual({ text: 'relief of\nthe poor', at: 9 });
    expect(bridgeOf('', '济粮')).toBeNull();
    expect(bridgeOf('救', ' \n')).toBeNull();
  });

  it('leaves out page numbers that stand between', () => {
    expect(bridgeOf('发放救\n— 3 —\n', '济粮')?.text).toBe('发放救济粮');
    expect(bridgeOf('发放救\n第 3 页 共 9 页', '4\n济粮')?.text).toBe('发放救济粮');
    expect(bridgeOf('共 1952', '年')?.text).toBe('共 1952\n年');
  });

  it('is short and ends in no half of a word or character', () => {
    const long = `${'abcdefghij '.repeat(9)}end`;
    expect(bridgeOf(long, long)).toEqual({
      text: 'abcdefghij abcdefghij end\nabcdefghij abcdefghij',
      at: 25,
    });
    const rare = bridgeOf('𠮷'.repeat(40), '𠮷'.repeat(40))!.text;
    expect(rare).toBe('𠮷'.repeat(32));
  });
});
