import type { Rule } from './rule.ts';

const all = (one: string, two: string, four?: string) => ({ 1: one, 2: two, ...(four ? { 4: four } : {}) });

/** Graphics and fonts: ISO 19005-1 6.2 to 6.4, ISO 19005-2, -3 and -4 6.2. */
export const CONTENT_RULES = {
  'content.operator': {
    ...all('6.2.10', '6.2.2', '6.2.2'),
    says: 'Content streams use none but the operators of PDF.',
  },
  'content.inherited': {
    2: '6.2.2',
    4: '6.2.2',
    says: 'A content stream that uses resources has its own resource dictionary.',
  },
  'content.undefined': { 4: '6.2.2', says: 'Resources that a content stream names exist.' },
  'intent.profile': {
    ...all('6.2.2', '6.2.3', '6.2.3'),
    says: 'The profile of an output intent is one of a printer or monitor, grey, RGB or CMYK, of a version permitted.',
  },
  'intent.several': { ...all('6.2.2', '6.2.3', '6.2.3'), says: 'All output intents share one profile.' },
  'intent.reference': { 2: '6.2.3', 4: '6.2.3', says: 'An output intent has no DestOutputProfileRef.' },
  'icc.profile': {
    ...all('6.2.3.2', '6.2.4.2', '6.2.4.2'),
    says: 'ICC profiles are of a class, colour space and version permitted.',
  },
  'icc.components': {
    1: '6.2.3.2',
    says: 'The number of components of an ICC colour space is that of its profile.',
  },
  'icc.overprint': {
    2: '6.2.4.2',
    4: '6.2.4.2',
    says: 'Overprint mode is not 1 where ICC-based CMYK is overprinted.',
  },
  'icc.sameAsIntent': {
    4: '6.2.4.2',
    says: 'An ICC-based CMYK space does not use the profile of the output intent.',
  },
  'colour.deviceRgb': {
    ...all('6.2.3.3', '6.2.4.3', '6.2.4.3'),
    says: 'DeviceRGB is used only with an RGB output intent or a default space.',
  },
  'colour.deviceCmyk': {
    ...all('6.2.3.3', '6.2.4.3', '6.2.4.3'),
    says: 'DeviceCMYK is used only with a CMYK output intent or a default space.',
  },
  'colour.deviceGray': {
    ...all('6.2.3.3', '6.2.4.3', '6.2.4.3'),
    says: 'DeviceGray is used only with an output intent or a default space.',
  },
  'colour.colourants': {
    2: '6.2.4.4',
    4: '6.2.4.4',
    says: 'Spot colours of DeviceN are in its Colorants dictionary.',
  },
  'colour.separations': {
    2: '6.2.4.4',
    4: '6.2.4.4',
    says: 'Separations of one name have the same tint transform and alternate space.',
  },
  'image.alternates': { ...all('6.2.4', '6.2.8.1', '6.2.7.1'), says: 'Images have no Alternates.' },
  'image.opi': { ...all('6.2.4', '6.2.8.1', '6.2.7.1'), says: 'Images have no OPI.' },
  'image.interpolate': { ...all('6.2.4', '6.2.8.1', '6.2.7.1'), says: 'Images are not interpolated.' },
  'image.bits': {
    ...all('6.2.4', '6.2.8.1', '6.2.7.1'),
    says: 'Images have 1, 2, 4, 8 (and from part 2 on 16) bits a component, masks one.',
  },
  'image.jpx': {
    2: '6.2.8.3',
    4: '6.2.7.3',
    says: 'JPEG 2000 images have the colour spaces, channels and bit depths permitted.',
  },
  'form.opi': { ...all('6.2.4', '6.2.9.1', '6.2.8.1'), says: 'Forms have no OPI.' },
  'form.postscript': { ...all('6.2.5', '6.2.9.1'), says: 'Forms have neither PS nor Subtype2 PS.' },
  'form.reference': { ...all('6.2.6', '6.2.9.2', '6.2.8.2'), says: 'There are no reference XObjects.' },
  'xobject.postscript': { ...all('6.2.7', '6.2.9.3'), says: 'There are no PostScript XObjects.' },
  'state.transfer': {
    ...all('6.2.8', '6.2.5', '6.2.5'),
    says: 'Graphics states have no transfer functions (TR, or TR2 other than Default).',
  },
  'state.halftonePhase': { 2: '6.2.5', says: 'Graphics states have no HTP.' },
  'state.halftoneOrigin': { 4: '6.2.5', says: 'Graphics states have no HTO.' },
  'state.halftone': {
    2: '6.2.5',
    4: '6.2.5',
    says: 'Halftones are of type 1 or 5, without a name, with transfer functions only where wanted.',
  },
  'state.intent': {
    ...all('6.2.9', '6.2.6', '6.2.6'),
    says: 'Rendering intents are one of the four of PDF.',
  },
  'transparency.softMask': { 1: '6.4', says: 'There are no soft masks.' },
  'transparency.group': { 1: '6.4', says: 'There are no transparency groups.' },
  'transparency.blendMode': { ...all('6.4', '6.2.10', '6.2.9'), says: 'Blend modes are those permitted.' },
  'transparency.opacity': { 1: '6.4', says: 'CA and ca are 1.' },
  'transparency.space': {
    2: '6.2.10',
    4: '6.2.9',
    says: 'Without an output intent, a page with transparency has a group with a colour space.',
  },
  'font.dictionary': {
    ...all('6.3.2', '6.2.11.2', '6.2.10.2'),
    says: 'Font dictionaries have the entries that PDF demands.',
  },
  'font.systemInfo': {
    ...all('6.3.3.1', '6.2.11.3.1', '6.2.10.3.1'),
    says: 'The CIDSystemInfo of a CID font and of its CMap fit each other.',
  },
  'font.cidToGid': {
    ...all('6.3.3.2', '6.2.11.3.2', '6.2.10.3.2'),
    says: 'Embedded CID fonts of type 2 have a CIDToGIDMap.',
  },
  'font.cmap': {
    ...all('6.3.3.3', '6.2.11.3.3', '6.2.10.3.3'),
    says: 'CMaps other than those predefined are embedded.',
  },
  'font.cmapMode': {
    ...all('6.3.3.3', '6.2.11.3.3', '6.2.10.3.3'),
    says: 'WMode is the same in a CMap and its dictionary.',
  },
  'font.cmapUse': { 2: '6.2.11.3.3', 4: '6.2.10.3.3', says: 'CMaps refer to none but the predefined ones.' },
  'font.embedded': {
    ...all('6.3.4', '6.2.11.4.1', '6.2.10.4.1'),
    says: 'Fonts used for drawing are embedded.',
  },
  'font.glyphs': {
    ...all('6.3.5', '6.2.11.4.1', '6.2.10.4.1'),
    says: 'Embedded fonts hold all glyphs drawn.',
  },
  'font.charSet': { 1: '6.3.5', says: 'A Type 1 subset has a CharSet.' },
  'font.cidSet': {
    1: '6.3.5',
    says: 'A CID font subset has a CIDSet.',
  },
  'font.widths': {
    ...all('6.3.6', '6.2.11.5', '6.2.10.5'),
    says: 'Widths in the font dictionary and in the font are the same.',
  },
  'font.encoding': {
    ...all('6.3.7', '6.2.11.6', '6.2.10.6'),
    says: 'Non-symbolic TrueType fonts are encoded as MacRoman or WinAnsi, symbolic ones not at all.',
  },
  'font.cmapTables': {
    ...all('6.3.7', '6.2.11.6', '6.2.10.6'),
    says: 'TrueType fonts have the cmap tables wanted.',
  },
  'font.unicode': {
    1: '6.3.8',
    2: '6.2.11.7.2',
    levels: ['a', 'u'],
    says: 'Every character shown has a Unicode value.',
  },
  'font.unicodeValues': {
    2: '6.2.11.7.2',
    levels: ['a', 'u'],
    says: 'Unicode values are neither 0 nor U+FEFF nor U+FFFE.',
  },
  'font.unicodeValues4': { 4: '6.2.10.7', says: 'Unicode values are neither 0 nor U+FEFF nor U+FFFE.' },
  'font.privateUse': {
    2: '6.2.11.7.3',
    levels: ['a'],
    says: 'Characters of the Private Use Area have an ActualText.',
  },
  'font.actualText': { 4: '6.2.10.8', says: 'An ActualText holds no characters of the Private Use Area.' },
  'font.notdef': { 2: '6.2.11.8', 4: '6.2.10.9', says: 'The glyph .notdef is not shown.' },
} satisfies Record<string, Rule>;
