import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLantai } from '../../../test/support/runCheck.ts';
import { walk } from './walk.ts';

interface Document {
  files: { path: string; matches: { puid: string; basis: string }[]; error?: string }[];
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantai-identify-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const identify = async (...words: string[]) => {
  const { status, stdout, stderr } = await runLantai('identify', '--json', ...words);
  return { status, stderr, json: stdout === '' ? undefined : (JSON.parse(stdout) as Document) };
};
const walked = async (path: string) => {
  const passed = { passed: 0, unread: [] };
  const found: string[] = [];
  for await (const file of walk(path, passed)) found.push(file.path);
  return { found, ...passed };
};

describe('./lantai identify', () => {
  it('tells each file of a folder, paths as given, in a stable order, links not followed', async () => {
    mkdirSync(join(folder, 'b'));
    writeFileSync(join(folder, 'b', 'page.gif'), 'GIF89a');
    writeFileSync(join(folder, 'a.bin'), Buffer.from([0, 1, 2, 255]));
    symlinkSync('/', join(folder, 'link'));
    const { status, json, stderr } = await identify(`${folder}/`);
    expect(status).toBe(0);
    expect(json?.files.map((f) => [f.path, f.matches.map((m) => m.puid)])).toEqual([
      [`${folder}/a.bin`, []],
      [`${folder}/b/page.gif`, ['fmt/4']],
    ]);
    expect(stderr).toContain('passed over: 1');
  });

  it('reads names that are no UTF-8', async () => {
    const name = Buffer.concat([
      Buffer.from(`${folder}/`),
      Buffer.from('b5b5b0b8', 'hex'),
      Buffer.from('.gif'),
    ]);
    writeFileSync(name, 'GIF87a');
    const { json } = await identify(folder);
    expect(json?.files.map((f) => f.matches[0]?.puid)).toEqual(['fmt/3']);
  });

  it('is unusable when a path is not there, or none is named', async () => {
    expect(await identify(join(folder, 'nothing'))).toMatchObject({ status: 2, json: undefined });
    expect((await identify()).status).toBe(2);
  });

  it('says of a pipe that it can not be read, and does not wait for it', async () => {
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const { status, json } = await identify(join(folder, 'pipe'));
    expect(status).toBe(1);
    expect(json?.files[0]).toMatchObject({ matches: [], error: expect.stringContaining('no regular file') });
  });

  it('says in one line when no network is there to fetch signatures', async () => {
    const { status, stderr } = await identify('--update-signatures');
    expect(status).toBe(2);
    expect(stderr).toMatch(/LANTAI_PRONOM_SIGNATURES/);
    expect(stderr).not.toMatch(/ {4}at /);
  }, 180_000);
});

describe('the walk', () => {
  it('goes by the bytes of names, folder by folder, and counts what it passes over', async () => {
    for (const name of ['B', 'a', '档'] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'x'), '');
    }
    symlinkSync(join(folder, 'a'), join(folder, 'Z'));
    expect(await walked(folder)).toEqual({
      found: [`${folder}/B/x`, `${folder}/a/x`, `${folder}/档/x`],
      passed: 1,
      unread: [],
    });
  });

  it.skipIf(process.getuid?.() === 0)('reports folders it may not read', async () => {
    mkdirSync(join(folder, 'locked'));
    chmodSync(join(folder, 'locked'), 0);
    expect((await walked(folder)).unread).toHaveLength(1);
    chmodSync(join(folder, 'locked'), 0o700);
  });
});
