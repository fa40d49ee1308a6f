import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPdf } from '#formats/pdf-objects/testing';
import { lookInside } from './index.ts';
import { askVeraPdf } from './veraPdf.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-verapdf-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A program in veraPDF's place: it notes its words, says this and ends with this code. */
async function standIn(says: string, code = 0): Promise<string> {
  const command = join(folder, `verapdf-${Math.random()}`);
  await writeFile(`${command}.says`, says);
  await writeFile(
    command,
    `#!/bin/sh\nfor word; do echo "$word"; done > "${folder}/words"\ncat "${command}.says"\necho "Picked up JAVA_TOOL_OPTIONS" >&2\nexit ${code}\n`,
  );
  await chmod(command, 0o755);
  return command;
}

const report = (validation: string) => `<?xml version="1.0" encoding="utf-8"?>
<report>
  <buildInformation>
    <releaseDetails id="core" version="1.26.1" buildDate="2024-05-16T16:30:00Z"></releaseDetails>
    <releaseDetails id="gui" version="1.26.2"></releaseDetails>
  </buildInformation>
  <jobs><job><item size="12"><name>/a.pdf</name></item>${validation}
    <duration start="1" finish="2">00:00:00.001</duration></job></jobs>
  <batchSummary totalJobs="1"></batchSummary>
</report>`;
const sound = report(
  '<validationReport jobEndStatus="normal" profileName="PDF/A-2B validation profile" isCompliant="true"><details passedRules="144" failedRules="0" passedChecks="800" failedChecks="0"></details></validationReport>',
);
const faulty = report(
  `<validationReport profileName="PDF/A-2B validation profile" isCompliant="false"><details passedRules="142" failedRules="2" passedChecks="790" failedChecks="10">
    <rule specification="ISO 19005-2:2011" clause="6.1.3" testNumber="1" status="failed" failedChecks="1" tags="structure"><description>The file trailer
      dictionary</description><object>CosTrailer</object><test>isEncrypted != true</test><check status="failed"><context>root</context></check></rule>
    <rule specification="ISO 19005-2:2011" clause="6.2.11.4" testNumber="4" status="failed" failedChecks="9"><description>Fonts</description></rule>
  </details></validationReport>`,
);
const broken = report(
  '<taskException type="PARSE" isExecuted="true" isSuccess="false"><duration>x</duration><exceptionMessage>Couldn’t parse stream</exceptionMessage></taskException>',
);
const flavour = { part: 2, level: 'b' } as const;

describe('veraPDF', () => {
  it('is asked about one file by one part and level', async () => {
    await askVeraPdf(await standIn(sound), join(folder, 'a b.pdf'), { part: 4, level: undefined });
    expect((await readFile(join(folder, 'words'), 'utf8')).trim().split('\n')).toEqual([
      '--format',
      'xml',
      '--flavour',
      '4',
      '--maxfailuresdisplayed',
      '1',
      join(folder, 'a b.pdf'),
    ]);
  });

  it('says what conforms and what does not, with clauses', async () => {
    expect(await askVeraPdf(await standIn(sound), 'a.pdf', flavour)).toEqual({
      report: {
        version: '1.26.1',
        profile: 'PDF/A-2B validation profile',
        conforms: true,
        rules: 144,
        checks: 800,
        faults: [],
      },
    });
    expect(await askVeraPdf(await standIn(faulty, 1), 'a.pdf', flavour)).toMatchObject({
      report: {
        conforms: false,
        faults: [
          { clause: '6.1.3', test: '1', message: 'The file trailer dictionary', count: 1 },
          { clause: '6.2.11.4', test: '4', message: 'Fonts', count: 9 },
        ],
      },
    });
  });

  it.each<[string, string, number, string]>([
    ['can not read the file', broken, 7, 'Couldn’t parse stream'],
    ['says nothing', '', 0, 'holds nothing'],
    ['says something else', 'usage: verapdf', 0, ''],
    ['breaks off', faulty.slice(0, 600), 1, ''],
    ['fails', '', 3, 'code 3'],
  ])('that %s gives no verdict, and why', async (_, says, code, why) => {
    const answer = await askVeraPdf(await standIn(says, code), 'a.pdf', flavour);
    expect(answer).toEqual({ why: expect.stringContaining(why) });
  });

  it('is asked for what a PDF claims, beside our own checks; where it is not there, that is said', async () => {
    const claiming = join(folder, 'claiming.pdf');
    await writeFile(claiming, buildPdf({ part: 2, level: 'b' }));
    const plain = join(folder, 'plain.pdf');
    await writeFile(plain, buildPdf({ claim: '' }));
    const veraPdf = await standIn(faulty, 1);
    const judged = await lookInside(claiming, { veraPdf });
    expect(judged.pdf?.pdfA.claim.flavour).toEqual(flavour);
    expect(judged.pdf?.veraPdf?.conforms).toBe(false);
    expect((await lookInside(plain, { veraPdf })).pdf?.veraPdf).toBeUndefined();
    const without = await lookInside(claiming, { veraPdf: join(folder, 'nothing-there') });
    expect(without.pdf?.veraPdf).toBeUndefined();
    expect(without.notPerformed).toContain(
      'veraPDF is not installed; PDF/A was judged by our own checks alone.',
    );
    expect((await readdir(tmpdir())).filter((n) => /^lantai-verapdf-(?!test)/.test(n))).toEqual([]);
  });
});
