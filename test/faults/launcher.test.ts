import { chmodSync, existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isAlive } from '../../src/kernel/postgres/processes.ts';
import { tinyClone } from '../support/tinyClone.ts';

const nobody = { uid: 65_534, gid: 65_534 };
const leftovers = (folder: string) =>
  readdirSync(join(folder, '.build')).filter((name) => !/^(compile-cache|install\.log)$/.test(name));

describe('the launcher', () => {
  it('installs once, hands over arguments and exit code, and keeps stdout clean', async () => {
    const clone = tinyClone();
    const first = await clone.start(['end', '1', '--json']).done;
    expect(first.code).toBe(1);
    expect(JSON.parse(first.stdout).args).toEqual(['end', '1', '--json']);
    expect(first.stderr).toContain('Installing packages');
    const second = await clone.start(['end', '0']).done;
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(clone.npmCalls()).toBe(1);
    expect(leftovers(clone.folder)).toEqual([]);
  });

  it('becomes the program: a signal to the launcher alone reaches it', async () => {
    const clone = tinyClone();
    const { child, done } = clone.start(['stay']);
    const line = await new Promise<string>((resolve) =>
      child.stdout?.once('data', (d) => resolve(String(d))),
    );
    expect(JSON.parse(line).pid).toBe(child.pid);
    child.kill('SIGTERM');
    expect((await done).code).toBe(7);
  });

  it('lets one of several starts install while the others wait', async () => {
    const clone = tinyClone();
    const starts = [1, 2, 3].map(() => clone.start(['end', '0']).done);
    for (const { code } of await Promise.all(starts)) expect(code).toBe(0);
    expect(clone.npmCalls()).toBe(1);
  });

  it('ends the installation when it is asked to stop', async () => {
    const clone = tinyClone();
    const { child, done } = clone.start(['end'], 'hang');
    await vi.waitFor(() => expect(clone.npmCalls()).toBe(1), 120_000);
    child.kill('SIGTERM');
    expect((await done).code).toBe(143);
    await vi.waitFor(() => expect(isAlive(clone.lastNpm())).toBe(false), 60_000);
  });

  it('recovers from a launcher that was killed while it installed', async () => {
    const clone = tinyClone();
    const { child, done } = clone.start(['end'], 'hang');
    await vi.waitFor(() => expect(clone.npmCalls()).toBe(1), 120_000);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(clone.lastNpm())).toBe(false), 60_000);
    await done;
    const again = await clone.start(['end', '0']).done;
    expect(again.code).toBe(0);
    expect(leftovers(clone.folder)).toEqual([]);
  });

  it('takes over the lock of a launcher that is gone', async () => {
    const clone = tinyClone();
    await clone.start(['end', '0']).done;
    writeFileSync(join(clone.folder, 'package-lock.json'), '{"changed":true}');
    const lock = join(clone.folder, '.build/install.lock');
    writeFileSync(lock, '1 someone-on-another-machine');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, longAgo, longAgo);
    expect((await clone.start(['end', '0']).done).code).toBe(0);
    expect(clone.npmCalls()).toBe(2);
  });

  it.each([
    ['ENOSPC', 'the disk is full'],
    ['ENOTFOUND', 'Check the network'],
    ['EACCES', 'no permission to write'],
    ['ESTRANGE', 'it did not work'],
  ])('says in one line what to do after %s, and keeps what was installed before', async (error, sentence) => {
    const clone = tinyClone();
    await clone.start(['end', '0']).done;
    writeFileSync(join(clone.folder, 'package-lock.json'), '{"changed":true}');
    const { code, stdout, stderr } = await clone.start(['end', '0'], error).done;
    expect(code).toBe(2);
    expect(stdout).toBe('');
    const lines = stderr
      .trim()
      .split('\n')
      .filter((line) => !line.endsWith('…'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(sentence);
    expect(existsSync(join(clone.folder, 'node_modules/thing/index.js'))).toBe(true);
  });

  it.skipIf(process.getuid?.() !== 0)('runs for a user who may only read an installed clone', async () => {
    const clone = tinyClone();
    const asNobody = { ...nobody, cwd: '/' };
    chmodSync(clone.folder, 0o755);
    const before = await clone.start(['end', '0'], 'install', asNobody).done;
    expect(before.code).toBe(2);
    expect(before.stderr).toContain('this user may not write');
    await clone.start(['end', '0']).done;
    expect(await clone.start(['end', '0'], 'install', asNobody).done).toMatchObject({ code: 0, stderr: '' });
  });

  it('says that Node is missing', async () => {
    const clone = tinyClone();
    const env = { PATH: '/nowhere' };
    const { code, stderr } = await clone.start(['end'], 'install', { env }).done;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^lantai: Node\.js 18 or newer is needed.*\n$/);
  });
});
