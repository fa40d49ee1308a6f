import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PremisObject,
  premisXml,
  type ReadPremisEntity,
  readPremis,
  validatePremis,
  wrappedPremis,
} from './index.ts';

const bytes = (text: string) => Readable.from([Buffer.from(text)]);
const entities = async (text: string): Promise<ReadPremisEntity[]> =>
  (await Array.fromAsync(readPremis(bytes(text)))).map((r) => r.entity);
const V2 = 'xmlns="info:lc/xmlns/premis-v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const V3 = V2.replace('info:lc/xmlns/premis-v2', 'http://www.loc.gov/premis/v3');
const ID = (unit: string) =>
  `<${unit}><${unit}Type>UUID</${unit}Type><${unit}Value>1</${unit}Value></${unit}>`;
const FORMAT = '<format><formatDesignation><formatName>Text</formatName></formatDesignation></format>';

describe('PREMIS of other systems', () => {
  it('says the same in version 2 and in version 3', async () => {
    const event = (detail: string) =>
      `${ID('eventIdentifier')}<eventType>ingestion</eventType><eventDateTime>2024-01-02T03:04:05Z</eventDateTime>${detail}`;
    const [two] = await entities(
      `<premis ${V2} version="2.2"><event>${event('<eventDetail>收進</eventDetail>')}</event></premis>`,
    );
    const [three] = await entities(
      `<premis ${V3} version="3.0"><event>${event('<eventDetailInformation><eventDetail>收進</eventDetail></eventDetailInformation>')}</event></premis>`,
    );
    expect(two).toEqual(three);
    expect(two).toMatchObject({
      type: 'ingestion',
      details: ['收進'],
      identifiers: [{ type: 'UUID', value: '1' }],
    });
  });

  it('keeps extensions in their own words', async () => {
    const extension = `<x:a xmlns:x='urn:x'><![CDATA[<&]]></x:a>`;
    const text = `<object ${V3} xsi:type="file">${ID('objectIdentifier')}<objectCharacteristics>${FORMAT}<objectCharacteristicsExtension>${extension}</objectCharacteristicsExtension></objectCharacteristics></object>`;
    const [read] = await Array.fromAsync(readPremis(bytes(text)));
    expect(JSON.stringify(read!.element)).toContain(JSON.stringify(extension).slice(1, -1));
    expect(read!.entity).toMatchObject({
      category: 'file',
      characteristics: [{ formats: [{ name: 'Text' }] }],
    });
  });

  it('is found where another document wraps it, by the namespaces declared around', async () => {
    const scope = new Map([['p', 'http://www.loc.gov/premis/v3']]);
    const raw = '<p:agent><p:agentName>館</p:agentName></p:agent>';
    const found = await Array.fromAsync(wrappedPremis({ raw, scope }));
    expect(found.map((f) => f.entity)).toMatchObject([{ kind: 'agent', names: ['館'] }]);
  });

  it.each([
    ['the root', '<ead/>'],
    ['the namespace', '<premis xmlns="urn:other"/>'],
    ['the end', `<premis ${V3} version="3.0"><event>`],
    ['any entity', `<premis ${V3} version="3.0"></premis>`],
    ['an identifier', `<agent ${V3}><agentName>a</agentName></agent>`],
    ['the category', `<object ${V3}>${ID('objectIdentifier')}</object>`],
    ['the characteristics', `<object ${V3} xsi:type="file">${ID('objectIdentifier')}</object>`],
    [
      'the type of an event',
      `<event ${V3}>${ID('eventIdentifier')}<eventDateTime>2024</eventDateTime></event>`,
    ],
    ['the date of an event', `<event ${V3}>${ID('eventIdentifier')}<eventType>a</eventType></event>`],
    [
      'the basis of rights',
      `<rights ${V3}><rightsStatement>${ID('rightsStatementIdentifier')}</rightsStatement></rights>`,
    ],
  ])('is found out where it lacks %s', async (_, text) => {
    const { findings } = await validatePremis(bytes(text), 'premis.xml');
    expect(findings.map((f) => [f.severity, f.path.split(':')[0]])).toEqual([['error', 'premis.xml']]);
  });
});

describe('What we write', () => {
  const word = fc.stringMatching(/^[A-Za-z 中文<>&"']{1,12}$/u).map((w) => `x${w.trim()}`);
  it('is read as it was meant, and without fault', async () => {
    const identifier = fc.record({ type: word, value: word });
    const file = fc.record({
      category: fc.constant('file' as const),
      identifiers: fc.array(identifier, { minLength: 1, maxLength: 3 }),
      fixity: fc.array(fc.record({ algorithm: word, digest: word }), { maxLength: 3 }),
      size: fc.nat(),
      format: fc.record({ name: word }),
      location: word,
      partOf: identifier,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 5 }), async (objects: PremisObject[]) => {
        const text = [...premisXml({ objects })].join('');
        expect((await validatePremis(bytes(text), 'p')).findings).toEqual([]);
        const read = await entities(text);
        expect(read).toMatchObject(objects.map((o) => ({ category: 'file', identifiers: o.identifiers })));
        objects.forEach((o, i) => {
          const found = read[i]!;
          if (o.category !== 'file' || found.kind !== 'object') throw new Error('no file');
          expect(found.characteristics[0]).toMatchObject({ size: String(o.size), fixity: o.fixity });
          expect(found.locations[0]!.value).toBe(o.location);
        });
      }),
      { numRuns: 50 },
    );
  });
});
