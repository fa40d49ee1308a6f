import type { PdfDict } from '#formats/pdf-objects';
import { checkComposite } from '../fonts/composite.ts';
import { type FontFile, placeOf } from '../fonts/place.ts';
import { checkSimple } from '../fonts/simple.ts';
import type { FontUse, Scene } from './scene.ts';

const KEYS = ['FontFile', 'FontFile2', 'FontFile3'];
const TYPES = new Set(['Type1', 'MMType1', 'TrueType', 'Type3', 'Type0', 'CIDFontType0', 'CIDFontType2']);

/** The fonts that the content of the file uses. */
export function checkFonts(scene: Scene): void {
  for (const use of scene.fonts.values()) checkFont(scene, use);
}

function checkFont(scene: Scene, use: FontUse): void {
  const { file } = scene.judging;
  const type = file.name(use.dict.get('Subtype'));
  const isComposite = type === 'Type0';
  const [descendant] = isComposite ? (file.array(use.dict.get('DescendantFonts')) ?? []) : [];
  const cidFont = file.dict(descendant);
  for (const one of isComposite ? [use.dict, cidFont] : [use.dict])
    if (one) checkDictionary(scene, one, use.place);
  const holder = isComposite ? cidFont : use.dict;
  const descriptor = file.dict(holder?.get('FontDescriptor'));
  const fontFile = fontFileOf(scene, descriptor);
  if (fontFile) checkSubtype(scene, fontFile, use.place);
  if (type !== 'Type3' && use.drawn && !fontFile) scene.judging.fault('font.embedded', placeOf(scene, use));
  if (isComposite && cidFont) checkComposite(scene, use, cidFont, descriptor, fontFile);
  else if (!isComposite) checkSimple(scene, use, descriptor, fontFile);
}

export function fontFileOf(
  { judging: { file } }: Scene,
  descriptor: PdfDict | undefined,
): FontFile | undefined {
  for (const key of KEYS) {
    const stream = file.stream(descriptor?.get(key));
    if (stream) return { stream, key };
  }
  return undefined;
}

function checkDictionary(scene: Scene, font: PdfDict, place: string): void {
  const { file } = scene.judging;
  const type = file.name(font.get('Subtype'));
  if (!isComplete(scene, font, type)) scene.judging.fault('font.dictionary', place);
}

function isComplete(scene: Scene, font: PdfDict, type: string | undefined): boolean {
  const { file } = scene.judging;
  if (file.name(font.get('Type')) !== 'Font' || type === undefined || !TYPES.has(type)) return false;
  if (type !== 'Type3' && file.name(font.get('BaseFont')) === undefined) return false;
  if (type === 'Type0' || type.startsWith('CID') || isStandard(scene, font, type)) return true;
  const [first, last] = [file.number(font.get('FirstChar')), file.number(font.get('LastChar'))];
  const widths = file.array(font.get('Widths'));
  return first !== undefined && last !== undefined && widths?.length === last - first + 1;
}

const FOURTEEN = new Set([
  ...['Courier', 'Courier-Bold', 'Courier-Oblique', 'Courier-BoldOblique', 'Helvetica', 'Helvetica-Bold'],
  ...[
    'Helvetica-Oblique',
    'Helvetica-BoldOblique',
    'Times-Roman',
    'Times-Bold',
    'Times-Italic',
    'Times-BoldItalic',
  ],
  ...['Symbol', 'ZapfDingbats'],
]);

/** One of the fourteen, written without widths as PDF permits. */
function isStandard({ judging: { file } }: Scene, font: PdfDict, type: string): boolean {
  const bare = !font.has('FirstChar') && !font.has('LastChar') && !font.has('Widths');
  return type === 'Type1' && bare && FOURTEEN.has(file.name(font.get('BaseFont')) ?? '');
}

function checkSubtype(scene: Scene, { stream, key }: FontFile, place: string): void {
  const { judging } = scene;
  const subtype = judging.file.name(stream.dict.get('Subtype'));
  if (key !== 'FontFile3' || subtype === undefined) return;
  const permitted = ['Type1C', 'CIDFontType0C', ...(judging.part > 1 ? ['OpenType'] : [])];
  if (!permitted.includes(subtype)) judging.fault('font.dictionary', place);
}
