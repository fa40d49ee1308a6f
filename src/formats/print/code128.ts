/** Code 128 (ISO/IEC 15417): widths of bars and spaces, each symbol eleven modules, the stop thirteen. */
const SYMBOLS =
  `212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323
131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113
213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112
421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232
2331112`.split(/\s+/);
const [TO_C, TO_B, START_B, START_C, STOP] = [99, 100, 104, 105, 106];

/** A reference code as its bars say it: a full stop for the middle dot, as people type it and search reads it (DA/T 13 [D]). */
export const asciiCode = (code: string): string => code.replaceAll('·', '.');

/**
 * The symbols of a text of printable ASCII: pairs of digits in one symbol where at least four stand together, with the check
 * symbol and the stop.
 *
 * @returns undefined where a character has no symbol, such as Chinese: a QR code says those
 */
export function code128(text: string): number[] | undefined {
  if (text === '' || !/^[\x20-\x7e]+$/.test(text)) return undefined;
  const symbols: number[] = [];
  let set: 'b' | 'c' | undefined;
  for (let i = 0; i < text.length; ) {
    const digits = /^\d*/.exec(text.slice(i))![0].length;
    const pairs = Math.floor(digits / 2);
    const worth = set === 'c' ? pairs >= 1 : pairs >= 2;
    if (worth && (set === 'c' || digits % 2 === 0 || i === 0)) {
      if (set !== 'c') symbols.push(set === undefined ? START_C : TO_C);
      set = 'c';
      const take = pairs;
      for (let p = 0; p < take; p++) symbols.push(Number(text.slice(i + 2 * p, i + 2 * p + 2)));
      i += 2 * take;
      continue;
    }
    if (set !== 'b') symbols.push(set === undefined ? START_B : TO_B);
    set = 'b';
    symbols.push(text.charCodeAt(i) - 32);
    i++;
  }
  const check = symbols.reduce((sum, symbol, i) => sum + symbol * Math.max(1, i), 0) % 103;
  return [...symbols, check, STOP];
}

/** Bars from the left: where each begins and how wide it is, in modules; and how many modules there are. */
export function barsOf(symbols: readonly number[]): {
  bars: { at: number; width: number }[];
  modules: number;
} {
  const bars: { at: number; width: number }[] = [];
  let at = 0;
  for (const symbol of symbols)
    for (const [i, digit] of [...SYMBOLS[symbol]!].entries()) {
      const width = Number(digit);
      if (i % 2 === 0) bars.push({ at, width });
      at += width;
    }
  return { bars, modules: at };
}
