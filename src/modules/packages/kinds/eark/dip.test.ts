import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { validateEark } from '#formats/eark';
import { openTree } from '#formats/tree';
import { consignmentOf, heldIn } from '../../../../../test/support/consignments.ts';
import { dip, eark } from './index.ts';

const unit = (key: string, ending: string) => ({
  key,
  parentKey: null,
  fonds: 'J019',
  formerCodes: [],
  documents: [],
  row: { level: 'item', title: key, reference_code: key },
  files: [{ name: `${key}${ending}`, nameBytes: '31', mediaType: 'image/tiff', bytes: '4949', ending }],
});

it('a DIP has pictures of pages that few programs show as a representation of its own, and is taken in from its originals', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-dip-'));
  try {
    const held = {
      fonds: [{ number: 'J019', name: '县民政局', history: null }],
      units: [unit('a', '.tif'), unit('b', '.txt')],
    };
    const consignment = {
      ...consignmentOf(held),
      async *accessCopies(key: string) {
        if (key === 'a') yield { name: '0001-0001.jpg', picture: Buffer.from('a picture') };
      },
    };
    for (const [kind, representations] of [
      [dip, 2],
      [eark, 1],
    ] as const) {
      const target = join(folder, `p${representations}`);
      const order = { target, wrapper: 'folder', name: `p${representations}`, scratch: folder } as const;
      const signer = async () => {
        throw new Error('nothing is signed here');
      };
      await kind.write(consignment, { ...order, date: new Date(), signer, whole: async () => {} });
      const whole = await openTree(target);
      const report = await validateEark(whole, { name: order.name });
      expect(report.findings.filter((f) => f.severity === 'error')).toEqual([]);
      expect(report).toMatchObject({ kind: kind === dip ? 'DIP' : 'SIP', representations });
      const opened = await kind.open({ root: whole, whole, name: order.name, scratch: folder, fonds: null });
      expect((await heldIn(opened.consignment)).units.map((u) => [u.key, u.files.length])).toEqual([
        ['a', 1],
        ['b', 1],
      ]);
      await whole.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
