import { PdfDict, type PdfValue } from '#formats/pdf-objects';
import type { Scene } from './scene.ts';

/** The space of a transparency group, as part 4 counts it. */
export function groupSpace(scene: Scene, value: PdfValue | undefined): string | undefined {
  const { file } = scene.judging;
  const group = file.dict(value);
  const space = file.resolve(group?.get('CS'));
  const kind = file.name(Array.isArray(space) ? space[0] : space);
  if (kind === 'ICCBased' && Array.isArray(space))
    return { 1: 'GRAY', 3: 'RGB ', 4: 'CMYK' }[file.number(file.dict(space[1])?.get('N')) ?? 0];
  return { CalRGB: 'RGB ', DeviceRGB: 'RGB ', DeviceCMYK: 'CMYK', CalGray: 'GRAY', DeviceGray: 'GRAY' }[
    kind ?? ''
  ];
}

export const isTransparencyGroup = (scene: Scene, value: PdfValue | undefined): boolean => {
  const { file } = scene.judging;
  const group = file.dict(value);
  return group instanceof PdfDict && file.name(group.get('S')) === 'Transparency';
};
