import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDigestPool } from '#kernel/checksums';
import { judge } from './index.ts';

const pool = createDigestPool(1);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-document-'));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

async function judged(content: string | Buffer, kind?: 'eark') {
  const path = join(folder, 'one.xml');
  await writeFile(path, content);
  const { findings, ...said } = await judge(path, pool, kind ? { kind } : {});
  return { ...said, codes: findings.map((f) => f.code), places: findings.map((f) => f.path) };
}

const METS = `<!-- 案 -->
<m:mets xmlns:m="http://www.loc.gov/METS/"><m:structMap><m:div/></m:structMap></m:mets>`;
const AGENT = `<agent xmlns="http://www.loc.gov/premis/v3"><agentIdentifier><agentIdentifierType>a</agentIdentifierType>
<agentIdentifierValue>1</agentIdentifierValue></agentIdentifier></agent>`;

describe('a METS or PREMIS document by itself', () => {
  it('is told for what it is by its root, whatever goes before, and is valid', async () => {
    expect(await judged(METS)).toMatchObject({ kind: 'mets', valid: true, codes: [] });
    expect(await judged(`\uFEFF<?xml version="1.0"?>${METS}`)).toMatchObject({ kind: 'mets', valid: true });
    expect(await judged(Buffer.from(`\uFEFF${METS}`, 'utf16le'))).toMatchObject({
      kind: 'mets',
      valid: true,
    });
    expect(await judged(AGENT)).toMatchObject({ kind: 'premis', valid: true, codes: [] });
    expect((await judged(AGENT)).what).toBe('PREMIS 3 document, 1 agent');
  });

  it('is invalid with the line where it is not built as it should be, or is cut off', async () => {
    expect(await judged(METS.replace('<m:div/>', ''))).toMatchObject({
      kind: 'mets',
      valid: false,
      codes: ['mets.lacks'],
      places: ['one.xml:2'],
    });
    expect(await judged(AGENT.replace('<agentIdentifierValue>1</agentIdentifierValue>', ''))).toMatchObject({
      kind: 'premis',
      valid: false,
      codes: ['premis.lacks'],
    });
    expect(await judged(METS.slice(0, -9))).toMatchObject({
      kind: 'mets',
      valid: false,
      codes: ['mets.damaged'],
    });
  });

  it('is no package where one is asked for, and other XML is neither', async () => {
    expect(await judged(METS, 'eark')).toMatchObject({ kind: 'eark', valid: false });
    expect(await judged('<mets/>')).toMatchObject({ kind: 'unknown', valid: false });
    expect(await judged('<div xmlns="http://www.loc.gov/METS/"/>')).toMatchObject({ kind: 'unknown' });
    expect(await judged('no XML')).toMatchObject({ kind: 'unknown', valid: false });
    expect(await judged('')).toMatchObject({ kind: 'unknown', valid: false });
  });
});
