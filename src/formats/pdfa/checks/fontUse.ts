import type { PdfDict } from '#formats/pdf-objects';
import type { FontUse, Scene } from './scene.ts';

const MAX_BYTES = 4_000_000;

export function noteFont(scene: Scene, dict: PdfDict, place: string): FontUse {
  const known = scene.fonts.get(dict);
  if (known) return known;
  const use: FontUse = {
    dict,
    place,
    drawn: false,
    drawnTexts: new Set(),
    texts: new Set(),
    withoutActualText: new Set(),
    bytes: 0,
  };
  scene.fonts.set(dict, use);
  return use;
}

/** A string shown in a font. Beyond a measure further strings are not kept: a font's characters repeat. */
export function noteText(use: FontUse, bytes: Buffer, drawn: boolean, hasActualText: boolean): void {
  if (drawn && bytes.length > 0) use.drawn = true;
  if (use.bytes > MAX_BYTES) return;
  const text = bytes.toString('latin1');
  if (!use.texts.has(text)) use.bytes += text.length;
  use.texts.add(text);
  if (drawn) use.drawnTexts.add(text);
  if (!hasActualText) use.withoutActualText.add(text);
}
