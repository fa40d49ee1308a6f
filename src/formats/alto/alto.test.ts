import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AltoPage, altoXml, readAlto } from './index.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '档',
      '案',
      'a',
      ' ',
      '\n',
      '\r',
      '\t',
      '\\',
      '"',
      '&',
      '<',
      '\u0001',
      '\ufffe',
      '𠮷',
    ),
  }),
);
const confidence = fc.integer({ min: 0, max: 1000 }).map((n) => n / 10);
const pixels = fc.integer({ min: 0, max: 20_000 });
const line = fc.record({ text, confidence, box: fc.tuple(pixels, pixels, pixels, pixels) });
const page: fc.Arbitrary<AltoPage> = fc.record({
  source: fc.constantFrom('content/0001.tif', 'content/12345.pdf'),
  filePage: fc.integer({ min: 1, max: 100_000 }),
  state: fc.constantFrom('ready', 'poor', 'failed'),
  origin: fc.constantFrom('layer', 'ocr'),
  engine: fc.oneof(fc.constant('tesseract 5.3'), text),
  confidence: fc.option(confidence),
  rotation: fc.constantFrom(0, 90, 180, 270),
  width: fc.option(pixels),
  height: fc.option(pixels),
  text,
  lines: fc.array(line, { maxLength: 4 }),
  nameless: fc.nat(500),
  notDrawn: fc.option(
    fc.array(fc.record({ kind: fc.constant('image'), count: fc.nat(9) }), { maxLength: 2 }),
  ),
  readAt: fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
});

/** The usual: the text is the lines. */
const ofLines = page.map((p) => ({ ...p, text: p.lines.map((l) => l.text).join('\n') }));

describe('ALTO', () => {
  it('gives back every page as it was, whatever stood on it', () => {
    fc.assert(
      fc.property(fc.oneof(page, ofLines), (p) => {
        expect(readAlto(Buffer.from(altoXml(p), 'utf8'))).toEqual(p);
      }),
      { numRuns: 500 },
    );
  });

  it('gives back a page without text whose lines are empty as a page without text', () => {
    const empty = { text: '', confidence: 0, box: [0, 0, 0, 0] as [number, number, number, number] };
    fc.assert(
      fc.property(page, fc.integer({ min: 0, max: 4 }), (p, count) => {
        const lines = Array.from({ length: count }, () => empty);
        const bare = { ...p, text: '', lines };
        expect(readAlto(Buffer.from(altoXml(bare), 'utf8'))).toEqual(bare);
      }),
      { numRuns: 50 },
    );
  });

  it('has each line with its place and its confidence, and the text once', () => {
    const xml = altoXml({
      source: 'content/0001.tif',
      filePage: 1,
      state: 'ready',
      origin: 'ocr',
      engine: 'reader 1',
      confidence: 91.5,
      rotation: 90,
      width: 1000,
      height: 1400,
      nameless: 0,
      notDrawn: null,
      text: '石桥县\n民政局',
      lines: [
        { text: '石桥县', confidence: 93, box: [100, 120, 300, 40] },
        { text: '民政局', confidence: 90, box: [100, 180, 300, 40] },
      ],
      readAt: new Date('2026-03-01T00:00:00Z'),
    });
    expect(xml).toContain('<TextLine ID="line1" HPOS="100" VPOS="120" WIDTH="300" HEIGHT="40">');
    expect(xml).toContain('CONTENT="石桥县" WC="0.93"');
    expect(xml.match(/民政局/g)).toHaveLength(1);
    expect(xml).toContain('turned: 90\n');
  });

  it('refuses ALTO that others wrote, and XML that is none', () => {
    const other = '<alto><Layout><Page ID="p" PHYSICAL_IMG_NR="1"/></Layout></alto>';
    for (const bad of [other, '<alto>', 'no xml', '<x/>'])
      expect(() => readAlto(Buffer.from(bad))).toThrow(expect.objectContaining({ code: 'alto.damaged' }));
  });
});
