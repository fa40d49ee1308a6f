import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PremisDocument, premisXml, readPremisEvents, validatePremis } from './index.ts';

const urn = (value: string) => ({ type: 'URN', value });
const entity = { category: 'intellectualEntity', identifiers: [urn('urn:uuid:1')] } as const;

const document: PremisDocument = {
  objects: [
    { ...entity, name: '婚姻登记 <1953>', rights: [urn('urn:uuid:1#rights')] },
    {
      category: 'representation',
      identifiers: [urn('urn:uuid:1#content')],
      properties: [{ type: 'files', value: '1' }],
      represents: urn('urn:uuid:1'),
    },
    {
      category: 'file',
      identifiers: [urn('urn:uuid:1#content/0001.tif')],
      properties: [{ type: 'pages', value: '1' }],
      fixity: [{ algorithm: 'SHA-512', digest: 'ab', originator: 'Lantai' }],
      size: 12,
      format: { name: 'image/tiff', version: '6.0', notes: ['found by its first bytes'] },
      creatingApplication: { name: 'Scanner & Co', made: '2026-01-02T03:04:05Z' },
      inhibitor: 'password protection',
      originalName: 'a "b".tif',
      location: 'content/0001.tif',
      partOf: urn('urn:uuid:1#content'),
    },
  ],
  events: [
    {
      identifier: { type: 'UUID', value: '7' },
      type: 'ingestion',
      at: new Date('2026-03-01T00:00:00Z'),
      detail: '{"a":1}',
      outcome: 'success',
      agents: [{ identifier: urn('urn:uuid:p'), role: 'implementer' }],
      objects: [urn('urn:uuid:1')],
    },
  ],
  agents: [{ identifier: urn('urn:uuid:p'), name: '王某', type: 'person' }],
  rights: [
    {
      identifier: urn('urn:uuid:1#rights'),
      basis: 'archival access decision',
      granted: [
        { act: 'disseminate', restrictions: ['open'], from: '2026-01-01', restrictedUntil: '2030-01-01' },
      ],
      objects: [urn('urn:uuid:1')],
      agents: [],
    },
  ],
};
const written = (d: PremisDocument) => [...premisXml(d)].join('');

describe('PREMIS', () => {
  it('is built as the standard has it: elements, order, obligations, attributes', async () => {
    const report = await validatePremis(Readable.from([Buffer.from(written(document))]), 'premis.xml');
    expect(report).toEqual({
      findings: [],
      counts: { object: 3, event: 1, agent: 1, rights: 1 },
      versions: [3],
    });
  });

  it('puts objects, events, agents and rights in the order of the schema', () => {
    const xml = written(document);
    const order = [...xml.matchAll(/\n<(object|event|agent|rights)\b/g)].map((m) => m[1]);
    expect(order).toEqual(['object', 'object', 'object', 'event', 'agent', 'rights']);
    const file = xml.slice(xml.indexOf('xsi:type="file"'));
    const inside = [
      'objectIdentifier>',
      'significantProperties>',
      'objectCharacteristics>',
      'originalName>',
      'storage>',
      'relationship>',
    ];
    expect(inside.map((name) => file.indexOf(`<${name}`))).toEqual(
      inside.map((name) => file.indexOf(`<${name}`)).sort((a, b) => a - b),
    );
    expect(xml).toContain('<formatName>image/tiff</formatName><formatVersion>6.0</formatVersion>');
    expect(xml).toContain('Scanner &amp; Co');
    expect(xml).toContain('婚姻登记 &lt;1953&gt;');
  });

  it('asks for objects one by one and keeps none', () => {
    let asked = 0;
    const objects = (function* () {
      for (; asked < 1000; asked++) yield entity;
    })();
    const pieces = premisXml({ objects });
    for (let i = 0; i < 10; i++) pieces.next();
    expect(asked).toBeLessThan(10);
    for (const _ of pieces);
    expect(asked).toBe(1000);
  });

  it('gives events back as they were written, with the names of who did it', async () => {
    const words = fc.string({ unit: fc.constantFrom('档', 'a', ' ', '<', '&', '"', '\n', '\r', '{', '𠮷') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            value: fc.uuid(),
            type: fc.constantFrom('ingestion', 'validation'),
            at: fc.date({ min: new Date(0), max: new Date('2200-01-01'), noInvalidDate: true }),
            detail: words,
            outcome: fc.constantFrom('success', 'failure'),
            name: words,
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (list) => {
          const xml = written({
            objects: [entity],
            events: list.map(({ value, type, at, detail, outcome }) => ({
              identifier: { type: 'UUID', value },
              type,
              at,
              detail,
              outcome,
              agents: [{ identifier: urn(value), role: 'implementer' }],
              objects: [urn('urn:uuid:1')],
            })),
            agents: list.map(({ value, name }) => ({
              identifier: urn(value),
              name,
              type: 'person' as const,
            })),
          });
          const read = await readPremisEvents(Readable.from([Buffer.from(xml, 'utf8')]));
          const names = new Map(list.map(({ value, name }) => [value, name]));
          expect(read).toEqual(
            list.map(({ value, type, at, detail, outcome }) => ({
              id: value,
              type,
              at,
              detail,
              outcome,
              objects: ['urn:uuid:1'],
              agents: [{ id: value, role: 'implementer', name: names.get(value) }],
            })),
          );
        },
      ),
    );
  });

  it('refuses a document that breaks off', async () => {
    const half = written(document).slice(0, 2000);
    await expect(readPremisEvents(Readable.from([Buffer.from(half)]))).rejects.toMatchObject({
      code: 'premis.damaged',
    });
  });
});
