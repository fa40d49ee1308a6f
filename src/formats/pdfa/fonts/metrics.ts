import { isStream, type PdfDict } from '#formats/pdf-objects';
import type { FontUse, Scene } from '../checks/scene.ts';
import { type CMap, cidOf, codesOf } from './cmap.ts';
import { type FontFile, placeOf } from './place.ts';
import { readSfnt, type Sfnt } from './sfnt.ts';

/** Widths may differ by one thousandth of the type size. */
const TOLERANCE = 1;
const MAX_CIDS = 65_536;

/** Glyphs and widths of a TrueType font used through CIDs, and the glyph .notdef. */
export function checkCidMetrics(
  scene: Scene,
  use: FontUse,
  cidFont: PdfDict,
  fontFile: FontFile | undefined,
  map: CMap | undefined,
): void {
  const { judging } = scene;
  const { file } = judging;
  const place = placeOf(scene, use);
  const spaces = map?.spaces.length ? map.spaces : [{ low: 0, high: 0xffff, length: 2 }];
  const toCid = (code: number, length: number) => (map ? cidOf(map, code, length) : code);
  const cids = (texts: ReadonlySet<string>) =>
    new Set(
      [...texts].flatMap((text) => codesOf(text, spaces).map(({ code, length }) => toCid(code, length))),
    );
  if (!map && cids(use.texts).has(0)) judging.fault('font.notdef', place);
  if (fontFile?.key !== 'FontFile2') return;
  const data = file.data(fontFile.stream);
  const sfnt = data && readSfnt(data);
  if (!sfnt) return;
  const widths = widthsOf(scene, cidFont);
  const table = file.resolve(cidFont.get('CIDToGIDMap'));
  const gids = isStream(table) ? file.data(table) : undefined;
  for (const cid of cids(use.drawnTexts)) {
    const glyph = gids ? (cid * 2 + 2 <= gids.length ? gids.readUInt16BE(cid * 2) : 0) : cid;
    if (glyph >= sfnt.glyphs) judging.fault('font.glyphs', place);
    else if (differs(sfnt, glyph, widths(cid))) judging.fault('font.widths', place);
  }
}

function differs(sfnt: Sfnt, glyph: number, said: number | undefined): boolean {
  const advance = sfnt.advance(glyph);
  if (advance === undefined || said === undefined) return false;
  return Math.abs((advance * 1000) / sfnt.unitsPerEm - said) > TOLERANCE;
}

/** The W array of a CID font (ISO 32000-1, 9.7.4.3). */
function widthsOf({ judging: { file } }: Scene, cidFont: PdfDict): (cid: number) => number {
  const found = new Map<number, number>();
  const list = file.array(cidFont.get('W')) ?? [];
  for (let i = 0; i < list.length && found.size < MAX_CIDS; ) {
    const first = file.number(list[i]) ?? 0;
    const single = file.array(list[i + 1]);
    if (single) {
      for (const [j, one] of single.entries()) found.set(first + j, file.number(one) ?? 0);
      i += 2;
    } else {
      const last = Math.min(file.number(list[i + 1]) ?? first, first + MAX_CIDS);
      for (let cid = first; cid <= last; cid++) found.set(cid, file.number(list[i + 2]) ?? 0);
      i += 3;
    }
  }
  const without = file.number(cidFont.get('DW')) ?? 1000;
  return (cid) => found.get(cid) ?? without;
}

const DECODERS: Readonly<Record<string, string>> = {
  WinAnsiEncoding: 'windows-1252',
  MacRomanEncoding: 'macintosh',
};

/** Widths of a simple TrueType font, for the codes that lead to a glyph of it. */
export function checkSimpleMetrics(
  scene: Scene,
  use: FontUse,
  sfnt: Sfnt,
  symbolic: boolean,
  encoding: string | undefined,
): void {
  const { file } = scene.judging;
  const first = file.number(use.dict.get('FirstChar')) ?? 0;
  const widths = file.array(use.dict.get('Widths')) ?? [];
  const label = DECODERS[encoding ?? ''];
  const decoder = label ? new TextDecoder(label) : undefined;
  const glyphOf = (code: number): number => {
    if (symbolic)
      return sfnt.glyph('3,0', 0xf000 + code) || sfnt.glyph('3,0', code) || sfnt.glyph('1,0', code);
    const point = decoder?.decode(Buffer.of(code)).codePointAt(0);
    return point === undefined ? 0 : sfnt.glyph('3,1', point);
  };
  const codes = new Set([...use.drawnTexts].flatMap((text) => [...Buffer.from(text, 'latin1')]));
  for (const code of codes) {
    const glyph = glyphOf(code);
    if (glyph > 0 && differs(sfnt, glyph, file.number(widths[code - first])))
      scene.judging.fault('font.widths', placeOf(scene, use));
  }
}
