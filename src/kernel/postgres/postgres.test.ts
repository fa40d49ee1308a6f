import { describe, expect, it } from 'vitest';
import { parsePostmasterFile } from './postmaster.ts';
import { renderSettings, settingsFor } from './settings.ts';
import { dutyOf, type Tenant } from './tenancy.ts';
import { storageTrouble } from './trouble.ts';

const GB = 1024 ** 3;

describe('settings for a machine', () => {
  it('takes a sixteenth of a small memory and a quarter of what is beyond 2 GB, within bounds', () => {
    const shared = (gb: number) => settingsFor({ memoryBytes: gb * GB, cpus: 2 }).shared_buffers;
    expect([0.5, 2, 4, 8, 24, 128].map(shared)).toEqual([
      '64MB',
      '128MB',
      '512MB',
      '1536MB',
      '5632MB',
      '16384MB',
    ]);
  });

  it('never trades durability for speed', () => {
    const settings = settingsFor({ memoryBytes: GB, cpus: 1 });
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit'])
      expect(settings).not.toHaveProperty(name);
  });

  it('does without parallel workers where shared memory is small, as in containers', () => {
    const machine = { memoryBytes: 8 * GB, cpus: 8 };
    expect(settingsFor(machine).max_parallel_workers_per_gather).toBe('2');
    const cramped = settingsFor({ ...machine, sharedMemoryBytes: 64 * 1024 * 1024 });
    expect(cramped.max_parallel_workers_per_gather).toBe('0');
  });

  it('quotes values', () => {
    expect(renderSettings({ a: "it's" })).toContain("a = 'it''s'");
  });
});

describe('the file of a running server', () => {
  it('is read', () => {
    const text = '4711\n/srv/data\n1700000000\n54321\n\n127.0.0.1\n  12345  7\nready   \n';
    expect(parsePostmasterFile(text)).toEqual({ pid: 4711, port: 54_321, status: 'ready' });
  });

  it('may be half written', () => {
    expect(parsePostmasterFile('')).toBeUndefined();
    expect(parsePostmasterFile('4711\n/srv')).toEqual({ pid: 4711, port: 0, status: '' });
  });
});

describe('who stops the server', () => {
  const service: Tenant = { token: '1_1_service_a', lifetime: 'service' };
  const command: Tenant = { token: '2_2_command_b', lifetime: 'command' };

  it('is the process that started it', () => {
    expect(dutyOf(service, service.token, [])).toBe('stop');
    expect(dutyOf(command, service.token, [])).toBe('leave');
  });

  it('is a service even while a command still uses it', () => {
    expect(dutyOf(service, service.token, [command.token])).toBe('stop');
  });

  it('is whoever stays, when a command that started it is done', () => {
    expect(dutyOf(command, command.token, [service.token])).toEqual({ heir: service.token });
  });

  it('is the last to leave, when the process that started it is dead', () => {
    expect(dutyOf(command, undefined, [])).toBe('stop');
    expect(dutyOf(service, undefined, [command.token])).toEqual({ heir: command.token });
  });
});

describe('trouble with the data folder', () => {
  it('is told by its cause', () => {
    const codeFor = (code: string) => storageTrouble(Object.assign(new Error(code), { code }), '/srv').code;
    expect(codeFor('ENOSPC')).toBe('data.diskFull');
    expect(codeFor('EROFS')).toBe('data.notWritable');
    expect(codeFor('EIO')).toBe('data.notUsable');
  });
});
