import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTreeWriter, openTree } from '#formats/tree';
import {
  type EepSigner,
  eepManifest,
  manifestAlgorithm,
  manifestsIn,
  recogniseEep,
  signerOf,
  validateEeps,
  writeEep,
} from '../index.ts';
import { gathered, sampleInput, sampleKeys } from '../testing.ts';

let folder = '';
let signers: EepSigner[] = [];
let trust = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-manifest-'));
  const keys = [await sampleKeys('sm2'), await sampleKeys('ed25519', 'p256')];
  signers = keys.map(signerOf);
  trust = keys.map((k) => k.pdf.certificatePem).join('\n');
});
afterAll(() => rm(folder, { recursive: true }));

let turn = 0;
/** A folder of files, listed and signed. */
async function written(files: Record<string, Buffer>, signer: EepSigner, lines = Object.keys(files)) {
  const target = join(folder, String(++turn));
  const writer = await createTreeWriter(target, { wrapper: 'folder' });
  for (const [path, content] of Object.entries(files))
    await writer.add({ path, bytes: content.length, content: [content] });
  const algorithm = manifestAlgorithm(signer);
  const listed = lines.map((path) => ({
    path,
    digest: createHash(algorithm)
      .update(files[path] ?? '')
      .digest('hex'),
  }));
  const order = { algorithm, signers: [signer] as const, signedAt: '2024-06-01T00:00:00Z' };
  for await (const file of eepManifest(() => listed, order)) await writer.add(file);
  await writer.finish();
  return { target, list: join(target, `digests-${algorithm}.txt`), listed };
}

async function judged(target: string, trusted = [trust]) {
  const tree = await openTree(target);
  try {
    const { findings, valid } = await validateEeps(tree, { trust: trusted });
    const about = findings.filter((f) => /manifest|[sS]ign|certificate/.test(f.code));
    return {
      valid,
      codes: about.map((f) => f.code).filter((c) => c !== 'eep.unsigned' && c !== 'eep.signerTrusted'),
    };
  } finally {
    await tree.close();
  }
}

const eep = () => gathered(writeEep(sampleInput()));

describe('the signed list of digests', () => {
  it('is written, read as it was, and found right, signed with SM2 and SM3 or else with SHA-256', async () => {
    const paths = fc.uniqueArray(
      fc.stringMatching(/^[a-z%\u4e00-\u4e10 ]{1,8}$/).filter((p) => p.trim() === p && p !== ''),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(paths, fc.nat(1), async (names, which) => {
        const one = await eep();
        const files = Object.fromEntries(names.map((n) => [`J1/${n}.xml`, one]));
        const { target, listed } = await written(files, signers[which]!);
        const tree = await openTree(target);
        expect(await recogniseEep(tree)).toBe(true);
        const [manifest] = await manifestsIn(tree);
        expect(manifest?.algorithm).toBe(which === 0 ? 'sm3' : 'sha256');
        expect(await Array.fromAsync(manifest!.lines())).toEqual(
          listed.map((line, i) => ({ ...line, line: i + 1 })),
        );
        await tree.close();
        expect((await judged(target)).codes).toEqual([]);
        expect((await judged(target, [])).codes).toEqual(['eep.signerNotTrusted']);
      }),
      { numRuns: 8 },
    );
  });

  it('a file that was changed, is gone, or is not listed is told by name', async () => {
    const files = { 'a.xml': await eep(), 'b.xml': await eep(), '说明.txt': Buffer.from('x') };
    const { target } = await written(files, signers[0]!, ['a.xml', '说明.txt']);
    expect((await judged(target)).codes).toEqual(['eep.manifestUnlisted']);
    await writeFile(join(target, '说明.txt'), 'y');
    await rm(join(target, 'b.xml'));
    expect((await judged(target)).codes).toEqual(['eep.manifestDigest']);
    await rm(join(target, '说明.txt'));
    expect((await judged(target)).codes).toEqual(['eep.manifestMissing']);
  });

  it('any change of the list itself, or of its signature, is found out', async () => {
    const { target, list } = await written({ 'a.xml': await eep() }, signers[1]!);
    const text = await readFile(list);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = Buffer.from(text);
        changed[at] = (changed[at]! + by) % 256;
        await writeFile(list, changed);
        const { valid, codes } = await judged(target);
        expect(valid).toBe(false);
        expect(codes).toContain('eep.signatureWrong');
      }),
      { numRuns: 20 },
    );
    await writeFile(list, text);
    const signature = await readFile(`${list}.sig`, 'utf8');
    await writeFile(`${list}.sig`, signature.replace(/(<签名结果>.{20})./, '$1!'));
    expect((await judged(target)).valid).toBe(false);
    await writeFile(`${list}.sig`, 'no XML');
    expect((await judged(target)).codes).toEqual(['eep.manifestSignature']);
    await rm(`${list}.sig`);
    expect(await judged(target)).toEqual({ valid: true, codes: ['eep.manifestUnsigned'] });
    await writeFile(list, 'no line\n');
    expect((await judged(target)).codes).toEqual([
      'eep.manifestUnsigned',
      'eep.manifestForm',
      'eep.manifestUnlisted',
    ]);
  });
});
