import { describe, expect, it } from 'vitest';
import { assemble, joinWords } from './assemble.ts';
import { blank } from './grey.ts';
import type { RawSymbol, RawWord } from './reading.ts';

const word = (text: string, confidence: number, x = 0): RawWord => ({
  confidence,
  symbols: [...text].map((letter, i) => ({
    text: letter,
    confidence,
    x0: x + i * 10,
    x1: x + i * 10 + 9,
    y0: 0,
    y1: 10,
  })),
});
const place = (s: RawSymbol) => [s.x0, s.y0, s.x1 - s.x0, s.y1 - s.y0] as const;

describe('joining what was read', () => {
  it('closes up Han characters and keeps the spaces of Latin', () => {
    expect(joinWords(['档案', '管理', '平台'])).toBe('档案管理平台');
    expect(joinWords(['The', 'quick', 'fox'])).toBe('The quick fox');
    expect(joinWords(['二〇二四年', 'Lantai', '3', '月'])).toBe('二〇二四年Lantai 3月');
  });

  it('drops quotation marks seen in wide room, keeps those read with confidence', () => {
    const sheet = blank(200, 20);
    const [ghost] = assemble(
      [{ words: [word('是空', 96), word('”', 10, 30), word('受想', 93, 50)] }],
      sheet,
      place,
    );
    expect(ghost?.text).toBe('是空受想');
    const [quoted] = assemble([{ words: [word('“是空”', 95), word('受想', 93, 60)] }], sheet, place);
    expect(quoted?.text).toBe('“是空”受想');
  });

  it('leaves noise out and gives boxes that hold their words', () => {
    const lines = assemble(
      [{ words: [word('ab', 10)] }, { words: [word('cd', 80), word('ef', 60, 40)] }],
      blank(99, 20),
      place,
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ text: 'cd ef', confidence: 70, box: [0, 0, 59, 10] });
  });
});
