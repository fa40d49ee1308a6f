import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { validatePremis } from '../index.ts';

const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const SPACES = { 2: 'info:lc/xmlns/premis-v2', 3: 'http://www.loc.gov/premis/v3' } as const;
const id = (unit: string, type = 'UUID') =>
  `<${unit}><${unit}Type>${type}</${unit}Type><${unit}Value>1</${unit}Value></${unit}>`;
const FORMAT = '<format><formatDesignation><formatName>Text</formatName></formatDesignation></format>';
const FILE = `<object xsi:type="file">${id('objectIdentifier')}<objectCharacteristics><compositionLevel>0</compositionLevel><size>12</size>${FORMAT}</objectCharacteristics></object>`;
const event = (more: string) =>
  `<event>${id('eventIdentifier')}<eventType>a</eventType><eventDateTime>2024-01-02</eventDateTime>${more}</event>`;

async function codesOf(
  version: 2 | 3,
  inner: string,
  attributes = `version="${version}.0"`,
): Promise<string[]> {
  const text = `<premis xmlns="${SPACES[version]}" ${XSI} ${attributes}>${inner}</premis>`;
  const { findings } = await validatePremis(Readable.from([Buffer.from(text)]), 'p.xml');
  return findings.map((f) => `${f.code} ${f.message}`);
}

describe('the elements of PREMIS', () => {
  it('a document of either version that is built as it should be has no fault', async () => {
    const two = `${FILE}${event('<eventDetail>x</eventDetail>')}`;
    const three = `${FILE}${event('<eventDetailInformation><eventDetail>x</eventDetail></eventDetailInformation>')}`;
    expect(await codesOf(2, two)).toEqual([]);
    expect(await codesOf(3, three)).toEqual([]);
    expect(await codesOf(3, two)).toEqual([expect.stringContaining('premis.element "eventDetail" stands')]);
    expect(await codesOf(2, three)).toEqual([
      expect.stringContaining('premis.element "eventDetailInformation" stands'),
    ]);
  });

  it.each<[string, 2 | 3, string, string]>([
    ['entities in another order', 3, `${event('')}${FILE}`, 'premis.order "object"'],
    ['no object at all', 3, event(''), 'premis.lacks A "premis" lacks its "object"'],
    [
      'elements in another order',
      3,
      FILE.replace('<size>12</size>', '').replace('<compositionLevel>', '<size>12</size><compositionLevel>'),
      'premis.order "compositionLevel"',
    ],
    [
      'an element twice',
      2,
      FILE.replace('<size>12</size>', '<size>12</size><size>13</size>'),
      'premis.order "size" stands in a "objectCharacteristics" more than once',
    ],
    [
      'no composition level in version 2',
      2,
      FILE.replace('<compositionLevel>0</compositionLevel>', ''),
      'premis.lacks A "objectCharacteristics" lacks its "compositionLevel"',
    ],
    [
      'a level without value',
      3,
      FILE.replace('<objectCharacteristics>', '<preservationLevel/><objectCharacteristics>'),
      'premis.lacks A "preservationLevel" lacks its "preservationLevelValue"',
    ],
    [
      'an element that holds nothing of what it is for',
      3,
      FILE.replace('</objectCharacteristics>', '</objectCharacteristics><storage/>'),
      'premis.lacks A "storage" holds nothing',
    ],
    ['a size in words', 3, FILE.replace('>12<', '>twelve<'), 'premis.value "size" says "twelve"'],
    [
      'a level that is no number',
      2,
      FILE.replace('>0<', '>-1<'),
      'premis.value "compositionLevel" says "-1"',
    ],
    [
      'a category the version does not have',
      2,
      `<object xsi:type="intellectualEntity">${id('objectIdentifier')}</object>`,
      'premis.value The object is of the category "intellectualEntity"',
    ],
    [
      'an attribute that is none',
      3,
      FILE.replace('<objectIdentifierType>', '<objectIdentifierType colour="red">'),
      'premis.attribute A "objectIdentifierType" has the attribute "colour"',
    ],
    [
      'an element within text',
      3,
      FILE.replace('>Text<', '><formatNote>Text</formatNote><'),
      'premis.element "formatNote" stands in a "formatName"',
    ],
  ])('%s is told (version %i)', async (_, version, inner, told) => {
    const found = await codesOf(version, inner);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain(told);
    expect(found.slice(1).filter((f) => !f.startsWith('premis.lacks'))).toEqual([]);
  });

  it('says its version, which is that of its namespace; vocabularies may be named', async () => {
    expect(await codesOf(3, FILE, '')).toEqual([
      expect.stringContaining('premis.attribute A "premis" has no'),
    ]);
    expect(await codesOf(3, FILE, 'version="2.2"')).toEqual([
      expect.stringContaining('premis.value version'),
    ]);
    const named = FILE.replace('<formatName>', '<formatName authority="x" valueURI="http://x.example">');
    expect(await codesOf(3, named)).toEqual([]);
  });

  it('what extends PREMIS is not looked into, and what a version does not know is told once', async () => {
    const extended = FILE.replace(
      '</objectCharacteristics>',
      '<objectCharacteristicsExtension><x xmlns="urn:x"><size>no</size></x></objectCharacteristicsExtension></objectCharacteristics>',
    );
    expect(await codesOf(3, extended)).toEqual([]);
    const unknown = FILE.replace('</object>', '<colour><red/></colour></object>');
    expect(await codesOf(3, unknown)).toEqual([expect.stringContaining('premis.element "colour"')]);
  });
});
