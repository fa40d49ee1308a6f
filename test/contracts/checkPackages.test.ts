import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSource, signEep, signerOf, writeEep } from '#formats/eep';
import { handoverFiles } from '#formats/handover';
import { createTreeWriter, writeZip } from '#formats/tree';
import { trustBundlePem } from '#kernel/signing/trust';
import { gathered, sampleInput, sampleKeys } from '../../src/formats/eep/testing.ts';
import { NOTE, REGISTER, testItem } from '../../src/formats/handover/testing.ts';
import { runLantai } from '../support/runCheck.ts';

let home: string;
const place = (name: string) => join(home, name);

interface Result {
  kind: string;
  valid: boolean;
  findings: { code: string; path: string }[];
}

const check = async (...args: string[]) => {
  const { status, stdout } = await runLantai('check', ...args, '--json');
  const { results } = JSON.parse(stdout) as { results: Result[] };
  return {
    status,
    results: results.map((r) => [r.kind, r.valid, [...new Set(r.findings.map((f) => f.code))]]),
  };
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-check-'));
  const keys = await sampleKeys();
  const plain = await gathered(writeEep(sampleInput()));
  const signed = await gathered(signEep(bytesSource(plain), [signerOf(keys)], '2024-05-05T00:00:00+08:00'));
  await writeFile(place('signed.xml'), signed);
  await writeFile(place('changed.eep'), signed.toString().replace('工作计划', '工作总结'));
  await writeFile(place('other.xml'), '<a/>');
  await writeFile(place('trust.pem'), trustBundlePem(keys));
  await writeFile(place('nothing.pem'), 'words');
  await writeZip(place('eep.zip'), [{ path: 'package/signed.xml', content: signed }]);
  const input = {
    note: NOTE,
    register: REGISTER,
    items: () => [testItem(1, [['正文.pdf', Buffer.from('words')]])],
  };
  const writer = await createTreeWriter(place('handover'), { wrapper: 'folder' });
  for await (const file of handoverFiles(input)) await writer.add(file);
  await writer.finish();
  await writeZip(place('handover.zip'), handoverFiles(input));
});
afterAll(() => rm(home, { recursive: true }));

describe('check of EEPs and handover folders', () => {
  it('recognises them, in files, folders and wrappers, and says what is wrong', async () => {
    const paths = ['signed.xml', 'changed.eep', 'eep.zip', 'handover', 'handover.zip'].map(place);
    expect(await check(...paths, '--trust', place('trust.pem'))).toEqual({
      status: 1,
      results: [
        // The lock of the changed one fits its signature still.
        ['eep', true, ['eep.signerTrusted']],
        ['eep', false, ['eep.signatureWrong', 'eep.signerTrusted']],
        ['eep', true, ['eep.signerTrusted']],
        ['handover', true, []],
        ['handover', true, []],
      ],
    });
  });
  it('what is called one and is none is not valid', async () => {
    expect((await check(place('other.xml'), '--kind', 'eep')).results).toEqual([
      ['eep', false, ['eep.root']],
    ]);
    expect((await check(place('eep.zip'), '--kind', 'handover')).results).toEqual([
      ['handover', false, ['handover.notRecognised']],
    ]);
  });
  it('a file of trust without a certificate makes the call unusable', async () => {
    const { status, stderr } = await runLantai('check', place('signed.xml'), '--trust', place('nothing.pem'));
    expect(status).toBe(2);
    expect(stderr).toContain('trusted certificates');
  });
});
