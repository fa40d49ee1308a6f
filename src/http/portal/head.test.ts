import { expect, it } from 'vitest';
import type { OpenRecord } from '#modules/federation';
import { jsonLd, recordHead } from './head.ts';

const RECORD = {
  unit: {
    title: '</script><script>alert("1")</script>',
    level: 'item',
    referenceCode: 'J019-1',
    docNo: null,
    creator: '张某',
    date: '1958.03',
    description: { abstract: 'a & b', boxNo: '7' },
  },
  archive: { code: '990111', name: '石桥县档案馆' },
  fonds: { number: 'J019', name: '县民政局' },
  address: 'http://archive.example/item/1',
} as unknown as OpenRecord;

it('says of a record in Dublin Core and JSON-LD what readers may know, and no title breaks out of it', () => {
  const { text } = recordHead(RECORD);
  expect(text.match(/<script/g)).toHaveLength(1);
  expect(text.match(/<\/script/g)).toHaveLength(1);
  expect(text).toContain(
    '<meta name="DC.title" content="&lt;/script&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;">',
  );
  expect(text).toContain('<link rel="canonical" href="http://archive.example/item/1">');
  expect(text).not.toContain('7"');
  const json = /<script type="application\/ld\+json">(.*)<\/script>/.exec(text)![1]!;
  expect(JSON.parse(json)).toMatchObject({
    '@type': 'ArchiveComponent',
    name: '</script><script>alert("1")</script>',
    description: 'a & b',
    dateCreated: '1958.03',
    holdingArchive: { name: '石桥县档案馆' },
  });
});

it('writes no sign in data that could begin a tag, an entity or a line of a script', () => {
  const { text } = jsonLd({ a: '<!--<script>&lt;\u2028\u2029]]>' });
  expect(text.slice('<script type="application/ld+json">'.length, -'</script>'.length)).not.toMatch(
    /[<>&\u2028\u2029]/,
  );
});
