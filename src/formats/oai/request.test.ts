import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOaiRequest } from './index.ts';

const codes = (query: string) => {
  const read = readOaiRequest(query);
  return read.ok ? [] : read.errors.map((e) => e.code);
};

describe('a request of a harvester', () => {
  it('is read with what its verb takes', () => {
    expect(readOaiRequest('verb=Identify')).toEqual({
      ok: true,
      request: { verb: 'Identify' },
      arguments: { verb: 'Identify' },
    });
    const asked = {
      verb: 'ListRecords',
      metadataPrefix: 'oai_dc',
      set: 'archive:990111',
      from: '2026-01-01',
    };
    expect(readOaiRequest(new URLSearchParams(asked).toString())).toMatchObject({ ok: true, request: asked });
    expect(codes('verb=ListMetadataFormats&identifier=oai%3Aa%3A1')).toEqual([]);
    expect(codes('verb=ListSets')).toEqual([]);
    expect(codes('verb=ListSets&resumptionToken=x')).toEqual([]);
    expect(codes('verb=ListIdentifiers&resumptionToken=x')).toEqual([]);
    expect(codes('verb=GetRecord&metadataPrefix=oai_dc&identifier=oai%3Aa%3A1')).toEqual([]);
  });

  it('is badVerb without a verb, with one that is none, and with two', () => {
    for (const query of [
      '',
      'metadataPrefix=oai_dc',
      'verb=',
      'verb=identify',
      'verb=toString',
      'verb=Identify&verb=Identify',
    ])
      expect(codes(query), query).toEqual(['badVerb']);
  });

  it('is badArgument where arguments are repeated, unknown, missing, empty or shut out by a token', () => {
    for (const query of [
      'verb=Identify&a=b',
      'verb=Identify&resumptionToken=x',
      'verb=GetRecord&metadataPrefix=oai_dc&resumptionToken=x&identifier=y',
      'verb=ListRecords',
      'verb=ListRecords&metadataPrefix=',
      'verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc',
      'verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x',
      'verb=ListRecords&resumptionToken=x&resumptionToken=y',
      'verb=GetRecord&metadataPrefix=oai_dc',
      'verb=ListRecords&metadataPrefix=oai%20dc',
      'verb=ListRecords&metadataPrefix=oai_dc&set=a::b',
      'verb=ListRecords&metadataPrefix=oai_dc&set=%E9%A6%86',
      'verb=ListRecords&metadataPrefix=oai_dc&__proto__=b',
    ])
      expect(codes(query), query).toContain('badArgument');
    expect(codes('verb=GetRecord')).toEqual(['badArgument', 'badArgument']);
  });

  it('takes days and seconds, of days that exist, both ends alike and in order', () => {
    const list = (more: string) => codes(`verb=ListRecords&metadataPrefix=oai_dc&${more}`);
    for (const good of ['from=2024-02-29', 'until=2026-01-01T23:59:59Z', 'from=2026-01-01&until=2026-01-01'])
      expect(list(good), good).toEqual([]);
    for (const bad of [
      'from=2023-02-29',
      'from=2026-13-01',
      'from=0000-01-01',
      'from=2026-01-01T24:00:00Z',
      'from=2026-01-01T00:00:00%2B08:00',
      'from=2026-01-01T00:00Z',
      'from=2026',
      'until=2002-06-01T03:020:00Z',
      'from=2026-01-01&until=2026-01-02T00:00:00Z',
      'from=2026-01-02&until=2026-01-01',
    ])
      expect(list(bad), bad).toEqual(['badArgument']);
    const byDay = readOaiRequest('verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00Z', 'day');
    expect(byDay.ok).toBe(false);
  });

  it('never repeats what was given, however hostile, and never breaks on it', () => {
    expect(
      JSON.stringify(readOaiRequest(`verb=ListRecords&metadataPrefix=${'x'.repeat(50_000)}`)).length,
    ).toBeLessThan(300);
    expect(
      codes(`verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent('a\u0000b')}`),
    ).toEqual(['badArgument']);
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.constantFrom('verb', 'from', 'set', 'identifier', 'x'), fc.string({ unit: 'binary' })),
        ),
        (pairs) => {
          const query = pairs.map(([k, v]) => `${k}=${encodeURIComponent(v.toWellFormed())}`).join('&');
          expect(typeof readOaiRequest(query).ok).toBe('boolean');
        },
      ),
    );
  });
});
