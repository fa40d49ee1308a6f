import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentifierPool } from '#formats/pronom';
import { createDigestPool } from '#kernel/checksums';
import { silentLog } from '#kernel/log';
import { createIdentifying, type Identifying } from '../identifying.ts';
import { type ConvertDeps, convertFile } from './convertFile.ts';

let folder: string;
let identifying: Identifying;
const digests = createDigestPool(1);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-bad-tools-'));
  identifying = createIdentifying(createIdentifierPool({}, 1), silentLog);
});
afterAll(async () => {
  await identifying.close();
  await digests.close();
  await rm(folder, { recursive: true, force: true });
});

let number = 0;
/** Has a text converted by a script that is called as LibreOffice is: `$out` is where the result should lie. */
async function convertBy(script: string, bounds: Partial<ConvertDeps['bounds']> = {}) {
  const own = join(folder, String(++number));
  await mkdir(own);
  const command = join(folder, `tool-${number}`);
  await writeFile(command, `#!/bin/sh\nout=${own}/out/source.pdf\n${script}\n`);
  await chmod(command, 0o755);
  return convertFile(
    {
      identifying,
      digests,
      bounds: { timeoutMs: 20_000, mostBytes: 1_000_000, mostMemory: 4e9, ...bounds },
    },
    {
      tool: { tool: 'libreoffice', command, version: '1' },
      target: 'pdfa',
      category: 'flowText',
      name: '通知.doc',
      bytes: async () => Readable.from([Buffer.from('text')]),
    },
    own,
  );
}
const PLAIN_PDF = `printf '%%PDF-1.4\\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\\ntrailer<</Root 1 0 R>>\\n%%%%EOF\\n' > $out`;

describe('a tool that', () => {
  it.each([
    ['hangs', 'sleep 60', 'conversion.tooSlow', { timeoutMs: 500 }],
    ['says it is done and wrote nothing', 'exit 0', 'conversion.noResult', {}],
    ['wrote an empty file', ': > $out', 'conversion.noResult', {}],
    ['wrote garbage', 'head -c 5000 /dev/urandom > $out', 'conversion.notSound', {}],
    ['wrote a PDF that is none for keeping', PLAIN_PDF, 'conversion.notSound', {}],
    ['writes without end', 'cat /dev/zero > $out', 'conversion.toolFailed', {}],
    [
      'puts a link to another file in place of a result',
      'ln -s /etc/hostname $out',
      'conversion.noResult',
      {},
    ],
    ['puts a pipe in place of a result', 'mkfifo $out', 'conversion.noResult', {}],
    ['puts a folder in place of a result', 'mkdir $out', 'conversion.noResult', {}],
    ['fails', 'echo no such filter >&2; exit 77', 'conversion.toolFailed', {}],
    ['is no program', 'exec /nowhere/soffice.bin', 'conversion.noTool', {}],
  ])('%s is refused in words', async (_what, script, code, bounds) => {
    await expect(convertBy(script, bounds)).rejects.toMatchObject({ name: 'Refusal', code });
  });
});
