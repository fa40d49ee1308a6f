import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTool } from './tools.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-tools-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const o = () => ({ folder, timeoutMs: 5_000, mostBytes: 1_000_000, mostMemory: 4e9 });
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
    await pause(2_300);
    await expect(stat(mark)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('writes no file beyond what it may', async () => {
    await expect(
      runTool('/bin/sh', sh('head -c 3000000 /dev/zero > big'), { ...o(), mostBytes: 1_000_000 }),
    ).rejects.toMatchObject({ code: 'conversion.toolFailed' });
    expect((await stat(join(folder, 'big'))).size).toBeLessThanOrEqual(1_000_448);
  });

  it.runIf(process.platform === 'linux')(
    'that eats memory is refused more, and nothing else is',
    async () => {
      const fill = (bytes: number) => ['-e', `Buffer.alloc(${bytes}, 1); console.log('filled')`];
      const bound = { ...o(), mostMemory: 3e9 };
      expect((await runTool(process.execPath, fill(1e8), bound)).stdout).toBe('filled\n');
      // Looking for the last lines of what has none, it keeps all of it.
      await expect(runTool('tail', ['/dev/zero'], { ...bound, mostMemory: 5e8 })).rejects.toMatchObject({
        code: 'conversion.toolFailed',
      });
    },
  );

  it('is ended with all it started when we are killed', async () => {
    const mark = join(folder, 'late');
    const script = `import { runTool } from ${JSON.stringify(new URL('./tools.ts', import.meta.url).href)};
      console.log('begun');
      await runTool('/bin/sh', ['-c', '(sleep 2; touch ${mark}) & sleep 30'], ${JSON.stringify({ ...o(), timeoutMs: 30_000 })});`;
    const we = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: process.cwd() });
    await once(we.stdout, 'data');
    await pause(300);
    we.kill('SIGKILL');
    await pause(2_300);
    await expect(stat(mark)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('that talks without end is not listened to for ever', async () => {
    const { stdout } = await runTool('/bin/sh', sh('head -c 5000000 /dev/zero; echo end'), {
      ...o(),
      mostBytes: 1e8,
    });
    expect(stdout.length).toBeLessThan(20_000);
    expect(stdout.endsWith('end\n')).toBe(true);
  });

  it('says its last words where it fails, and is missed where it is not there', async () => {
    await expect(runTool('/bin/sh', sh('echo broken page >&2; exit 3'), o())).rejects.toMatchObject({
      code: 'conversion.toolFailed',
      message: 'The tool ended with code 3: broken page',
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
