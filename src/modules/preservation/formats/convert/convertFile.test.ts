import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentifierPool } from '#formats/pronom';
import { createDigestPool } from '#kernel/checksums';
import { silentLog } from '#kernel/log';
import { createIdentifying, type Identifying } from '../identifying.ts';
import { convertFile } from './convertFile.ts';
import { createTools, type InstalledTool, versionSaid } from './tools.ts';

let folder: string;
let identifying: Identifying;
let vips: InstalledTool;
const digests = createDigestPool(1);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-convert-'));
  identifying = createIdentifying(createIdentifierPool({}, 1), silentLog);
  const tools = createTools({ libreoffice: '/nowhere/soffice', ffmpeg: '/nowhere/ffmpeg' }, folder);
  const installed = await tools.installed();
  expect([...installed.keys()]).toEqual(['libvips']);
  vips = installed.get('libvips')!;
});
afterAll(async () => {
  await identifying.close();
  await digests.close();
  await rm(folder, { recursive: true, force: true });
});

let number = 0;
async function convert(name: string, bytes: Buffer) {
  const own = join(folder, String(++number));
  await mkdir(own);
  const deps = {
    identifying,
    digests,
    bounds: { timeoutMs: 20_000, mostBytes: 100_000_000, mostMemory: 4e9 },
  };
  const of = {
    tool: vips,
    target: 'tiff',
    category: 'bitmap',
    name,
    bytes: async () => Readable.from([bytes]),
  } as const;
  return convertFile(deps, of, own);
}
const frame = (red: number) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 90, b: 20 } } });

describe('a picture', () => {
  it('becomes a TIFF of the same size, told as such, with tool and options', async () => {
    const made = await convert('图.webp', await frame(200).webp({ lossless: true }).toBuffer());
    expect(made.format.puid).toBe('fmt/353');
    expect(made.checks.map((c) => c.outcome)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(made.tool).toMatchObject({ name: 'libvips', version: expect.stringMatching(/^8\./) });
    expect(made.digests.sha512).toMatch(/^[0-9a-f]{128}$/);
    const { data } = await sharp(made.path).raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toEqual([200, 90, 20]);
  });

  it('with several frames keeps all of them', async () => {
    const frames = await Promise.all([10, 120, 240].map((red) => frame(red).png().toBuffer()));
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect(await convert('a.gif', gif)).toMatchObject({ pages: 3 });
  });

  it('that is broken is refused in words, and leaves no result', async () => {
    const whole = await frame(1).webp().toBuffer();
    await expect(convert('b.webp', whole.subarray(0, whole.length / 2))).rejects.toMatchObject({
      code: 'conversion.toolFailed',
    });
    await expect(convert('c.gif', Buffer.from('no picture'))).rejects.toMatchObject({
      code: 'conversion.toolFailed',
    });
  });
});

describe('a tool', () => {
  it('says its version in words of its own', () => {
    expect(versionSaid('LibreOffice 24.2.7.2 420(Build:2)')).toBe('24.2.7.2');
    expect(versionSaid('ffmpeg version 6.1.1-3ubuntu5 Copyright (c) 2000-2023')).toBe('6.1.1-3ubuntu5');
    expect(versionSaid('bash: not found')).toBeUndefined();
  });
});
