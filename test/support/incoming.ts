import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { digestBytes } from '#kernel/checksums';
import { CHECKS, type IncomingFile } from '#modules/preservation';

/** A file to be held, lying in a folder. */
export async function incomingFile(folder: string, name: string, bytes: Buffer): Promise<IncomingFile> {
  await mkdir(folder, { recursive: true });
  const { digests } = digestBytes(bytes, ['sha512', 'sha256']);
  const path = join(folder, `${digests.sha256?.slice(0, 12)}-${name.replace(/[^a-z0-9.]/gi, '_')}`);
  await writeFile(path, bytes);
  return {
    path,
    name,
    nameBytes: Buffer.from(name, 'utf8'),
    bytes: bytes.length,
    digests,
    pages: [],
    mediaType: 'application/octet-stream',
  };
}

/** A file of text to be held. */
export async function incomingText(folder: string, name: string, text: string): Promise<IncomingFile> {
  return {
    ...(await incomingFile(folder, name, Buffer.from(text, 'utf8'))),
    mediaType: 'text/plain',
    pages: [{ width: null, height: null }],
    technical: { format: 'plain text', characterSet: 'UTF-8' },
    checks: [
      { check: CHECKS.format, outcome: 'passed' },
      { check: CHECKS.opened, outcome: 'passed' },
      { check: CHECKS.virus, outcome: 'not performed' },
    ],
  };
}

/** A picture that no compression makes small, the same for the same seed. */
export function webpPicture(seed: string): Promise<Buffer> {
  const [width, height] = [60, 40];
  const noise = createHash('shake256', { outputLength: width * height * 3 })
    .update(seed)
    .digest();
  return sharp(noise, { raw: { width, height, channels: 3 } })
    .webp({ lossless: true })
    .toBuffer();
}
