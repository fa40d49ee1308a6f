import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtinFormat } from './builtin-formats.ts';
import { cellFormat } from './cell-format.ts';
import { generalNumber, generalText } from './general.ts';
import { isoFromSerial, serialFromIso } from './serial-dates.ts';

const shows = (code: string, stored: string, date1904 = false) => cellFormat(code, date1904).number(stored);
const date = (code: string, stored: string, date1904 = false) => cellFormat(code, date1904).date?.(stored);

describe('General', () => {
  test('shows numbers without floating-point noise', () => {
    expect(generalNumber(0.1 + 0.2)).toBe('0.3');
    expect(generalText('1.1000000000000001')).toBe('1.1');
    expect(generalText('0')).toBe('0');
    expect(generalText('-0')).toBe('0');
    expect(generalText('007')).toBe('7');
  });
  test('shows long identifiers with all their digits', () => {
    expect(generalText('310101199001')).toBe('310101199001');
    expect(generalText('310101199001011234')).toBe('310101199001011234');
    expect(generalText('3.10101199001011E+17')).toBe('310101199001011000');
  });
  test('writes very large and very small numbers as Excel does', () => {
    expect(generalNumber(1e21)).toBe('1E+21');
    expect(generalNumber(1.5e-9)).toBe('1.5E-09');
  });
  test('shows every whole number of up to 15 digits as it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }), (n) => {
        expect(generalText(String(n))).toBe(Object.is(n, -0) ? '0' : String(n));
      }),
    );
  });
});

describe('number formats', () => {
  test('carry leading zeros', () => {
    expect(shows('0000', '7')).toBe('0007');
    expect(shows('0000', '12345')).toBe('12345');
    expect(shows('0000', '-7')).toBe('-0007');
    expect(shows('"档"0000', '3')).toBe('档0003');
    expect(shows('000\\-000', '12345')).toBe('012-345');
  });
  test('show percent, thousands and amounts', () => {
    expect(shows('0%', '0.5')).toBe('50%');
    expect(shows('0.00%', '0.12345')).toBe('12.35%');
    expect(shows('#,##0.00', '1234.5')).toBe('1,234.50');
    expect(shows('#,##0.00 [$€-407]', '1234.5')).toBe('1,234.50 €');
    expect(shows('[$￥-804]#,##0', '5')).toBe('￥5');
    expect(shows('_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', '1234.5')).toBe('1,234.50');
  });
  test('that would hide a number show it all the same, so that nothing is lost', () => {
    expect(shows(';;;', '42')).toBe('42');
    expect(shows('0;-0;;@', '0')).toBe('0');
  });
  test('that can not be read show numbers as General', () => {
    expect(shows('[[[', '42')).toBe('42');
  });
  test('with a text section add to texts', () => {
    expect(cellFormat('"第"@"号"', false).text?.('三')).toBe('第三号');
    expect(cellFormat('0.00', false).text).toBeUndefined();
  });
  test('known by number alone are those of the reader’s edition', () => {
    expect(builtinFormat(14, 'zh-CN')).toBe('yyyy/m/d');
    expect(shows(builtinFormat(31, 'zh-CN'), '45369')).toBe('2024年3月18日');
    expect(shows(builtinFormat(34, 'zh-CN'), '45369.75')).toBe('下午6时00分');
    expect(builtinFormat(14, 'en-US')).not.toBe(builtinFormat(14, 'zh-CN'));
    expect(builtinFormat(99, 'zh-CN')).toBe('General');
  });
});

describe('dates', () => {
  test('are shown as formatted and given in ISO form', () => {
    expect(shows('yyyy"年"m"月"d"日"', '45369')).toBe('2024年3月18日');
    expect(date('yyyy"年"m"月"d"日"', '45369')).toBe('2024-03-18');
    expect(date('yyyy-mm-dd hh:mm:ss', '45369.39583333')).toBe('2024-03-18T09:30:00');
    expect(date('yyyy-mm-dd hh:mm', '45369')).toBe('2024-03-18');
  });
  test('are no more exact than what is shown', () => {
    expect(date('yyyy', '45369')).toBe('2024');
    expect(date('yyyy"年"m"月"', '45369')).toBe('2024-03');
  });
  test('with Chinese digits are shown so', () => {
    expect(shows('[DBNum1][$-804]yyyy"年"m"月"d"日"', '45369')).toBe('二〇二四年三月十八日');
    expect(shows('[DBNum1][$-804]yyyy"年"m"月"', '45231')).toBe('二〇二三年十一月');
  });
  test('before March 1900 are those Excel shows, the 29 February that never was included', () => {
    expect(date('yyyy-mm-dd', '1')).toBe('1900-01-01');
    expect(date('yyyy-mm-dd', '10')).toBe('1900-01-10');
    expect(date('yyyy-mm-dd', '59')).toBe('1900-02-28');
    expect(date('yyyy-mm-dd', '60')).toBe('1900-02-29');
    expect(shows('yyyy-mm-dd', '60')).toBe('1900-02-29');
    expect(date('yyyy-mm-dd', '61')).toBe('1900-03-01');
  });
  test('of the 1904 system are four years and a day later', () => {
    expect(date('yyyy-mm-dd', '0', true)).toBe('1904-01-01');
    expect(shows('yyyy-mm-dd', '0', true)).toBe('1904-01-01');
    expect(date('yyyy-mm-dd', '43907', true)).toBe('2024-03-18');
  });
  test('are not read out of times, durations, negative numbers or plain numbers', () => {
    expect(date('h:mm:ss', '0.5')).toBeUndefined();
    expect(date('[h]:mm', '1.5')).toBeUndefined();
    expect(date('mm:ss.0', '1.5')).toBeUndefined();
    expect(date('yyyy-mm-dd', '-3')).toBeUndefined();
    expect(shows('yyyy-mm-dd', '-3')).toBe('-3');
    expect(date('yyyy-mm-dd', '2958466')).toBeUndefined();
    expect(date('0.00', '45369')).toBeUndefined();
    expect(date('yyyy-mm-dd', 'x')).toBeUndefined();
  });
  test('come back from their ISO form', () => {
    const shown = { year: true, month: true, day: true, time: false };
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 2_958_465 }), (serial) => {
        expect(serialFromIso(isoFromSerial(serial, shown)!)).toBe(serial);
      }),
    );
    expect(serialFromIso('1900-01-10')).toBe(10);
    expect(serialFromIso('soon')).toBeUndefined();
  });
});
