import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOaiTokens, type ListPlace, namesOfSet, setSpecOf } from './index.ts';

const tokens = createOaiTokens(Buffer.alloc(32, 7));
const PLACE: ListPlace = {
  verb: 'ListRecords',
  metadataPrefix: 'oai_dc',
  set: 'archive:990111',
  from: '2026-01-01',
  after: { datestamp: '2026-02-01T00:00:00Z', id: '0190a1b2-0000-7000-8000-000000000001' },
  given: 200,
};

describe('a resumption token', () => {
  it('says where a list goes on, in letters, digits, dash and underscore', () => {
    const token = tokens.write(PLACE);
    expect(token).toMatch(/^[\w-]+$/);
    expect(tokens.read(token, 'ListRecords')).toEqual(PLACE);
  });

  it('is none for another verb or another repository', () => {
    const token = tokens.write(PLACE);
    expect(tokens.read(token, 'ListIdentifiers')).toBeUndefined();
    expect(createOaiTokens(Buffer.alloc(32, 8)).read(token, 'ListRecords')).toBeUndefined();
  });

  it('is none once any of its characters is altered, left out or added', () => {
    const token = tokens.write(PLACE);
    fc.assert(
      fc.property(
        fc.nat({ max: token.length - 1 }),
        fc.constantFrom(...'AZaz09-_', '', '=', '\u0000', 'é'),
        (at, c) => {
          const altered = token.slice(0, at) + c + token.slice(at + 1);
          if (altered !== token) expect(tokens.read(altered, 'ListRecords')).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
    for (const bad of ['', `${token}A`, ` ${token}`, `${token}=`, 'x'.repeat(100_000)])
      expect(tokens.read(bad, 'ListRecords')).toBeUndefined();
  });
});

describe('the name of a set', () => {
  it('is in characters the protocol allows, and is read again as it was', () => {
    expect(setSpecOf(['archive', '990111', 'fonds', 'J019'])).toBe('archive:990111:fonds:J019');
    expect(setSpecOf(['fonds', '馆:1~'])).toBe('fonds:~e9~a6~86~3a1~7e');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }), (names) => {
        const spec = setSpecOf(names);
        expect(spec).toMatch(/^[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*$/);
        expect(namesOfSet(spec)).toEqual(names);
      }),
    );
  });

  it('is written in one way alone', () => {
    for (const other of ['fonds:~4a019', 'a::b', ':a', 'a:', '~', '~zz', '~ff', 'fonds:~E9~A6~86', ''])
      expect(namesOfSet(other), other).toBeUndefined();
  });
});
