import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { writeBag } from '#formats/bagit';

/** Files of which a bench makes packages. */
export interface Case {
  what: string;
  fonds: string;
  ending: string;
  /** Of so many files of the bench one is made: large ones are fewer. */
  oneIn: number;
  /** The bytes of one file, no two alike. */
  bytes(n: number): Uint8Array;
}

/** A scan: noise, which no compression makes small; a comment of the picture tells each from the others. */
async function scanOf(edge: number): Promise<Case['bytes']> {
  const noise = Buffer.alloc(edge * edge * 3);
  for (let i = 0, x = 1; i < noise.length; i++) {
    x = (x * 1_103_515_245 + 12_345) % 2 ** 31;
    noise[i] = x >> 16;
  }
  const scan = await sharp(noise, { raw: { width: edge, height: edge, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  return (n) => {
    const comment = Buffer.from('fffe000a0000000000000000', 'hex');
    comment.writeUInt32BE(n, 4);
    return Buffer.concat([scan.subarray(0, 2), comment, scan.subarray(2)]);
  };
}

export async function transferCases(): Promise<Case[]> {
  return [
    { what: 'files of 1 MB', fonds: 'J1000', ending: 'jpg', oneIn: 10, bytes: await scanOf(1_090) },
    { what: 'files of 70 kB', fonds: 'J070', ending: 'jpg', oneIn: 1, bytes: await scanOf(290) },
    {
      what: 'small files',
      fonds: 'J001',
      ending: 'txt',
      oneIn: 1,
      bytes: (n) => Buffer.from(`第${n}件。民政局关于一九五四年救济工作的通知。\n`.repeat(4)),
    },
  ];
}

const folderOf = (n: number) => String(n).padStart(6, '0');

/** @returns bytes in all */
export async function makeTransfer(
  source: string,
  { ending, bytes }: Case,
  entries: number,
): Promise<number> {
  let all = 0;
  for (let n = 0; n < entries; n++) {
    const folder = join(source, folderOf(n));
    await mkdir(folder, { recursive: true });
    const file = await open(join(folder, `0001.${ending}`), 'wx');
    const content = bytes(n);
    await file.writeFile(content);
    await file.close();
    all += content.length;
  }
  return all;
}

/** The same files as a bag of others. */
export async function bagOfTransfer(
  target: string,
  source: string,
  { ending, bytes }: Case,
  entries: number,
) {
  async function* files() {
    for (let n = 0; n < entries; n++) {
      const content = bytes(n);
      yield { path: `${folderOf(n)}/0001.${ending}`, content, bytes: content.length };
    }
  }
  await writeBag(target, {
    wrapper: 'zip',
    name: 'transfer',
    date: new Date(0),
    scratch: source,
    info: [['External-Description', '移交材料']],
    files: files(),
  });
}
