import { describe, expect, it } from 'vitest';
import { codeInFonds, mayStandUnder, padOf } from './rules.ts';

describe('rules of the order', () => {
  it('let a level stand below a higher one or its like, and nothing below an item', () => {
    expect(mayStandUnder('file', 'series')).toBe(true);
    expect(mayStandUnder('series', 'series')).toBe(true);
    expect(mayStandUnder('item', 'file')).toBe(true);
    expect(mayStandUnder('series', 'file')).toBe(false);
    expect(mayStandUnder('item', 'item')).toBe(false);
  });

  it('exchange the number of the fonds in a code, as a whole', () => {
    const code = (c: string) => codeInFonds({ code: c, fonds: 'J018', above: null }, 'J019');
    expect(code('J018-WS·2003·Y-0001')).toBe('J019-WS·2003·Y-0001');
    expect(code('J018')).toBe('J019');
    expect(code('J0181-5-1')).toBeNull();
    expect(code('旧7号')).toBeNull();
  });

  it('follow the code above, which may have another number than before', () => {
    const above = { was: 'J018-5-12', is: 'J019-5-40' };
    expect(codeInFonds({ code: 'J018-5-12-003', fonds: 'J018', above }, 'J019')).toBe('J019-5-40-003');
    expect(codeInFonds({ code: 'J018-5-120', fonds: 'J018', above }, 'J019')).toBe('J019-5-120');
  });

  it('pad a number as it was written', () => {
    expect([padOf('0012', 3), padOf('12', 4), padOf('12345', 4)]).toEqual([4, 0, 4]);
  });
});
