import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EarkReport } from '#formats/eark';
import { judgeEark } from '../../src/formats/eark/testing.ts';

const corpora = process.env.LANTAI_CORPORA;
const root = join(corpora ?? '', 'eark');

/** Rows of the table that are not agreed with, and why. */
const DISAGREED: Readonly<Record<string, string>> = {
  'CSIP61.1 fileGrp_ADMID_incorrect_ref2':
    'The wrong reference is in a division of the structural map and not in a group: CSIP91 says so.',
};

interface Row {
  requirement: string;
  rule: string;
  level: string;
  path: string;
  fires: boolean;
}

describe.skipIf(!corpora)('the E-ARK test corpus (skipped without LANTAI_CORPORA)', () => {
  let unpacked: string;
  beforeAll(() => {
    unpacked = mkdtempSync(join(tmpdir(), 'eark-corpus-'));
    execFileSync('tar', ['-xzf', join(root, 'eark-ip-test-corpus.tar.gz'), '-C', unpacked]);
  });
  afterAll(() => rmSync(unpacked, { recursive: true, force: true }));

  it('is judged as its makers judged it, requirement by requirement', { timeout: 600_000 }, async () => {
    const rows = readFileSync(join(root, 'expected.tsv'), 'utf8')
      .split(/\r?\n/)
      .slice(1)
      .filter((l) => l !== '')
      .map((l): Row => {
        const [testcase, rule, level, path, valid] = l.split('\t') as [
          string,
          string,
          string,
          string,
          string,
        ];
        return { requirement: basename(testcase), rule, level, path, fires: valid === 'FALSE' };
      });
    const reports = new Map<string, EarkReport>();
    const wrong: string[] = [];
    for (const row of rows) {
      if (!reports.has(row.path)) reports.set(row.path, await judgeEark(join(unpacked, row.path)));
      const said = reports.get(row.path)!.findings.filter((f) => f.code === row.requirement);
      const right = row.fires ? said.some((f) => f.severity === row.level.toLowerCase()) : said.length === 0;
      if (right) continue;
      const key = `${row.requirement}.${row.rule} ${basename(row.path)}`;
      const found = said.map((f) => `${f.severity} ${f.path}: ${f.message}`).join(' | ') || 'silent';
      wrong.push(key);
      console.log(
        `${DISAGREED[key] ? 'disagreed' : 'WRONG'}  ${key} wants ${row.fires ? row.level : 'silence'}, is ${found}`,
      );
    }
    console.log(
      `E-ARK: ${rows.length - wrong.length} of ${rows.length} verdicts as in the table, ${wrong.length} otherwise.`,
    );
    expect(wrong.filter((w) => DISAGREED[w] === undefined)).toEqual([]);
    expect(wrong.length / rows.length).toBeLessThan(0.05);
  });

  it.each([
    ['commons-ip/Simple-EARK-SIP.zip', []],
    ['roda/e-ark-sip-2.1.0-with-custom-representation-type.zip', []],
    ['csip-examples/minimal_IP_nocrtdt.zip', ['CSIP7']],
    ['csip-examples/minimal_IP_nomtshdr.zip', ['CSIP117']],
    ['eark-validator/ips/struct/no_mets.tar.gz', ['CSIPSTR4']],
    ['eark-validator/ips/struct/no_schemas.tar.gz', ['CSIP79']],
    ['eark-validator/ips/bad/multi_dir.zip', ['CSIPSTR1']],
    ['eark-validator/ips/bad/multi_var.zip', ['CSIPSTR1']],
  ])('%s has the fault its name says, or none', async (path, codes) => {
    const report = await judgeEark(join(root, path));
    expect(report.valid).toBe(codes.length === 0);
    expect(report.findings.filter((f) => f.severity === 'error').map((f) => f.code)).toEqual(
      expect.arrayContaining(codes),
    );
  });

  it.each([
    ['METS-hdr-no-type.xml', 'CSIP12'],
    ['METS-no-createdate.xml', 'CSIP7'],
    ['METS-no-objid.xml', 'CSIP1'],
    ['METS-no-root.xml', 'mets.damaged'],
    ['METS-no-type.xml', 'CSIP2'],
    ['person.xml', 'mets.damaged'],
  ])('%s lacks what its name says', async (file, code) => {
    const folder = mkdtempSync(join(unpacked, 'single-'));
    copyFileSync(join(root, 'eark-validator/xml', file), join(folder, 'METS.xml'));
    const { findings } = await judgeEark(folder);
    expect(findings.filter((f) => f.severity === 'error').map((f) => f.code)).toContain(code);
  });
});
