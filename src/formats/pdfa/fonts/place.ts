import type { PdfStream } from '#formats/pdf-objects';
import type { FontUse, Scene } from '../checks/scene.ts';

export interface FontFile {
  stream: PdfStream;
  /** `FontFile`, `FontFile2`, `FontFile3`. */
  key: string;
}

export const placeOf = ({ judging: { file } }: Scene, { dict, place }: FontUse): string =>
  `${place}: ${file.name(dict.get('BaseFont')) ?? 'font without a name'}`;

export const hasPrivateUse = (text: string): boolean => /[\uE000-\uF8FF\u{F0000}-\u{10FFFF}]/u.test(text);
