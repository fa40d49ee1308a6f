import { describe, expect, it } from 'vitest';
import { type OaiReply, writeOaiDc, writeOaiReply } from './index.ts';

const HEAD = {
  baseUrl: 'http://archive.example/oai?a=1&b',
  at: new Date('2026-03-01T02:00:00.999Z'),
  arguments: { verb: 'ListRecords', metadataPrefix: 'oai_dc', set: 'a"<&' },
};
const write = (reply: OaiReply) => writeOaiReply(HEAD, reply);
const header = { identifier: 'oai:a:1', datestamp: new Date('2026-02-01T00:00:00Z'), sets: ['archive:1'] };

describe('an answer to a harvester', () => {
  it('repeats the request, except where it could not be read', () => {
    const none = write({ kind: 'errors', errors: [{ code: 'noRecordsMatch', message: 'None <here>.' }] });
    expect(none).toContain(
      '<request verb="ListRecords" metadataPrefix="oai_dc" set="a&quot;&lt;&amp;">http://archive.example/oai?a=1&amp;b</request>',
    );
    expect(none).toContain('<error code="noRecordsMatch">None &lt;here&gt;.</error>');
    expect(none).toContain('<responseDate>2026-03-01T02:00:00Z</responseDate>');
    for (const code of ['badVerb', 'badArgument'] as const)
      expect(write({ kind: 'errors', errors: [{ code, message: 'x' }] })).toContain('<request>http:');
  });

  it('shows of a deleted record its header alone', () => {
    const xml = write({
      kind: 'ListRecords',
      records: [
        { header: { ...header, deleted: true }, metadata: '<secret/>' },
        { header: { ...header, deleted: false }, metadata: writeOaiDc({ title: ['t'] }) },
      ],
      resumption: { token: 'abc', cursor: 0 },
    });
    expect(xml).not.toContain('secret');
    expect(xml).toContain(
      '<record><header status="deleted"><identifier>oai:a:1</identifier><datestamp>2026-02-01T00:00:00Z</datestamp><setSpec>archive:1</setSpec></header></record>',
    );
    expect(xml).toContain('<resumptionToken cursor="0">abc</resumptionToken>');
  });

  it('says all of a repository that the protocol asks for, in its order', () => {
    const xml = write({
      kind: 'Identify',
      identity: {
        repositoryName: '石桥县档案馆 <&>',
        baseUrl: HEAD.baseUrl,
        adminEmails: ['a@b.example'],
        earliestDatestamp: header.datestamp,
        identifiers: { repository: 'archive.example', sample: 'oai:archive.example:1' },
      },
    });
    expect([...xml.matchAll(/<(\w[\w-]*)[ >]/g)].map((m) => m[1]).slice(4)).toEqual([
      'repositoryName', 'baseURL', 'protocolVersion', 'adminEmail', 'earliestDatestamp', 'deletedRecord', 'granularity',
      'description', 'oai-identifier', 'scheme', 'repositoryIdentifier', 'delimiter', 'sampleIdentifier',
    ]); // biome-ignore format: names
  });
});

describe('a description in Dublin Core', () => {
  it('holds its elements in one order, escaped, without what is empty or XML can not hold', () => {
    const xml = writeOaiDc({ date: ['1958'], title: ['a\u0000<b>\ud800', ' '], creator: [''] });
    expect(xml).toMatch(/"><dc:title>a&lt;b&gt;<\/dc:title><dc:date>1958<\/dc:date><\/oai_dc:dc>$/);
  });
});
