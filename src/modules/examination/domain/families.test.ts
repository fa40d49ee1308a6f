import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isMessageKey } from '#kernel/wording';
import { FAMILIES, familyOf } from './families.ts';

const FORMATS = fileURLToPath(new URL('../../../formats', import.meta.url));
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

describe('families of findings', () => {
  it('tell handover folders’ findings apart', () => {
    const said = codesIn('handover', SAID);
    expect(said.length).toBeGreaterThan(30);
    const families = new Map(said.map((c) => [c, familyOf(`handover.${c}`)]));
    expect([...families.values()].every((f) => f.startsWith('handover') || f === 'notRecognised')).toBe(true);
    expect(families.get('digest')).toBe('handoverDigest');
    expect(families.get('size')).toBe('handoverDigest');
    expect(families.get('noNote')).toBe('handoverNote');
    expect(families.get('columnMissing')).toBe('handoverCatalogue');
  });

  it.each([
    ['bag.digest', 'bagDigest'],
    ['bag.pathEscape', 'path'],
    ['tree.ratio', 'limit'],
    ['tree.crc', 'damaged'],
    ['eep.signatureWrong', 'eepSignature'],
    ['eep.digest', 'eepSignature'],
    ['CSIP4', 'earkRoot'],
    ['CSIP22', 'earkMetadata'],
    ['CSIP69', 'earkFiles'],
    ['CSIP80', 'earkMap'],
    ['CSIPSTR4', 'earkStructure'],
    ['SIP3', 'earkSip'],
    ['E092', 'ocflContent'],
    ['W007', 'ocflAdvice'],
    ['never.heardOf', 'other'],
  ])('%s is of %s', (code, family) => {
    expect(familyOf(code)).toBe(family);
  });

  it('have words of their own', () => {
    const lacking = FAMILIES.flatMap((f) => [`finding.${f}.title`, `finding.${f}.todo`]).filter(
      (key) => !isMessageKey(key),
    );
    expect(lacking).toEqual([]);
  });
});
