import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { XmlTokenizer } from './tokenizer.ts';

const REFUSALS = {
  damaged: (what: string) => new Error(`damaged: ${what}`),
  forbidden: (what: string) => new Error(`forbidden: ${what}`),
};

type Told = string[];

/** Everything the tokenizer tells, the document going in by pieces of the given sizes. */
function tokens(document: string, sizes: number[] = [], doctype?: 'pass'): Told {
  const told: Told = [];
  let text = '';
  const flush = () => {
    if (text !== '') told.push(`text ${text}`);
    text = '';
  };
  const handler = {
    open(name: string, x: XmlTokenizer) {
      flush();
      told.push(`open ${name} ${x.attribute('a') ?? '-'} ${x.prefixedAttribute('id') ?? '-'}`);
      x.wantsText = true;
    },
    close(name: string) {
      flush();
      told.push(`close ${name}`);
    },
    text(t: string) {
      text += t;
    },
  };
  const xml = new XmlTokenizer(handler, REFUSALS, doctype ? { doctype } : {});
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

const word = fc.string({ unit: 'binary', maxLength: 8 }).map((s) =>
  s
    .toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, ' ')
    .replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? '&quot;'),
);
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
  test('passes over a document type declaration where it may, and resolves entities that are plain words', () => {
    const declared = `<!DOCTYPE a PUBLIC "+//X//DTD a>b//EN" 'a.dtd' [
      <!-- <!ENTITY word "no ]>"> --><!ENTITY % set SYSTEM "set.ent"> %set;
      <!ELEMENT a (#PCDATA)><!ENTITY word "words &#8212; &#x5377;"><!ENTITY word "later">
      <!ENTITY picture SYSTEM "p.gif" NDATA gif>
    ]><a a="&word;">&word;&amp;</a>`;
    const told = ['open a words — 卷 -', 'text words — 卷&', 'close a'];
    expect(tokens(declared, [], 'pass')).toEqual(told);
    expect(tokens(declared, [7, 20, 3, 40, 9], 'pass')).toEqual(told);
  });
  test('knows the usual names of characters where a document type may declare them', () => {
    const typed = '<!DOCTYPE a SYSTEM "a.dtd"><a>caf&eacute;&nbsp;&mdash; &yuml;</a>';
    expect(tokens(typed, [], 'pass')[1]).toBe('text caf\u00e9\u00a0\u2014 \u00ff');
    expect(() => tokens('<a>caf&eacute;</a>', [], 'pass')).toThrow(/unknown entity/);
    expect(() => tokens('<!DOCTYPE a [<!ENTITY eacute SYSTEM "e">]><a>&eacute;</a>', [], 'pass')).toThrow(
      /forbidden/,
    );
  });
  test.each([
    ['another file', '<!ENTITY x SYSTEM "file:///etc/passwd">'],
    ['entities of entities', '<!ENTITY y "words"><!ENTITY x "&y;&y;">'],
    ['markup', '<!ENTITY x "<b/>">'],
    ['markup in numbers', '<!ENTITY x "&#60;b/&#62;">'],
  ])('refuses an entity that stands for %s', (_, entity) => {
    expect(() => tokens(`<!DOCTYPE a [${entity}]><a>&x;</a>`, [], 'pass')).toThrow(
      /forbidden: uses the entity "&x;"/,
    );
  });
  test('refuses a document that grows by its entities', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY x "${'x'.repeat(9_000)}">]><a>${'&x;'.repeat(200)}</a>`;
    expect(() => tokens(bomb, [], 'pass')).toThrow(/forbidden: grows/);
  });
  test('refuses a document type declaration that never ends, or stands in the middle', () => {
    expect(() => tokens('<!DOCTYPE a [ <!ENTITY x "', [], 'pass')).toThrow(/damaged/);
    expect(() => tokens('<a><!DOCTYPE a></a>', [], 'pass')).toThrow(/damaged/);
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

describe('very long sections', () => {
  test('a CDATA section of any length is told in pieces, and counts its lines', () => {
    const words = `卷${'archive\r\n]] '.repeat(400_000)}末`;
    let text = '';
    let longest = 0;
    let line = 0;
    const handler = {
      open(_: string, x: XmlTokenizer) {
        x.wantsText = true;
        line = x.line;
      },
      close() {},
      text(t: string) {
        longest = Math.max(longest, t.length);
        text += t;
      },
    };
    const xml = new XmlTokenizer(handler, REFUSALS, { lines: true });
    const bytes = Buffer.from(`<a><![CDATA[${words}]]><b/></a>`);
    for (let at = 0; at < bytes.length; ) {
      // Pieces end between characters.
      let to = Math.min(bytes.length, at + 50_001);
      while (to < bytes.length && (bytes[to]! & 0xc0) === 0x80) to++;
      xml.write(bytes.subarray(at, to));
      at = to;
    }
    xml.end();
    expect(text === words.replaceAll('\r\n', '\n')).toBe(true);
    expect(longest).toBeLessThan(200_000);
    expect(line).toBe(400_001);
  });
  test('one that never ends breaks off in the middle', () => {
    expect(() => tokens(`<a><![CDATA[${'x'.repeat(3_000_000)}</a>`, [70_000, 70_000])).toThrow(/breaks off/);
  });
});
