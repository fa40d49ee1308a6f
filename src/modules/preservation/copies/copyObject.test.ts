import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createStorageRoot,
  filesystemReader,
  filesystemStore,
  openRepository,
  validateRoot,
} from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { temporaryFolder } from '../../../../test/support/temporaryFolder.ts';
import { type OpenStore, openCopies } from '../stores/openStore.ts';
import { copyNew, copyVersions } from './copyObject.ts';
import { readSource } from './readSource.ts';

const folder = temporaryFolder('lantai-copy-');
const pool = createDigestPool(1);
const ID = 'urn:test:1';
let main: OpenStore;
beforeAll(async () => {
  const root = join(folder, 'main');
  const store = filesystemStore({ root, staging: `${root}.staging`, pool });
  await createStorageRoot(store);
  const repository = await openRepository({ store });
  main = { store, repository, folder: root, quarantine: null, close() {} };
  await put('one');
});
afterAll(() => pool.close());

const put = (text: string) =>
  main.repository.putVersion(ID, {
    files: [
      { logicalPath: 'a.txt', source: { bytes: Buffer.from(text) } },
      { logicalPath: 'b.bin', source: { bytes: Buffer.alloc(50_000, text) } },
    ],
    message: text,
    user: { name: 'test', address: 'urn:test' },
    created: new Date(),
  });

const strikes: Record<string, (path: string) => Promise<void>> = {
  'another byte': async (path) => {
    const bytes = await readFile(path);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(path, bytes);
  },
  'less than it was given': (path) => truncate(path, 1),
  nothing: (path) => truncate(path, 0),
};

/** A store on a disk that says it has written, and keeps something else of one file. */
async function forgetful(name: string, victim: RegExp, strike: (path: string) => Promise<void>) {
  const root = join(folder, name);
  const open = await openCopies({ location: { kind: 'folder', root }, secrets: null }, { pool, make: true });
  let struck = 0;
  let keeps = true;
  const store: OpenStore['store'] = {
    ...open.store,
    async seal(drafts) {
      await open.store.seal(drafts);
      if (keeps) return;
      const below = await readdir(`${root}.staging/drafts`, { recursive: true, withFileTypes: true });
      for (const e of below.filter((f) => f.isFile()).map((f) => join(f.parentPath, f.name)))
        if (victim.test(e) && struck === 0) {
          struck++;
          await strike(e);
        }
    },
  };
  return {
    target: { ...open, store },
    struck: () => struck,
    forget() {
      keeps = false;
    },
  };
}

async function errors(name: string): Promise<string[]> {
  const { findings } = await validateRoot(filesystemReader(join(folder, name), pool));
  return findings.filter((f) => f.severity === 'error').map((f) => f.code);
}

const victims = {
  content: /content\/b\.bin$/,
  inventory: /\/inventory\.json$/,
  sidecar: /\.sha512$/,
  declaration: /0=ocfl_object/,
};
const cases = Object.entries(victims).flatMap(([what, victim]) =>
  Object.keys(strikes).map((kept) => ({ what, victim, kept })),
);

describe('a disk that keeps something else than it was given', () => {
  it.each(cases)('and $kept of the $what, holds no copy', async ({ what, victim, kept }) => {
    const name = `new ${what} ${kept}`;
    const disk = await forgetful(name, victim, strikes[kept]!);
    disk.forget();
    const source = await readSource(main, ID, null);
    const [outcome] = await copyNew(disk.target, [source]);
    expect(disk.struck()).toBe(1);
    expect(outcome).toMatchObject({ error: { code: 'copy.notKept' } });
    expect(await disk.target.repository.exists(ID)).toBe(false);
    expect(await errors(name)).toEqual([]);
    // What is written after the one blow is kept.
    expect(await copyNew(disk.target, [source])).toEqual([{ bytes: expect.any(Number) }]);
    expect(await errors(name)).toEqual([]);
  });

  it('keeps the version it had, where a further one was not kept', async () => {
    const disk = await forgetful('versions', /v2\/content\/b\.bin$/, strikes['another byte']!);
    const [first] = await copyNew(disk.target, [await readSource(main, ID, null)]);
    expect(first).toMatchObject({ bytes: expect.any(Number) });
    await put('two');
    disk.forget();
    await expect(copyVersions(disk.target, await readSource(main, ID, null), 'v1')).rejects.toMatchObject({
      code: 'copy.notKept',
    });
    expect((await disk.target.repository.getObject(ID)).head).toBe('v1');
    expect(await errors('versions')).toEqual([]);
    await copyVersions(disk.target, await readSource(main, ID, null), 'v1');
    expect((await disk.target.repository.getObject(ID)).head).toBe('v2');
    expect(await errors('versions')).toEqual([]);
  });
});
