import fc from 'fast-check';
import jsBarcode from 'jsbarcode';
import { describe, expect, it } from 'vitest';
import { asciiCode, barsOf, code128 } from './code128.ts';

/** What another encoder draws, as ones and noughts. */
function theirs(text: string, format: 'CODE128B' | 'CODE128C'): string {
  const drawn: { encodings?: { data: string }[] } = {};
  jsBarcode(drawn, text, { format });
  return drawn.encodings!.map((e) => e.data).join('');
}

/** The symbols as that encoder draws them: those of two digits say their number; 98 has the check symbol 100. */
const SYMBOLS = new Map<string, number>();
for (let n = 0; n < 100; n++) SYMBOLS.set(theirs(String(n).padStart(2, '0'), 'CODE128C').slice(11, 22), n);
SYMBOLS.set(theirs('98', 'CODE128C').slice(22, 33), 100);
SYMBOLS.set(theirs('a', 'CODE128B').slice(0, 11), 104);
SYMBOLS.set(theirs('00', 'CODE128C').slice(0, 11), 105);
// The others stand in the place of the check symbol, 102 that of two pairs alone.
for (let pair = 93; pair < 100; pair++)
  SYMBOLS.set(theirs(String(pair), 'CODE128C').slice(22, 33), (105 + pair) % 103);
SYMBOLS.set(theirs('0050', 'CODE128C').slice(33, 44), 102);

/** Reads bars back, with the other encoder's symbols. */
function read(row: string): string {
  expect(row.slice(-13)).toBe(theirs('a', 'CODE128B').slice(-13));
  const values = row
    .slice(0, -13)
    .match(/.{11}/g)!
    .map((symbol) => SYMBOLS.get(symbol)!);
  const check = values.pop();
  expect(values.reduce((sum, value, i) => sum + value * Math.max(1, i), 0) % 103).toBe(check);
  let set = values[0] === 105 ? 'c' : 'b';
  let text = '';
  for (const value of values.slice(1)) {
    if (set === 'c' && value < 100) text += String(value).padStart(2, '0');
    else if (set === 'c') set = 'b';
    else if (value === 99) set = 'c';
    else text += String.fromCharCode(value + 32);
  }
  return text;
}

function drawn(code: string): string {
  const { bars, modules } = barsOf(code128(code)!);
  const row = Array.from({ length: modules }, () => '0');
  for (const { at, width } of bars) row.fill('1', at, at + width);
  return row.join('');
}

describe('Code 128', () => {
  it('reads back as it was written, by the symbols of another encoder', () => {
    for (const code of [
      'J019-001-012-005',
      asciiCode('J019-WS·2011·D30·BGS-0001'),
      '0012345678',
      '123',
      'A1234567B',
    ])
      expect(read(drawn(code))).toBe(code);
    const text = fc.string({ unit: fc.constantFrom(...'0123456789JWS-. ~x'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(text, (code) => {
        expect(read(drawn(code))).toBe(code);
      }),
    );
  });

  it('says pairs of digits in one symbol', () => {
    expect(code128('00123456')).toHaveLength(1 + 4 + 2);
    expect(drawn('00123456')).toBe(theirs('00123456', 'CODE128C'));
    expect(drawn('J019-001')).toBe(theirs('J019-001', 'CODE128B'));
  });

  it('has none for what it can not say', () => {
    expect(code128('Z109-WS·2011·Y·办公室-0001')).toBeUndefined();
    expect(code128('')).toBeUndefined();
    expect(asciiCode('J019-WS·2011')).toBe('J019-WS.2011');
  });
});
