import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestBytes } from '#kernel/checksums';
import { CHECKS, type IncomingFile } from '#modules/preservation';

/** A file of text to be held, lying in a folder. */
export async function incomingText(folder: string, name: string, text: string): Promise<IncomingFile> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name.replace(/[^a-z0-9.]/gi, '_'));
  const bytes = Buffer.from(text, 'utf8');
  await writeFile(path, bytes);
  return {
    ...{ path, name, nameBytes: Buffer.from(name, 'utf8'), mediaType: 'text/plain', bytes: bytes.length },
    digests: digestBytes(bytes, ['sha512', 'sha256']).digests,
    pages: [{ width: null, height: null }],
    technical: { format: 'plain text', characterSet: 'UTF-8' },
    checks: [
      { check: CHECKS.format, outcome: 'passed' },
      { check: CHECKS.opened, outcome: 'passed' },
      { check: CHECKS.virus, outcome: 'not performed' },
    ],
  };
}
