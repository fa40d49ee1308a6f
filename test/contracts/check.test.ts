import { execFileSync } from 'node:child_process';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBag } from '#formats/bagit';
import { writeEark } from '#formats/eark';
import { createStorageRoot, filesystemStore, openRepository } from '#formats/ocfl';
import { createTreeWriter, writeZip } from '#formats/tree';
import { createDigestPool } from '#kernel/checksums';
import { rawZip } from '../../src/formats/tree/testing/rawZip.ts';
import { runCheck, runCheckAs, runLantai, runLantaiWith } from '../support/runCheck.ts';

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

describe('what is neither a file nor a folder', () => {
  it.each([undefined, 'bag', 'eep', 'ocfl'])(
    'is no package, and nobody waits for a pipe (%s)',
    async (kind) => {
      const pipe = join(home, `pipe-${kind}`);
      execFileSync('mkfifo', [pipe]);
      const { status, json } = await runCheckAs(kind, pipe);
      expect(status).toBe(1);
      expect(json.results[0]).toMatchObject({
        path: pipe,
        valid: false,
        findings: [{ code: 'tree.device' }],
      });
    },
  );
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
    ['a kind that does not work here', ['.', '--kind', 'nothing']],
    ['no path', ['--kind', 'ocfl']],
  ])('ends with 2 and one line for %s', async (_, words) => {
    const { status, stdout, stderr } = await runLantai('check', ...words, '--json');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('lantai: ')]);
  });
});

describe('check of E-ARK packages', () => {
  it('judges by the requirements of the specifications, in each wrapper and without being told the kind', async () => {
    const places = (['folder', 'zip', 'tar'] as const).map((w) => [join(home, `eark.${w}`), w] as const);
    for (const [place, wrapper] of places) {
      const writer = await createTreeWriter(place, { wrapper });
      await writeEark(writer, {
        id: 'package',
        packageType: 'AIP',
        created: new Date(0),
        software: { name: 'Lantai', version: '1' },
        representations: [
          { name: 'rep1', data: [{ path: '一.txt', bytes: 1, content: () => [Buffer.from('x')] }] },
        ],
      });
      await writer.finish();
    }
    await writeFile(join(home, 'eark.folder/package/representations/rep1/data/一.txt'), 'y');
    const { status, json } = await runCheckAs(
      undefined,
      ...places.map(([place]) => place),
      join(home, 'eark.folder/package'),
    );
    expect(status).toBe(1);
    const errors = json.results.map((r) =>
      r.findings.filter((f) => f.severity === 'error').map((f) => [f.code, f.path.split(':')[0]]),
    );
    const altered = [['CSIP71', 'representations/rep1/METS.xml']];
    expect(json.results.map((r) => [r.kind, r.valid])).toEqual([
      ['eark', false],
      ['eark', true],
      ['eark', true],
      ['eark', false],
    ]);
    expect(errors).toEqual([altered, [], [], altered]);
  });
});

describe('check of bags, and of what is of no said kind', () => {
  const kinds = ['folder', 'zip', 'tar', 'tar.gz'] as const;
  const place = (name: string) => join(home, `bag.${name}`);
  beforeAll(async () => {
    for (const wrapper of kinds)
      await writeBag(place(wrapper), {
        wrapper,
        name: 'bag',
        date: new Date(0),
        files: [{ path: '档案/a.txt', content: 'text' }],
      });
    await writeFile(join(place('folder'), 'data', 'more'), 'x');
    await writeZip(join(home, 'other.zip'), [{ path: 'a', content: 'x' }]);
    await writeFile(
      join(home, 'hostile.zip'),
      rawZip([{ name: '../../\u001b[2Jx' }, { name: 'b/bagit.txt' }]),
    );
  });

  it('reads folders, ZIP and TAR, and says of each what is wrong', async () => {
    const { status, json } = await runCheckAs(
      'bag',
      ...kinds.map(place),
      join(home, 'file.txt'),
      join(home, 'empty'),
    );
    expect(status).toBe(1);
    expect(json.results.map((r) => [r.path, r.kind, r.valid])).toEqual([
      [place('folder'), 'bag', false],
      [place('zip'), 'bag', true],
      [place('tar'), 'bag', true],
      [place('tar.gz'), 'bag', true],
      [join(home, 'file.txt'), 'bag', false],
      [join(home, 'empty'), 'bag', false],
    ]);
    for (const r of json.results) expect(Object.keys(r)).toEqual(['path', 'kind', 'valid', 'findings']);
    expect(json.results[0]?.findings.map((f) => [f.code, f.path])).toEqual([
      ['bag.unlisted', 'data/more'],
      ['bag.oxum', 'bag-info.txt'],
      ['bag.oxumFiles', 'bag-info.txt'],
    ]);
    expect(json.results[4]?.findings.map((f) => f.code)).toEqual(['tree.notAWrapper']);
  });

  it('recognises what it is given, and says what it took it for', async () => {
    const { status, json } = await runCheckAs(
      undefined,
      object,
      place('zip'),
      join(home, 'other.zip'),
      join(home, 'file.txt'),
    );
    expect(status).toBe(1);
    expect(json.results.map((r) => [r.kind, r.valid, r.findings.map((f) => f.code)])).toEqual([
      ['ocfl', true, []],
      ['bag', true, []],
      ['unknown', false, ['check.notRecognised']],
      ['unknown', false, ['tree.notAWrapper']],
    ]);
    const { stdout } = await runLantai('check', place('tar'));
    expect(stdout).toBe(`VALID  ${place('tar')}  (taken for bag: BagIt 1.0, 1 file in the payload)\n`);
  });

  it('names entry and rule of what climbs out, and steers no terminal', async () => {
    const { status, stdout } = await runLantai('check', join(home, 'hostile.zip'));
    expect(status).toBe(1);
    expect(stdout).toContain('error tree.pathEscape ../../\\x1b[2Jx: Its name climbs out by ".."');
    expect(stdout).not.toContain('\u001b');
  });

  it('keeps to the limits that are set', async () => {
    const many = join(home, 'many.zip');
    await writeZip(
      many,
      Array.from({ length: 30 }, (_, i) => ({ path: `${i}`, content: '' })),
    );
    const { stdout } = await runLantaiWith({ LANTAI_PACKAGE_MAX_ENTRIES: '20' }, 'check', many);
    expect(stdout).toContain('It holds more than 20 files and folders.');
  });
});

describe('check --fetch-from', () => {
  it('takes places of the web alone', async () => {
    const { status, stderr } = await runLantai('check', object, '--fetch-from', 'file:///etc');
    expect(status).toBe(2);
    expect(stderr).toContain('--fetch-from takes places such as https://files.example');
  });
});
