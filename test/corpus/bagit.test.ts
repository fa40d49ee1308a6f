import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recogniseBag, validateBag } from '#formats/bagit';
import { openTree, packageRoot } from '#formats/tree';

const corpora = process.env.LANTAI_CORPORA ?? '';
const corpus = join(corpora, 'bagit');

interface Case {
  path: string;
  group: string;
  expected: string;
}

const cases: Case[] =
  corpora === ''
    ? []
    : (await readFile(join(corpus, 'expected.tsv'), 'utf8'))
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'))
        .map(([path = '', , group = '', expected = '']) => ({ path, group, expected }));

async function judge({ path }: Case) {
  const tree = await openTree(join(corpus, path));
  try {
    const bag = await packageRoot(tree);
    expect(await recogniseBag(bag)).toBe(true);
    const { findings } = await validateBag(bag);
    return [...tree.findings, ...findings];
  } finally {
    await tree.close();
  }
}

const table: string[] = [];

describe.skipIf(corpora === '')(
  'the BagIt conformance suite (skipped unless LANTAI_CORPORA names the corpora)',
  () => {
    it.each(cases.map((c) => [c.path, c] as const))('judges %s', async (_, c) => {
      const findings = await judge(c);
      const errors = findings.filter((f) => f.severity === 'error');
      const warnings = findings.filter((f) => f.severity === 'warning');
      const verdict = errors.length > 0 ? 'invalid' : warnings.length > 0 ? 'warning' : 'valid';
      table.push(
        [
          c.group.padEnd(13),
          verdict.padEnd(8),
          c.path,
          [...new Set([...errors, ...warnings].map((f) => f.code))].join(' '),
        ].join('  '),
      );
      if (c.expected.startsWith('valid')) expect(errors).toEqual([]);
      else expect(errors).not.toEqual([]);
      if (c.group === 'warning') expect(warnings).not.toEqual([]);
      // What points out of the bag is refused for that, whatever the system.
      if (c.path.includes('out-of-scope')) expect(errors.map((f) => f.code)).toContain('bag.pathEscape');
    });

    it('has judged all of them', () => {
      console.log(['expected       judged    case', ...table].join('\n'));
      expect(table).toHaveLength(cases.length);
    });
  },
);
