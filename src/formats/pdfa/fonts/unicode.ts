import type { FontUse, Scene } from '../checks/scene.ts';
import { type CMap, codesOf, textOf } from './cmap.ts';
import { hasPrivateUse, placeOf } from './place.ts';

/** Names of glyphs that tell no character. */
const MEANINGLESS = /^(g|G|glyph|gid|cid|index|char|C|a|c)[0-9]+$/;

/**
 * Whether each character shown has a Unicode value, and a permitted one.
 * @param nameOf the name of a glyph by its code, where an encoding gives one
 * @param width bytes of a code where no CMap tells
 */
export function checkUnicode(
  scene: Scene,
  use: FontUse,
  map: CMap | undefined,
  nameOf: (code: number) => string | undefined,
  width: number,
  spaces: CMap['spaces'] = [],
): void {
  const { judging } = scene;
  const place = placeOf(scene, use);
  const ranges = spaces.length > 0 ? spaces : [{ low: 0, high: 256 ** width - 1, length: width }];
  const seen = new Set<number>();
  for (const text of use.texts)
    for (const { code } of codesOf(text, ranges)) {
      if (seen.has(code)) continue;
      seen.add(code);
      const unicode = map && textOf(map, code);
      if (unicode === undefined || unicode === '') {
        const name = nameOf(code);
        if (name === undefined || MEANINGLESS.test(name)) judging.fault('font.unicode', place);
        continue;
      }
      if (/[\0\uFEFF\uFFFE]/.test(unicode)) {
        judging.fault('font.unicodeValues', place);
        judging.fault('font.unicodeValues4', place);
      }
    }
  if (!map) return;
  for (const text of use.withoutActualText)
    if (codesOf(text, ranges).some(({ code }) => hasPrivateUse(textOf(map, code) ?? '')))
      judging.fault('font.privateUse', place);
}
