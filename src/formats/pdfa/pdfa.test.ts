import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bytesOf, PdfFile } from '#formats/pdf-objects';
import { buildPdf, iccProfile, type PdfRecipe, packet, streamOf } from '#formats/pdf-objects/testing';
import { flavourOf, judge } from './index.ts';
import { rulesChecked } from './rules.ts';

const judged = (
  recipe: PdfRecipe,
  part = recipe.part ?? 2,
  level = recipe.level ?? (part === 4 ? '' : 'b'),
) => judge(new PdfFile(bytesOf(buildPdf(recipe))), flavourOf(String(part), level));
const rulesOf = (recipe: PdfRecipe) => judged(recipe).faults.map((fault) => fault.rule);

const dc = (inner: string) =>
  `<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">${inner}</rdf:Description>`;
const annotation = (entries: string): Pick<PdfRecipe, 'page' | 'objects'> => ({
  page: '/Annots [10 0 R]',
  objects: [`<< /Type /Annot /Rect [0 0 10 10] ${entries} >>`],
});
const APPEARANCE = '/AP << /N 11 0 R >>';
const FORM = streamOf('/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << >>', '0 g');
const image = (entries: string): Pick<PdfRecipe, 'resources' | 'content' | 'objects'> => ({
  resources: '/XObject << /I 10 0 R >>',
  content: '/I Do',
  objects: [
    streamOf(`/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray ${entries}`, 'x'),
  ],
});
const state = (entries: string): Pick<PdfRecipe, 'resources' | 'content'> => ({
  resources: `/ExtGState << /G << ${entries} >> >>`,
  content: '/G gs 0 0 9 9 re f',
});
const font = (entries: string): Pick<PdfRecipe, 'resources' | 'content' | 'objects'> => ({
  resources: '/Font << /F 10 0 R >>',
  content: 'BT /F 9 Tf (a) Tj ET',
  objects: [`<< /Type /Font ${entries} >>`],
});

describe('PDF/A', () => {
  it.each([
    [1, 'b'],
    [2, 'b'],
    [2, 'u'],
    [3, 'b'],
    [4, ''],
  ] as const)('finds no fault in a sound file of part %i%s', (part, level) => {
    const report = judged({ part, level });
    expect(report.faults).toEqual([]);
    expect(report.verdict).toBe('noFaultFound');
    expect(report.summary).toMatch(/^The file claims PDF\/A-.*no fault found by \d+ checks.*not performed/);
  });

  it('says that a claim is a claim, and that a file without one claims nothing', () => {
    const report = judge(new PdfFile(bytesOf(buildPdf({ claim: '' }))));
    expect(report.verdict).toBe('noClaim');
    expect(judge(new PdfFile(bytesOf(buildPdf({ claim: 'pdfaid:part="7"' })))).summary).toContain('“7”');
  });

  const cases: [rule: string, recipe: PdfRecipe][] = [
    ['header.form', { header: `%PDF-1.9\n%\xe2\xe3\xcf\xd3\n` }],
    ['header.form', { header: `%PDF-1.7 \n%\xe2\xe3\xcf\xd3\n` }],
    ['header.binaryMark', { header: '%PDF-1.7\n%abcd\n' }],
    ['trailer.id', { trailer: '/ID null' }],
    ['trailer.encrypt', { trailer: '/Encrypt << /Filter /Standard >>' }],
    ['trailer.afterEnd', { after: 'more' }],
    ['trailer.info', { part: 4, info: '/ModDate (D:20260101)' }],
    ['trailer.infoModDate', { part: 4, info: '/Title (x)', catalogue: '/PieceInfo << >>' }],
    ['xref.marker', { xrefHead: 'xref\n\n0 8\n' }],
    ['xref.subsectionSpace', { part: 1, xrefHead: 'xref\n0  8\n' }],
    ['catalogue.version', { part: 4, catalogue: '/Version /1.7' }],
    ['string.hexOdd', { objects: ['<abc>'] }],
    ['string.hexSigns', { objects: ['<ab cg hh>'] }],
    [
      'stream.length',
      { rewrite: (object, n) => (n === 4 ? object.replace(/Length \d+/, 'Length 3') : object) },
    ],
    ['stream.keywords', { rewrite: (object, n) => (n === 4 ? object.replace('f\nend', 'fend') : object) }],
    ['stream.external', { objects: [streamOf('/F (elsewhere)', '')] }],
    ['object.spacing', { rewrite: (object, n) => (n === 6 ? object.replace('obj\n', 'obj ') : object) }],
    [
      'object.spacing',
      { rewrite: (object, n) => (n === 6 ? object.replace('\nendobj', ' endobj') : object) },
    ],
    ['filter.lzw', { objects: [streamOf('/Filter /LZWDecode', '\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01')] }],
    ['filter.unknown', { objects: [streamOf('/Filter /Own', '')] }],
    ['filter.inline', { content: 'BI /W 1 /H 1 /BPC 1 /IM true /F /LZW ID x EI ' }],
    ['embedded.names', { part: 1, catalogue: '/Names << /EmbeddedFiles << >> >>' }],
    [
      'embedded.fAndUf',
      {
        part: 3,
        catalogue: '/AF [10 0 R]',
        objects: [
          '<< /Type /Filespec /F (a) /AFRelationship /Data /EF << /F 11 0 R >> >>',
          streamOf('/Subtype /text#2Fplain', 'a'),
        ],
      },
    ],
    [
      'embedded.mime',
      {
        part: 3,
        catalogue: '/AF [10 0 R]',
        objects: [
          '<< /Type /Filespec /F (a) /UF (a) /AFRelationship /Data /EF << /F 11 0 R >> >>',
          streamOf('', 'a'),
        ],
      },
    ],
    [
      'embedded.relationship',
      {
        part: 3,
        catalogue: '/AF [10 0 R]',
        objects: [
          '<< /Type /Filespec /F (a) /UF (a) /EF << /F 11 0 R >> >>',
          streamOf('/Subtype /text#2Fplain', 'a'),
        ],
      },
    ],
    [
      'embedded.associated',
      {
        part: 3,
        objects: [
          '<< /Type /Filespec /F (a) /UF (a) /AFRelationship /Data /EF << /F 11 0 R >> >>',
          streamOf('/Subtype /text#2Fplain', 'a'),
        ],
      },
    ],
    [
      'embedded.notPdfA',
      { objects: ['<< /Type /Filespec /F (a) /UF (a) /EF << /F 11 0 R >> >>', streamOf('', 'plain text')] },
    ],
    ['limit.integer', { objects: ['2147483648'] }],
    ['limit.real', { part: 1, objects: ['32768.5'] }],
    ['limit.smallReal', { objects: [`0.${'0'.repeat(40)}1`] }],
    ['limit.string', { objects: [`(${'a'.repeat(32_768)})`] }],
    ['limit.name', { objects: [`/${'a'.repeat(128)}`] }],
    ['limit.array', { part: 1, objects: [`[${'1 '.repeat(8192)}]`] }],
    ['limit.nesting', { content: `${'q '.repeat(29)}${'Q '.repeat(29)}` }],
    ['limit.pageSize', { page: '/MediaBox [0 0 2 200]' }],
    ['permissions.keys', { catalogue: '/Perms << /Own 1 0 R >>' }],
    ['xmp.missing', { rewrite: (object, n) => (n === 5 ? object.replace('/Type /Metadata', '') : object) }],
    ['xmp.unknownProperty', { xmp: dc('<dc:colour>blue</dc:colour>') }],
    ['xmp.valueType', { xmp: dc('<dc:creator>Somebody</dc:creator>') }],
    ['xmp.valueType', { xmp: dc('<xmp:ModifyDate>yesterday</xmp:ModifyDate>') }],
    [
      'info.text',
      {
        part: 1,
        info: '/Title (One)',
        xmp: dc('<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Two</rdf:li></rdf:Alt></dc:title>'),
      },
    ],
    [
      'info.date',
      {
        part: 1,
        info: "/CreationDate (D:20260101120000+08'00')",
        xmp: dc('<xmp:CreateDate>2026-01-01T12:00:00Z</xmp:CreateDate>'),
      },
    ],
    ['claim.part', { claim: 'pdfaid:part="3" pdfaid:conformance="B"' }],
    ['claim.level', { claim: 'pdfaid:part="2" pdfaid:conformance="b"' }],
    ['claim.revision', { part: 4, claim: 'pdfaid:part="4"' }],
    ['content.operator', { content: 'BX 1 own EX' }],
    ['content.undefined', { part: 4, content: '/None gs' }],
    ['intent.profile', { icc: { version: 4 }, part: 1 }],
    [
      'intent.reference',
      {
        part: 4,
        rewrite: (object, n) => (n === 6 ? object.replace('/S ', '/DestOutputProfileRef << >> /S ') : object),
      },
    ],
    [
      'icc.profile',
      {
        resources: '/ColorSpace << /C [/ICCBased 10 0 R] >>',
        content: '/C cs 0 0 9 9 re f',
        objects: [streamOf('/N 3', iccProfile({ deviceClass: 'link' }))],
      },
    ],
    ['colour.deviceCmyk', { content: '0 0 0 1 k 0 0 9 9 re f' }],
    ['colour.deviceGray', { intent: false }],
    ['colour.deviceRgb', { intent: false, content: '1 0 0 rg 0 0 9 9 re f' }],
    ['image.interpolate', image('/Interpolate true')],
    ['image.alternates', image('/Alternates []')],
    ['image.bits', image('/BitsPerComponent 3')],
    ['state.transfer', state('/TR2 /Identity')],
    ['state.halftonePhase', state('/HTP [0 0]')],
    ['state.intent', { content: '/Own ri' }],
    ['transparency.softMask', { part: 1, ...state('/SMask << >>') }],
    ['transparency.opacity', { part: 1, ...state('/ca 0.5') }],
    ['transparency.blendMode', state('/BM /Own')],
    [
      'transparency.space',
      {
        intent: false,
        resources:
          '/ColorSpace << /C [/CalGray << /WhitePoint [1 1 1] >>] >> /ExtGState << /G << /ca 0.5 >> >>',
        content: '/C cs /G gs 0 0 9 9 re f',
      },
    ],
    ['font.embedded', font('/Subtype /Type1 /BaseFont /Helvetica')],
    [
      'font.dictionary',
      { ...font('/Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << >>') },
    ],
    ['optional.present', { part: 1, catalogue: '/OCProperties << >>' }],
    ['optional.name', { catalogue: '/OCProperties << /D << >> >>' }],
    ['optional.as', { catalogue: '/OCProperties << /D << /Name (a) /AS [] >> >>' }],
    [
      'optional.order',
      {
        catalogue: '/OCProperties << /OCGs [10 0 R] /D << /Name (a) /Order [] >> >>',
        objects: ['<< /Type /OCG >>'],
      },
    ],
    ['alternate.steps', { page: '/PresSteps << >>' }],
    ['requirements', { catalogue: '/Requirements []' }],
    ['annotation.type', annotation(`/Subtype /Movie /F 4 ${APPEARANCE}`)],
    ['annotation.flags', annotation('/Subtype /Link /F 6')],
    ['annotation.appearance', annotation('/Subtype /Text /F 4')],
    ['annotation.appearanceKeys', annotation('/Subtype /Link /F 4 /AP << /N 4 0 R /D 4 0 R >>')],
    ['annotation.appearanceKind', annotation('/Subtype /Text /F 4 /AP << /N << >> >>')],
    ['action.type', { catalogue: '/OpenAction << /S /JavaScript /JS (x) >>' }],
    ['action.named', { catalogue: '/OpenAction << /S /Named /N /Print >>' }],
    ['action.page', { page: '/AA << >>' }],
    ['action.triggers', { part: 4, page: '/AA << /O << /S /GoTo >> >>' }],
    ['form.needAppearances', { catalogue: '/AcroForm << /Fields [] /NeedAppearances true >>' }],
    ['form.xfa', { catalogue: '/AcroForm << /Fields [] /XFA [] >>' }],
  ];

  it.each(cases)('finds %s and nothing else', (rule, recipe) => {
    const objects = recipe.objects && [...recipe.objects];
    if (objects?.[0]?.includes(APPEARANCE)) objects.push(FORM);
    expect(rulesOf({ ...recipe, ...(objects ? { objects } : {}) })).toEqual([rule]);
  });

  it('names clause, place and how often', () => {
    const [fault] = judged({ content: '1 own 2 own' }).faults;
    expect(fault).toMatchObject({ clause: '6.2.2', count: 2, places: ['page 1: own'] });
  });

  it('judges tagged files by their structure', () => {
    expect(judged({ level: 'a' }).faults.map((fault) => fault.rule)).toEqual([
      'structure.marked',
      'structure.tree',
    ]);
  });

  it('takes properties of a described extension schema for known', () => {
    const described = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" xmlns:own="http://example.org/own/" own:shelf="7"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Own</pdfaSchema:schema><pdfaSchema:namespaceURI>http://example.org/own/</pdfaSchema:namespaceURI><pdfaSchema:prefix>own</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>shelf</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>Shelf</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>`;
    expect(rulesOf({ xmp: described })).toEqual([]);
    expect(rulesOf({ xmp: described.replace('shelf="7"', 'shelf="top"') })).toEqual(['xmp.valueType']);
    expect(
      rulesOf({ xmp: described.replace('<pdfaProperty:category>external', '<pdfaProperty:category>other') }),
    ).toEqual(['xmp.extension']);
  });

  it('claims to check no rule that no check reports', () => {
    const here = join(import.meta.dirname);
    const sources = ['checks', 'fonts'].flatMap((folder) =>
      readdirSync(join(here, folder)).map((name) => readFileSync(join(here, folder, name), 'utf8')),
    );
    const code = [...sources, readFileSync(join(here, 'judge.ts'), 'utf8')].join('\n');
    const flavours = [
      [1, 'a'],
      [2, 'a'],
      [2, 'u'],
      [3, 'a'],
      [4, ''],
      [4, 'e'],
      [4, 'f'],
    ] as const;
    const rules = new Set(
      flavours.flatMap(([part, level]) => rulesChecked({ part, level: level === '' ? undefined : level })),
    );
    expect(rules.size).toBeGreaterThan(120);
    expect([...rules].filter((rule) => !code.includes(`'${rule}'`))).toEqual([]);
  });

  it('wants a CIDSet of CID font subsets in part 1', () => {
    const file = streamOf('', 'no font');
    const recipe = (more: string): PdfRecipe => ({
      part: 1,
      resources: '/Font << /F 10 0 R >>',
      content: 'BT /F 9 Tf <0001> Tj ET',
      objects: [
        '<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Song /Encoding /Identity-H /DescendantFonts [11 0 R] >>',
        '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Song /CIDToGIDMap /Identity /FontDescriptor 12 0 R >>',
        `<< /Type /FontDescriptor /FontFile2 13 0 R ${more} >>`,
        file,
      ],
    });
    expect(rulesOf(recipe(''))).toEqual(['font.cidSet']);
    expect(rulesOf(recipe('/CIDSet 13 0 R'))).toEqual([]);
  });

  it('says what it could not look at', () => {
    const report = judged({
      rewrite: (object, n) => (n === 4 ? object.replace('<< ', '<< /Filter /FlateDecode ') : object),
    });
    expect(report.notPerformed).toContain('content of page 1 could not be decoded');
  });

  it('has packets with forbidden heads for faulty', () => {
    const head = packet('pdfaid:part="2" pdfaid:conformance="B"', '', 'begin="" id="x" bytes="9"');
    const recipe: PdfRecipe = {
      rewrite: (object, n) =>
        n === 5 ? `5 0 obj\n${streamOf('/Type /Metadata /Subtype /XML', head)}\nendobj\n` : object,
    };
    expect(rulesOf(recipe)).toEqual(['xmp.packetBytes']);
  });
});
