import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import {
  createStorageRoot,
  filesystemReader,
  filesystemStore,
  openRepository,
  validateObject,
  validateRoot,
} from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import type { Finding } from '#kernel/errors';

const corpora = process.env.LANTAI_CORPORA ?? '';
const corpus = join(corpora, 'ocfl');
const pool = createDigestPool(2);
let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'lantai-ocfl-corpus-'));
});
afterAll(async () => {
  await pool.close();
  await rm(scratch, { recursive: true });
});

async function unzip(file: string, into: string): Promise<string> {
  await mkdir(into, { recursive: true });
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    const path = join(into, entry.fileName);
    if (entry.fileName.endsWith('/')) await mkdir(path, { recursive: true });
    else {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await buffer(await zip.openReadStreamPromise(entry)));
    }
  }
  return into;
}

/** The folder of a case; archives hold what a repository can not (empty folders). */
async function folderOf(path: string, index: number): Promise<string> {
  const into = join(scratch, String(index));
  if (path.endsWith('.zip')) return unzip(join(corpus, path), into);
  if (path.endsWith('_empty.tar')) {
    await mkdir(into);
    return into;
  }
  return join(corpus, path);
}

const codesOf = (findings: readonly Finding[], severity: string) =>
  new Set(findings.filter((f) => f.severity === severity).map((f) => f.code));

const cases =
  corpora === ''
    ? []
    : (await readFile(join(corpus, 'expected.tsv'), 'utf8'))
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'));
const judged = cases.filter(([, kind = '']) => /-(?:objects|storage-roots)$/.test(kind));

describe.skipIf(corpora === '')('the OCFL fixtures (skipped unless LANTAI_CORPORA names the corpora)', () => {
  it.each(judged.map((c, i) => [c[0] ?? '', c[1] ?? '', c[2] ?? '', c[3] ?? '', i] as const))(
    'judges %s',
    async (path, kind, expected, codes, i) => {
      const reader = filesystemReader(await folderOf(path, i), pool);
      const { findings } = kind.endsWith('roots') ? await validateRoot(reader) : await validateObject(reader);
      const [errors, warnings] = [codesOf(findings, 'error'), codesOf(findings, 'warning')];
      expect([...errors].length > 0, JSON.stringify(findings.slice(0, 5))).toBe(expected === 'invalid');
      const found = expected === 'invalid' ? errors : warnings;
      for (const code of codes.split(','))
        if (code !== '-') expect(found).toContain(code.replace(/[a-z]$/, ''));
    },
  );

  it('builds the example of the specification again with the same manifest', async () => {
    const example = join(corpus, 'official/1.0/good-objects/spec-ex-full/inventory.json');
    const wanted: {
      id: string;
      manifest: Record<string, string[]>;
      versions: Record<string, { state: Record<string, string[]> }>;
    } = JSON.parse(await readFile(example, 'utf8'));
    const content = join(corpus, 'official/1.0/content/spec-ex-full');
    const store = filesystemStore({ root: join(scratch, 'root'), staging: join(scratch, 'staging'), pool });
    await createStorageRoot(store);
    const repository = await openRepository({ store });
    for (const [version, { state }] of Object.entries(wanted.versions)) {
      const files = Object.values(state)
        .flat()
        .map((logicalPath) => ({ logicalPath, source: { path: join(content, version, logicalPath) } }));
      await repository.putVersion(wanted.id, {
        files,
        base: 'empty',
        message: version,
        user: { name: 'Test', address: 'urn:test' },
        created: new Date(0),
      });
    }
    const built = (await repository.getObject(wanted.id)).inventory;
    const flat = (block: Record<string, string[]>) =>
      new Map(Object.entries(block).flatMap(([digest, paths]) => paths.map((p) => [p, digest] as const)));
    expect(built.manifest).toEqual(flat(wanted.manifest));
    for (const [version, { state }] of Object.entries(wanted.versions))
      expect(built.versions.get(version)?.state).toEqual(flat(state));
  });
});
