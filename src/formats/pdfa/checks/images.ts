import { isDict, type PdfDict, type PdfStream } from '#formats/pdf-objects';
import { checkJpx } from './jpx.ts';
import { checkRenderingIntent, isNew, type Scene } from './scene.ts';
import { checkSpace } from './spaces.ts';

/** An image XObject in use, with its masks. */
export function checkImage(
  scene: Scene,
  image: PdfStream,
  resources: PdfDict | undefined,
  place: string,
  isMask = false,
): void {
  const { judging } = scene;
  const { file } = judging;
  const { dict } = image;
  const softMask = file.stream(dict.get('SMask'));
  const inData = file.number(dict.get('SMaskInData')) ?? 0;
  if (softMask || inData > 0) scene.transparent = true;
  const isJpx = file.filters(dict).some(({ name }) => name === 'JPXDecode');
  // The grey of a soft mask is no colour.
  if (!isMask && file.resolve(dict.get('ImageMask')) !== true && dict.has('ColorSpace'))
    checkSpace(scene, dict.get('ColorSpace'), resources, place);
  if (!isNew(scene, dict)) return;
  if (dict.has('SMask')) judging.fault('transparency.softMask', place);
  if (dict.has('Alternates')) judging.fault('image.alternates', place);
  if (dict.has('OPI')) judging.fault('image.opi', place);
  if (file.resolve(dict.get('Interpolate')) === true) judging.fault('image.interpolate', place);
  checkBits(scene, dict, place);
  checkRenderingIntent(scene, file.resolve(dict.get('Intent')), place);
  if (isJpx && judging.part > 1) checkJpx(judging, image, place);
  if (softMask) checkImage(scene, softMask, resources, place, true);
  const mask = file.stream(dict.get('Mask'));
  if (mask) checkImage(scene, mask, resources, place, true);
}

function checkBits(scene: Scene, dict: PdfDict, place: string): void {
  const { file, part } = scene.judging;
  const bits = file.number(dict.get('BitsPerComponent') ?? dict.get('BPC'));
  if (bits === undefined) return;
  const isMask = file.resolve(dict.get('ImageMask') ?? dict.get('IM')) === true;
  const permitted = isMask ? [1] : part === 1 ? [1, 2, 4, 8] : [1, 2, 4, 8, 16];
  if (!permitted.includes(bits)) scene.judging.fault('image.bits', place);
}

const INLINE = new Set([
  ...['ASCIIHexDecode', 'ASCII85Decode', 'FlateDecode', 'RunLengthDecode', 'CCITTFaxDecode', 'DCTDecode'],
  ...['AHx', 'A85', 'Fl', 'RL', 'CCF', 'DCT'],
]);

export function checkInlineImage(
  scene: Scene,
  dict: PdfDict,
  resources: PdfDict | undefined,
  place: string,
): void {
  const { judging } = scene;
  const { file } = judging;
  for (const { name } of file.filters(dict)) {
    const forbidden = judging.part === 1 ? name === 'LZWDecode' || name === 'LZW' : !INLINE.has(name);
    if (forbidden) judging.fault('filter.inline', place);
  }
  if (file.resolve(dict.get('Interpolate') ?? dict.get('I')) === true)
    judging.fault('image.interpolate', place);
  checkBits(scene, dict, place);
  checkRenderingIntent(scene, file.resolve(dict.get('Intent')), place);
  const isMask = file.resolve(dict.get('ImageMask') ?? dict.get('IM')) === true;
  if (!isMask) checkSpace(scene, dict.get('ColorSpace') ?? dict.get('CS'), resources, place);
}

/** What a form XObject may not have; says whether it is a transparency group. */
export function checkForm(scene: Scene, form: PdfStream, place: string): boolean {
  const { judging } = scene;
  const { file } = judging;
  const { dict } = form;
  const group = file.resolve(dict.get('Group'));
  const isGroup = isDict(group) && file.name(group.get('S')) === 'Transparency';
  if (!isNew(scene, dict)) return isGroup;
  if (dict.has('OPI')) judging.fault('form.opi', place);
  if (dict.has('PS') || file.name(dict.get('Subtype2')) === 'PS') judging.fault('form.postscript', place);
  if (dict.has('Ref')) judging.fault('form.reference', place);
  if (dict.has('SMask')) judging.fault('transparency.softMask', place);
  if (isGroup) judging.fault('transparency.group', place);
  return isGroup;
}
