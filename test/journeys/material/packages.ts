import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeZip } from '#formats/tree';

/** Invented throughout. */
const RECORDS: Readonly<Record<string, string>> = {
  'data/救灾/关于修桥的请示.txt': '关于修桥的请示\n',
  'data/救灾/关于修桥的批复.txt': '同意修桥。\n',
};
/** The record that was altered after its bag was made. */
export const ALTERED = 'data/救灾/关于修桥的批复.txt';

function bag(altered: boolean): Map<string, string> {
  const manifest = Object.entries(RECORDS)
    .map(([path, text]) => `${createHash('sha256').update(text).digest('hex')}  ${path}\n`)
    .join('');
  const files = new Map([
    ['bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'],
    ['manifest-sha256.txt', manifest],
    ...Object.entries(RECORDS),
  ]);
  if (altered) files.set(ALTERED, '不同意修桥。\n');
  return files;
}

export interface CheckMaterial {
  /** A ZIP with a bag of which one record was altered. */
  alteredZip: string;
  /** The same bag, sound, as a folder. */
  soundFolder: string;
  /** An OFD of no pages. */
  ofd: string;
}

export async function writeCheckMaterial(folder: string): Promise<CheckMaterial> {
  const [alteredZip, soundFolder, ofd] = [
    join(folder, '移交.zip'),
    join(folder, '移交包'),
    join(folder, '批复.ofd'),
  ];
  const entries = [...bag(true)].map(([path, text]) => ({
    path: `移交/${path}`,
    content: Buffer.from(text),
  }));
  await writeZip(alteredZip, entries);
  for (const [path, text] of bag(false)) {
    await mkdir(dirname(join(soundFolder, path)), { recursive: true });
    await writeFile(join(soundFolder, path), text);
  }
  const xml = '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD"/>';
  await writeZip(ofd, [{ path: 'OFD.xml', content: Buffer.from(xml) }]);
  return { alteredZip, soundFolder, ofd };
}
