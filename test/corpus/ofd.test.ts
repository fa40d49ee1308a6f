import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openOfd } from '#formats/ofd';

const corpora = process.env.LANTAI_CORPORA;
const folder = join(corpora ?? '', 'ofd');
const files = corpora ? readdirSync(folder).filter((name) => name.endsWith('.ofd')) : [];

describe.skipIf(!corpora)('OFD on the corpus (skipped without LANTAI_CORPORA)', () => {
  it.each(files)('opens %s, reads its pages and draws the first', async (name) => {
    const ofd = await openOfd(join(folder, name));
    try {
      expect(ofd.pageCount).toBeGreaterThan(0);
      for (let page = 1; page <= ofd.pageCount; page++) {
        const { width, height, words } = await ofd.text(page);
        expect(width > 0 && height > 0).toBe(true);
        for (const { x, y, w, h } of words) expect([x, y, w, h].every((v) => v >= 0 && v <= 1)).toBe(true);
      }
      const drawn = await ofd.render(1, { maxSide: 400 });
      expect((await sharp(drawn.data).metadata()).format).toBe('png');
      for (const attachment of ofd.attachments) {
        if (attachment.part) expect((await ofd.attachment(attachment.part)).length).toBe(attachment.size);
      }
    } finally {
      await ofd.close();
    }
  });

  it('finds text in nearly all of them', async () => {
    let withText = 0;
    for (const name of files) {
      const ofd = await openOfd(join(folder, name));
      if ((await ofd.text(1)).hasText) withText += 1;
      await ofd.close();
    }
    expect(withText).toBeGreaterThanOrEqual(31);
  }, 300_000);

  it('lists seals with the parts they cover', async () => {
    const ofd = await openOfd(join(folder, 'v4signed.ofd'));
    expect(ofd.signatures).toHaveLength(1);
    expect(ofd.signatures[0]).toMatchObject({ type: 'Seal', stamps: [{ box: { w: 30, h: 20 } }] });
    expect(ofd.signatures[0]?.covers.length).toBeGreaterThan(10);
    await ofd.close();
  });
});
