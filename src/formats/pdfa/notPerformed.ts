import type { Flavour } from './flavour.ts';

/** What our checks leave out, in words; a validator of the whole standard looks at these too. */
export function notPerformed({ part, level }: Flavour): string[] {
  const all = [
    'glyphs and widths of Type 1, CFF and Type 3 fonts; glyphs of simple TrueType fonts',
    'whether CharSet and CIDSet list the glyphs that are there',
    'signatures, which are checked apart',
    'inner structure of fonts (tables, programs, glyph outlines)',
    'inner structure of ICC profiles beyond their head',
    'whether image data can be decoded',
    'glyphs and widths of fonts of predefined CJK CMaps',
    'demands on readers and on writers’ processes',
  ];
  const later = ['whether embedded files conform beyond our own checks of PDF'];
  const tagged = [
    'whether the structure tree fits the content: reading order, headings, tables, alternative texts',
  ];
  const named = ['whether the names of glyphs of fonts without ToUnicode are in the Adobe Glyph List'];
  const mapped = level === 'a' || level === 'u' || part === 4;
  return [...all, ...(part > 1 ? later : []), ...(mapped ? named : []), ...(level === 'a' ? tagged : [])];
}
