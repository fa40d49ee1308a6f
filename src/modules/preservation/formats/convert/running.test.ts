import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTool } from './running.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-tools-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const o = () => ({ folder, timeoutMs: 5_000, mostBytes: 1_000_000 });
const sh = (script: string) => ['-c', script] as const;

describe('a tool', () => {
  it('works in its folder, with nothing of our own settings, and arguments are words to it', async () => {
    process.env.LANTAI_TEST_SECRET = 'orchid';
    const { stdout } = await runTool(
      '/bin/sh',
      [...sh('pwd; env; echo "$1"'), 'x', '$(touch made); `id`'],
      o(),
    );
    delete process.env.LANTAI_TEST_SECRET;
    expect(stdout).toContain(folder);
    expect(stdout).not.toContain('orchid');
    expect(stdout).toContain('$(touch made); `id`');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is ended with all it started when its time is over', async () => {
    const mark = join(folder, 'late');
    await expect(
      runTool('/bin/sh', sh(`(sleep 2; touch ${mark}) & sleep 30`), { ...o(), timeoutMs: 200 }),
    ).rejects.toMatchObject({ code: 'conversion.tooSlow' });
    await new Promise((resolve) => setTimeout(resolve, 2_300));
    await expect(stat(mark)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('writes no file beyond what it may', async () => {
    await expect(
      runTool('/bin/sh', sh('head -c 3000000 /dev/zero > big'), { ...o(), mostBytes: 1_000_000 }),
    ).rejects.toMatchObject({ code: 'conversion.toolFailed' });
    expect((await stat(join(folder, 'big'))).size).toBeLessThanOrEqual(1_000_448);
  });

  it('says its last words where it fails, and is missed where it is not there', async () => {
    await expect(runTool('/bin/sh', sh('echo broken page >&2; exit 3'), o())).rejects.toMatchObject({
      ...{ code: 'conversion.toolFailed', message: 'The tool ended with code 3: broken page' },
    });
    await expect(runTool('/nowhere/soffice', [], o())).rejects.toMatchObject({ code: 'conversion.noTool' });
  });

  it('is ended when the job is', async () => {
    const stop = new AbortController();
    const running = runTool('/bin/sh', sh('sleep 30'), { ...o(), signal: stop.signal });
    setTimeout(() => stop.abort(new Error('stopped')), 50);
    await expect(running).rejects.toThrow('stopped');
  });
});
