import { imageFacts, imageInfo } from '#formats/images';
import { Refusal } from '#kernel/errors';
import { defined } from './defined.ts';
import type { Inside } from './types.ts';

export async function lookInsideImage(path: string): Promise<Inside> {
  try {
    const info = await imageInfo(path);
    const facts = await imageFacts(path, info);
    const claims: Record<string, string> = {};
    if (facts.software) claims.software = facts.software;
    if (facts.made) claims.made = facts.made;
    return {
      kind: 'image',
      pages: info.pages,
      image: {
        format: info.format,
        width: info.width,
        height: info.height,
        ...defined({
          xDpi: facts.xDpi,
          yDpi: facts.yDpi,
          bitsPerSample: info.bitDepth,
          samples: info.samples,
          colourSpace: info.colourSpace,
          compression: facts.compression,
        }),
        iccProfile: info.iccProfile,
      },
      claims,
      notPerformed: [],
    };
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    return { kind: 'image', notPerformed: [e.message] };
  }
}
