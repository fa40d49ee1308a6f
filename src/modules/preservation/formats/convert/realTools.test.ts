import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentifierPool } from '#formats/pronom';
import { createDigestPool } from '#kernel/checksums';
import { silentLog } from '#kernel/log';
import type { Category, Target, Tool } from '../domain/types.ts';
import { createIdentifying, type Identifying } from '../identifying.ts';
import { convertFile } from './convertFile.ts';
import { createTools } from './tools.ts';

const folder = await mkdtemp(join(tmpdir(), 'lantai-real-tools-'));
const installed = await createTools({ libreoffice: 'soffice', ffmpeg: 'ffmpeg' }, folder).installed();
const missing = (['libreoffice', 'ffmpeg'] as const).filter((tool) => !installed.has(tool));
if (missing.length > 0)
  process.stderr.write(
    `Not performed: conversions by ${missing.join(' and ')}. They are not installed here.\n`,
  );

let identifying: Identifying;
const digests = createDigestPool(1);
beforeAll(() => {
  identifying = createIdentifying(createIdentifierPool({}, 1), silentLog);
});
afterAll(async () => {
  await identifying.close();
  await digests.close();
  await rm(folder, { recursive: true, force: true });
});

let number = 0;
async function convert(tool: Tool, target: Target, category: Category, path: string) {
  const own = join(folder, String(++number));
  await mkdir(own);
  const bounds = { timeoutMs: 170_000, mostBytes: 1e9, mostMemory: 4e9 };
  const name = path;
  const bytes = async () => createReadStream(path);
  return convertFile(
    { identifying, digests, bounds },
    { tool: installed.get(tool)!, target, category, name, bytes },
    own,
  );
}
const outcomes = (made: Awaited<ReturnType<typeof convert>>) => made.checks.map((c) => c.outcome);

describe.skipIf(!installed.has('libreoffice'))('LibreOffice', { timeout: 180_000 }, () => {
  it('makes PDF/A-2 of a text', async () => {
    const path = join(folder, 'letter.rtf');
    await writeFile(path, '{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times;}}Relief grain, 1959\\par}\n');
    const made = await convert('libreoffice', 'pdfa', 'flowText', path);
    expect(made.format.puid).toBe('fmt/477');
    expect(made.pages).toBe(1);
    // The lines of a text fall where fonts let them: pages are not compared, and that is said.
    expect(outcomes(made)).toEqual(['passed', 'passed', 'not performed']);
    expect(made.tool.options).toContain('SelectPdfVersion');
  });
});

describe.skipIf(!installed.has('ffmpeg'))('ffmpeg', () => {
  /** Two seconds of a test picture with a tone, by the tool itself. */
  async function sample(name: string, ...how: string[]): Promise<string> {
    const path = join(folder, name);
    const source = ['-f', 'lavfi', '-i', 'testsrc=duration=2:size=160x120:rate=10'];
    const tone = ['-f', 'lavfi', '-i', 'sine=duration=2'];
    await promisify(execFile)('ffmpeg', ['-v', 'error', ...source, ...tone, ...how, path]);
    return path;
  }

  it('makes PCM of sound, of the same length', async () => {
    const path = await sample('tone.flac', '-map', '1:a', '-c:a', 'flac');
    const made = await convert('ffmpeg', 'wav', 'audio', path);
    expect(outcomes(made)).toEqual(['passed', 'passed', 'passed']);
    expect((await readFile(made.path)).subarray(0, 4).toString()).toBe('RIFF');
  });

  it('makes MP4 of film, of the same length', async () => {
    const path = await sample('film.mov', '-c:v', 'mpeg4', '-c:a', 'aac');
    const made = await convert('ffmpeg', 'mp4', 'video', path);
    expect(made.format.puid).toBe('fmt/199');
    expect(outcomes(made)).toEqual(['passed', 'passed', 'passed']);
  });

  it('opens no playlist, which would name other files of this machine', async () => {
    const path = join(folder, 'list.wma');
    await writeFile(path, `ffconcat version 1.0\nfile ${join(folder, 'tone.flac')}\n`);
    await expect(convert('ffmpeg', 'wav', 'audio', path)).rejects.toMatchObject({
      code: 'conversion.toolFailed',
    });
    await writeFile(
      path,
      `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:2,\nfile://${folder}/tone.flac\n#EXT-X-ENDLIST\n`,
    );
    await expect(convert('ffmpeg', 'wav', 'audio', path)).rejects.toMatchObject({
      code: 'conversion.toolFailed',
    });
  });
});
