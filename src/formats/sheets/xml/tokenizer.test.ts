import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { xmlText } from '../writing/xml-text.ts';
import { XmlTokenizer } from './tokenizer.ts';

type Told = string[];

/** Everything the tokenizer tells, the document going in by pieces of the given sizes. */
function tokens(document: string, sizes: number[] = []): Told {
  const told: Told = [];
  let text = '';
  const flush = () => {
    if (text !== '') told.push(`text ${text}`);
    text = '';
  };
  const xml = new XmlTokenizer({
    open(name, x) {
      flush();
      told.push(`open ${name} ${x.attribute('a') ?? '-'} ${x.prefixedAttribute('id') ?? '-'}`);
      x.wantsText = true;
    },
    close(name) {
      flush();
      told.push(`close ${name}`);
    },
    text(t) {
      text += t;
    },
  });
  const bytes = Buffer.from(document);
  let at = 0;
  for (const size of sizes) {
    xml.write(bytes.subarray(at, at + size));
    at += size;
  }
  xml.write(bytes.subarray(at));
  xml.end();
  return told;
}

/** The same by another parser. */
function tokensBySaxes(document: string): Told {
  const told: Told = [];
  let text = '';
  const flush = () => {
    if (text !== '') told.push(`text ${text}`);
    text = '';
  };
  const parser = new SaxesParser();
  parser.on('error', (e) => {
    throw e;
  });
  parser.on('opentag', (tag) => {
    flush();
    told.push(`open ${tag.name} ${tag.attributes.a ?? '-'} ${tag.attributes['r:id'] ?? '-'}`);
  });
  parser.on('closetag', (tag) => {
    flush();
    told.push(`close ${tag.name}`);
  });
  const add = (t: string) => {
    if (told.length > 0) text += t;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(document).close();
  return told;
}

const word = fc
  .string({ unit: 'binary', maxLength: 8 })
  .map((s) => xmlText(s).replace(/[\r\n\t\u007f-\u009f]/g, ' '));
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    word,
    word.map((w) => `<![CDATA[${w.replaceAll('&', '')}]]><!-- ${w.replaceAll('-', '')} --><?pi x?>`),
    fc
      .record({
        name: fc.constantFrom('c', 'row', 'inlineStr', 'v'),
        a: fc.option(word),
        inner: fc.array(tie('tree'), { maxLength: 4 }),
      })
      .map(({ name, a, inner }) => {
        const tag = `${name}${a === null ? '' : ` a = "${a}>" r:id='1'`}`;
        return inner.length === 0 ? `<${tag} />` : `<${tag}>${inner.join('')}</${name} >`;
      }),
  ),
}));
const documents = tree.map((inner) => `<?xml version="1.0"?>\n<root xmlns:r="x">${inner}</root>\n`);

describe('the XML tokenizer', () => {
  test('tells the same as another parser, however the document is cut', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.integer({ min: 1, max: 30 })), (document, sizes) => {
        const whole = tokensBySaxes(document);
        expect(tokens(document, sizes)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });
  test('gives names without their prefix', () => {
    expect(tokens('<x:a><x:b/></x:a>')).toEqual(['open a - -', 'open b - -', 'close b', 'close a']);
  });
  test.each([
    ['a tag that is not closed', '<a><b></a>'],
    ['a document that breaks off', '<a><b>'],
    ['a tag that breaks off', '<a><b'],
    ['two roots', '<a/><b/>'],
    ['text after the root', '<a/>x'],
    ['a bare ampersand', '<a>& </a>'],
    ['an entity nobody declared', '<a>&bomb;</a>'],
    ['a character that is none', '<a>&#xD800;</a>'],
    ['an attribute without quotes', '<a b=c/>'],
    ['an attribute without a value', '<a b/>'],
    ['a tag without a name', '<a>< b/></a>'],
    ['nothing at all', ''],
  ])('refuses %s', (_, document) => {
    expect(() => tokens(document)).toThrow(/damaged/);
  });
  test('refuses a document type definition, and with it every entity bomb', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "xxxx">]><a>&b;</a>';
    expect(() => tokens(bomb)).toThrow(/document type definition/);
    expect(() => tokens(bomb, [3, 4])).toThrow(/document type definition/);
  });
  test('refuses nesting without end', () => {
    expect(() => tokens('<a>'.repeat(5000))).toThrow(/nests too deep/);
  });
  test('takes long texts in pieces without splitting characters or entities', () => {
    const text = '蘭臺𠮷&amp;'.repeat(40_000);
    const bytes = Buffer.byteLength(text);
    const told = tokens(
      `<a>${text}</a>`,
      Array.from({ length: 20 }, (_, i) => Math.floor(bytes / 20) + i),
    );
    expect(told[1]).toBe(`text ${'蘭臺𠮷&'.repeat(40_000)}`);
  });
});
