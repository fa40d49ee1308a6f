import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isMessageKey } from '#kernel/wording';
import { REQUIREMENTS as EARK } from '../../src/formats/eark/requirements/index.ts';
import { familyOf } from '../../src/modules/examination/domain/families.ts';

const FORMATS = fileURLToPath(new URL('../../src/formats', import.meta.url));
const sources = (folder: string) =>
  globSync(`${folder}/**/*.ts`, { cwd: FORMATS })
    .filter((f) => !/test|testing/.test(f))
    .map((f) => readFileSync(`${FORMATS}/${f}`, 'utf8'))
    .join('\n');
const codesIn = (folder: string, code: RegExp) => [
  ...new Set([...sources(folder).matchAll(code)].map((m) => m[1]!)),
];

/** As handover folders' rules say it: the severity may be chosen before. */
const SAID =
  /say\(\s*(?:'(?:error|warning|info)'|[^']*?'(?:must|year)'\s*\?\s*'error'\s*:\s*'warning'),\s*'([a-zA-Z]+)'/g;

/** Whoever makes a check say something new says it in people's words too: src/kernel/wording, `rule.<code>` in three languages. */
describe('what checks of packages find', () => {
  it.each([
    ['tree', /'(tree\.[a-zA-Z]+)'/g, 25],
    ['bagit', /'(bag\.[a-zA-Z]+)'/g, 35],
    ['eep', /'(eep\.[a-zA-Z]+)'/g, 40],
    ['eark', /'((?:CSIP|SIP|DIP)(?:STR)?\d+)'/g, 20],
    ['ocfl', /'([EW]0\d\d[a-z]?)'/g, 60],
    ['judging', /'(check\.[a-zA-Z]+)'/g, 1],
  ])('has a family for every code of %s', (folder, code, least) => {
    const codes = codesIn(folder, code);
    expect(codes.length).toBeGreaterThanOrEqual(least);
    expect(codes.filter((c) => familyOf(c) === 'other')).toEqual([]);
  });

  /** What is thrown only at programs that write or take out, and never found in a check. */
  const NEVER_FOUND = /^(bag\.(badInfo|noAlgorithm|notABag|zip)|eep\.(alreadySigned|keyUnfit|unknownEncoding|unwritable)|handover\.unwritable|eark\.badName|mets\.xsd|premis\.xml|tree\.(targetExists|sizeWanted))$/; // biome-ignore format: a list

  it('has a sentence for every code of wrappers and packages', () => {
    const codes = [
      ...codesIn(
        '{tree,bagit,eep,handover,eark,mets,premis,judging}',
        /'((?:tree|bag|eep|handover|eark|mets|premis|check)\.[a-zA-Z]+)'/g,
      ),
      ...codesIn('eark', /'((?:CSIP|SIP|DIP)(?:STR)?\d+)'/g),
      ...codesIn('handover', SAID).map((c) => `handover.${c}`),
      ...EARK.keys(),
      ...['tooDemanding', 'tooSlow'].map((c) => `check.${c}`),
    ].filter((c) => !NEVER_FOUND.test(c));
    expect(codes.length).toBeGreaterThan(350);
    expect(codes.filter((c) => !isMessageKey(`rule.${c}`))).toEqual([]);
  });
});
