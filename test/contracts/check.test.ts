import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStorageRoot, filesystemStore, openRepository } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { runCheck, runLantai } from '../support/runCheck.ts';

const pool = createDigestPool(1);
let home = '';
let object = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-check-'));
  const store = filesystemStore({ root: join(home, 'root'), staging: join(home, 'staging'), pool });
  await createStorageRoot(store);
  const repository = await openRepository({ store });
  for (const n of [1, 2])
    await repository.putVersion(`urn:x:${n}`, {
      files: [{ logicalPath: 'a.txt', source: { bytes: Buffer.from(`text ${n}`) } }],
      message: 'Taken in',
      user: { name: 'Test', address: 'urn:test' },
      created: new Date(0),
    });
  object = join(home, 'root', repository.pathOf('urn:x:1'));
  await mkdir(join(home, 'empty'));
  await mkdir(join(home, '名 字'));
  await writeFile(join(home, 'file.txt'), 'x');
});
afterAll(async () => {
  await pool.close();
  await rm(home, { recursive: true });
});

describe('check --kind ocfl', () => {
  it('judges objects and roots, one result a path, in order, the path as it was given', async () => {
    const paths = [
      `${object}/`,
      join(home, 'root'),
      `${home}/./empty`,
      join(home, '名 字'),
      join(home, 'file.txt'),
    ];
    const { status, json } = await runCheck(...paths);
    expect(status).toBe(1);
    expect(Object.keys(json)).toEqual(['results']);
    expect(json.results.map((r) => [r.path, r.kind, r.valid])).toEqual([
      [paths[0], 'ocfl', true],
      [paths[1], 'ocfl', true],
      [paths[2], 'ocfl', false],
      [paths[3], 'ocfl', false],
      [paths[4], 'ocfl', false],
    ]);
    for (const r of json.results) expect(Object.keys(r)).toEqual(['path', 'kind', 'valid', 'findings']);
    expect(json.results[2]?.findings.map((f) => f.code)).toEqual(['E069', 'E003', 'E063']);
    expect(json.results[4]?.findings).toEqual([
      {
        code: 'E003',
        severity: 'error',
        path: '',
        message: 'This is no folder; an OCFL object or storage root is one.',
      },
    ]);
  });

  it('ends with 0 when all are valid, and makes no data folder', async () => {
    const { status, stdout } = await runLantai('check', object, join(home, 'root'), '--kind', 'ocfl');
    expect(status).toBe(0);
    expect(stdout).toBe(
      `VALID  ${object}  (OCFL object)\nVALID  ${join(home, 'root')}  (OCFL storage root, 2 objects)\n`,
    );
    await expect(access(join(tmpdir(), 'lantai-there-is-no-such-folder'))).rejects.toThrow();
  });

  it.each([
    ['a path that is not there', ['/there/is/nothing', '--kind', 'ocfl']],
    ['a good path beside one that is not there', ['.', '/there/is/nothing', '--kind', 'ocfl']],
    ['no kind', ['.']],
    ['a kind that does not work here', ['.', '--kind', 'nothing']],
    ['no path', ['--kind', 'ocfl']],
  ])('ends with 2 and one line for %s', async (_, words) => {
    const { status, stdout, stderr } = await runLantai('check', ...words, '--json');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('lantai: ')]);
  });
});
