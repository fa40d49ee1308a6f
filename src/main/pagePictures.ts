import { createHash } from 'node:crypto';
import { renderImage } from '#formats/iiif';
import { systemActor } from '#kernel/actor';
import type { AccessDeps } from '#modules/access';
import type { HeldFile, Preservation, pageViewer } from '#modules/preservation';

/** Long side of a page on a certified copy: 200 dpi on A4. */
const SIDE = 2_300;

/**
 * The picture of a page for a certified copy: drawn from the held file after every byte of it was checked against its
 * digest. What has rotted is never certified.
 */
export function pagePictures(
  preservation: Preservation,
  viewer: ReturnType<typeof pageViewer>,
): AccessDeps['pagePicture'] {
  const system = systemActor('lantai');
  return async (unitId, pageNo) => {
    const { file } = await preservation.pageFile(system, unitId, pageNo);
    await check(preservation, file);
    const pyramid = await viewer.pyramid(system, unitId, pageNo);
    const { width, height } = pyramid.levels[0]!;
    const size = Math.max(width, height) <= SIDE ? 'max' : `!${SIDE},${SIDE}`;
    const picture = (await renderImage(pyramid, `full/${size}/0/default.jpg`)).data;
    return { picture, sourceSha256: file.sha256 };
  };
}

async function check(preservation: Preservation, file: HeldFile): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of await preservation.verified(file)) hash.update(chunk);
  if (hash.digest('hex') !== file.sha256)
    throw new Error(`held file ${file.objectId} ${file.logicalPath} is damaged`);
}
