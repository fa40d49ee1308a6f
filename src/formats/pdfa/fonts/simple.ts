import { isDict, nameOf, type PdfDict, PdfName } from '#formats/pdf-objects';
import type { FontUse, Scene } from '../checks/scene.ts';
import { type CMap, readCMap } from './cmap.ts';
import { checkSimpleMetrics } from './metrics.ts';
import { type FontFile, placeOf } from './place.ts';
import { readSfnt, type Sfnt } from './sfnt.ts';
import { checkUnicode } from './unicode.ts';

const SYMBOLIC = 4;

/** Fonts of one-byte codes. */
export function checkSimple(
  scene: Scene,
  use: FontUse,
  descriptor: PdfDict | undefined,
  fontFile: FontFile | undefined,
): void {
  const { file } = scene.judging;
  const isTrueType = file.name(use.dict.get('Subtype')) === 'TrueType';
  const symbolic = ((file.number(descriptor?.get('Flags')) ?? 0) & SYMBOLIC) !== 0;
  const data = fontFile && file.data(fontFile.stream);
  const sfnt = isTrueType && data ? readSfnt(data) : undefined;
  if (isTrueType && descriptor) checkTrueType(scene, use, symbolic, sfnt);
  const { name, differences } = encodingOf(scene, use.dict);
  if (sfnt && !differences) checkSimpleMetrics(scene, use, sfnt, symbolic, name);
  checkSubset(scene, use, descriptor);
  if (showsNotdef(scene, use)) scene.judging.fault('font.notdef', placeOf(scene, use));
  const map = toUnicode(scene, use.dict);
  checkUnicode(scene, use, map, (code) => nameOfCode(scene, use.dict, symbolic && isTrueType, code), 1);
}

/** Part 1 demands a CharSet of every Type 1 subset; whether it is right is not looked at. */
function checkSubset(scene: Scene, use: FontUse, descriptor: PdfDict | undefined): void {
  const { file, part } = scene.judging;
  const isType1 = /^(MM)?Type1$/.test(file.name(use.dict.get('Subtype')) ?? '');
  const isSubset = /^[A-Z]{6}\+/.test(file.name(use.dict.get('BaseFont')) ?? '');
  if (part === 1 && isType1 && isSubset && descriptor && !descriptor.has('CharSet'))
    scene.judging.fault('font.charSet', placeOf(scene, use));
}

/** A code is shown that the differences name .notdef. */
function showsNotdef({ judging: { file } }: Scene, use: FontUse): boolean {
  const codes = new Set<number>();
  let at = 0;
  for (const one of file.array(file.dict(use.dict.get('Encoding'))?.get('Differences')) ?? []) {
    const value = file.resolve(one);
    if (typeof value === 'number') at = value;
    else if (nameOf(value) === '.notdef') codes.add(at++);
    else at++;
  }
  return (
    codes.size > 0 &&
    [...use.texts].some((text) => [...Buffer.from(text, 'latin1')].some((code) => codes.has(code)))
  );
}

export function toUnicode({ judging: { file } }: Scene, font: PdfDict): CMap | undefined {
  const data = file.data(font.get('ToUnicode'));
  return data && readCMap(data);
}

/** The encodings named: by the Encoding itself, or as base of its differences. */
function encodingOf(
  { judging: { file } }: Scene,
  font: PdfDict,
): { name: string | undefined; differences: boolean; present: boolean } {
  const encoding = file.resolve(font.get('Encoding'));
  if (encoding instanceof PdfName) return { name: encoding.name, differences: false, present: true };
  if (!isDict(encoding)) return { name: undefined, differences: false, present: false };
  const list = file.array(encoding.get('Differences')) ?? [];
  return { name: file.name(encoding.get('BaseEncoding')), differences: list.length > 0, present: true };
}

function checkTrueType(scene: Scene, use: FontUse, symbolic: boolean, sfnt: Sfnt | undefined): void {
  const { judging } = scene;
  const place = placeOf(scene, use);
  const { name, differences, present } = encodingOf(scene, use.dict);
  if (symbolic && present) judging.fault('font.encoding', place);
  if (!symbolic) {
    const known = name === 'MacRomanEncoding' || name === 'WinAnsiEncoding';
    const permitted = !differences || (judging.part > 1 && differencesFit(scene, use.dict, sfnt));
    if (!known || !permitted) judging.fault('font.encoding', place);
  }
  if (!sfnt || !use.drawn) return;
  const { cmaps } = sfnt;
  const has = (one: string) => cmaps.includes(one);
  const right =
    judging.part === 1
      ? !symbolic || cmaps.length === 1
      : judging.part === 4
        ? has('1,0') || has(symbolic ? '3,0' : '3,1')
        : symbolic
          ? cmaps.length === 1 || has('3,0')
          : cmaps.length > (has('3,0') ? 1 : 0);
  if (!right) judging.fault('font.cmapTables', place);
}

/** Names that number glyphs instead of naming characters. */
const NUMBERED = /^(g|G|glyph|gid|cid|index|char|C)[0-9]+$/;

/** Names of the differences are of the Adobe Glyph List, as far as can be told, and the font can find them. */
function differencesFit({ judging: { file } }: Scene, font: PdfDict, sfnt: Sfnt | undefined): boolean {
  const list = file.array(file.dict(font.get('Encoding'))?.get('Differences')) ?? [];
  if (sfnt && !sfnt.cmaps.includes('3,1')) return false;
  return list.every((one) => !(one instanceof PdfName) || !NUMBERED.test(one.name));
}

/** The name of the glyph for a code; undefined where no encoding gives one. */
function nameOfCode(
  { judging: { file } }: Scene,
  font: PdfDict,
  unnamed: boolean,
  code: number,
): string | undefined {
  const encoding = file.resolve(font.get('Encoding'));
  if (isDict(encoding)) {
    let at = 0;
    for (const one of file.array(encoding.get('Differences')) ?? []) {
      const value = file.resolve(one);
      if (typeof value === 'number') at = value;
      else if (at++ === code && nameOf(value) !== undefined) return nameOf(value);
    }
    return encoding.has('BaseEncoding') || !unnamed ? 'known' : undefined;
  }
  return encoding instanceof PdfName || !unnamed ? 'known' : undefined;
}
