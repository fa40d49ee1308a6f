import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { childOf, childrenOf, readElements, textOf, type XmlElement } from '#formats/xml';
import { Refusal } from '#kernel/errors';
import { dublinCoreOf, type OpenRecord } from './dublinCore.ts';
import { eadOf } from './ead.ts';

const RECORD: OpenRecord = {
  unit: {
    id: '0190a1b2-0000-7000-8000-000000000001', archiveId: 'a', fondsId: 'f', parentId: null, level: 'file', position: 'a0',
    referenceCode: 'J019-WS·1958-0001', sortKey: '', title: '会议 <记录>', creator: '张某; 李某', docNo: null, date: '1958.03',
    dateFrom: '1958-03-01', dateTo: '1958-03-31', category: 'WS', year: 1958, retention: 'Y', classification: 'public',
    accessStatus: 'open', opensOn: '2020-01-01', embargoUntil: null, pages: 7, gaps: 0, pageCount: 0, childCount: 0, version: 1,
    description: {
      abstract: '全县工作', subjects: '会议; 水利', boxNo: 'BOX', location: '库房', 'own:secret': '自有', extra: { 旧号: '外来' },
    },
    gapsOwn: 0, gapsTop: 0, objectId: null, importId: null, importRow: null, createdAt: new Date(0), updatedAt: new Date(0),
  },
  archive: { code: '990111', name: '石桥县档案馆' },
  fonds: { number: 'J019', name: '县民政局' },
  address: 'http://archive.example/item/1',
}; // biome-ignore format: a table of fields

async function read(xml: string): Promise<XmlElement> {
  const refuse = (what: string) => new Refusal('test.damaged', what);
  const bytes = Readable.from([Buffer.from(xml)]);
  for await (const e of readElements(
    bytes,
    { isContainer: () => false },
    { damaged: refuse, forbidden: refuse },
  ))
    if (e.kind === 'whole') return e.element;
  throw refuse('nothing');
}

describe('an open record as others are told of it', () => {
  it('in Dublin Core has its elements by the mapping of archives', () => {
    expect(dublinCoreOf(RECORD)).toMatchObject({
      title: ['会议 <记录>'],
      creator: ['张某', '李某'],
      subject: ['会议', '水利'],
      description: ['全县工作'],
      publisher: ['石桥县档案馆'],
      date: ['1958.03'],
      type: ['Collection'],
      identifier: ['http://archive.example/item/1', 'J019-WS·1958-0001'],
      relation: ['J019 县民政局'],
    });
  });

  it('in EAD3 is a document of itself alone, with a schema and without a list of parts', async () => {
    const ead = await read(eadOf(RECORD));
    expect([ead.name, ead.space]).toEqual(['ead', 'http://ead3.archivists.org/schema/']);
    expect(ead.attributes.find((a) => a.local === 'schemaLocation')?.value).toMatch(/ead3\.xsd$/);
    expect(childrenOf(ead).map((e) => e.name)).toEqual(['control', 'archdesc']);
    const whole = childOf(ead, 'archdesc')!;
    expect(childrenOf(whole, 'dsc')).toEqual([]);
    expect(textOf(childOf(childOf(whole, 'did')!, 'unittitle'))).toBe('会议 <记录>');
  });

  it('says in no format where it lies, what an archive calls its own, or what came from elsewhere', () => {
    for (const text of [JSON.stringify(dublinCoreOf(RECORD)), eadOf(RECORD)])
      expect(text).not.toMatch(/BOX|库房|自有|外来|旧号|2020-01-01/);
  });
});
