import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createStorageRoot,
  filesystemReader,
  filesystemStore,
  openRepository,
  recognise,
  validateObject,
  validateRoot,
} from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { placeOfCase, readOcflCases, wrongVerdict } from '../support/ocflCases.ts';
import { runCheck as check } from '../support/runCheck.ts';

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

const cases = corpora === '' ? [] : await readOcflCases(corpus);

describe.skipIf(corpora === '')('the OCFL fixtures (skipped unless LANTAI_CORPORA names the corpora)', () => {
  it.each(cases.filter((c) => c.what !== 'inventory').map((c) => [c.path, c] as const))(
    'judges %s',
    async (_, c) => {
      const place = await placeOfCase(corpus, c, join(scratch, String(cases.indexOf(c))));
      const reader = filesystemReader(place, pool);
      expect([c.what, null]).toContain(await recognise(reader));
      const { findings } = c.what === 'root' ? await validateRoot(reader) : await validateObject(reader);
      expect(wrongVerdict(c, findings), JSON.stringify(findings.slice(0, 5))).toBeNull();
    },
  );

  it('judges every case by the command, in the order given', async () => {
    const paths: string[] = [];
    for (const [i, c] of cases.entries()) paths.push(await placeOfCase(corpus, c, join(scratch, `cli-${i}`)));
    const { status, json } = await check(...paths);
    expect(status).toBe(1);
    expect(json.results.map((r) => r.path)).toEqual(paths);
    const wrong = cases.map((c, i) => {
      const { valid, findings } = json.results[i]!;
      const why = valid === c.invalid ? 'valid is wrong' : wrongVerdict(c, findings);
      return why === null ? null : `${c.path}: ${why}`;
    });
    expect(wrong.filter((w) => w !== null)).toEqual([]);
  });

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
    expect(new Map(built.manifest)).toEqual(flat(wanted.manifest));
    for (const [version, { state }] of Object.entries(wanted.versions))
      expect(new Map(built.versions.get(version)?.state)).toEqual(flat(state));
  });
});
