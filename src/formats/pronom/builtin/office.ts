import { ole, type Row, zip } from './rows.ts';

const OOXML = 'application/vnd.openxmlformats-officedocument.';
const MS = 'application/vnd.ms-';

/** Office Open XML packages say in `[Content_Types].xml` what their main part is (ECMA-376 part 2 and part 1). */
const ooxml = (
  puid: string,
  name: string,
  version: string,
  ext: string,
  mime: string,
  main = `${mime}.main+xml`,
): Row => ({
  puid,
  name,
  version,
  mime,
  ext,
  inside: [zip({ '[Content_Types].xml': `any 'ContentType=' (22|27) '${main}' (22|27)` })],
});
const since = '2007 onwards';
const office: Row[] = [
  ooxml('fmt/412', 'Microsoft Word for Windows', since, 'docx', `${OOXML}wordprocessingml.document`),
  ooxml('fmt/597', 'Microsoft Word Template', since, 'dotx', `${OOXML}wordprocessingml.template`),
  ooxml(
    'fmt/523',
    'Microsoft Word Macro-Enabled Document',
    since,
    'docm',
    `${MS}word.document.macroEnabled.12`,
    `${MS}word.document.macroEnabled.main+xml`,
  ),
  ooxml(
    'fmt/599',
    'Microsoft Word Macro-Enabled Document Template',
    since,
    'dotm',
    `${MS}word.template.macroEnabled.12`,
    `${MS}word.template.macroEnabledTemplate.main+xml`,
  ),
  ooxml('fmt/214', 'Microsoft Excel for Windows', since, 'xlsx', `${OOXML}spreadsheetml.sheet`),
  ooxml('fmt/598', 'Microsoft Excel Template', since, 'xltx', `${OOXML}spreadsheetml.template`),
  ooxml(
    'fmt/445',
    'Microsoft Excel Macro-Enabled',
    '2007',
    'xlsm',
    `${MS}excel.sheet.macroEnabled.12`,
    `${MS}excel.sheet.macroEnabled.main+xml`,
  ),
  ooxml(
    'fmt/595',
    'Microsoft Excel Non-XML Binary Workbook',
    since,
    'xlsb',
    `${MS}excel.sheet.binary.macroEnabled.12`,
    `${MS}excel.sheet.binary.macroEnabled.main`,
  ),
  ooxml(
    'fmt/627',
    'Microsoft Excel Macro-Enabled Template',
    '2007',
    'xltm',
    `${MS}excel.template.macroEnabled.12`,
    `${MS}excel.template.macroEnabled.main+xml`,
  ),
  ooxml('fmt/215', 'Microsoft Powerpoint for Windows', since, 'pptx', `${OOXML}presentationml.presentation`),
  ooxml('fmt/629', 'Microsoft PowerPoint Show', '2007', 'ppsx', `${OOXML}presentationml.slideshow`),
  ooxml('fmt/631', 'Microsoft PowerPoint Template', '2007', 'potx', `${OOXML}presentationml.template`),
  ooxml(
    'fmt/487',
    'Microsoft PowerPoint Macro-Enabled Presentation',
    '2007',
    'pptm',
    `${MS}powerpoint.presentation.macroEnabled.12`,
    `${MS}powerpoint.presentation.macroEnabled.main+xml`,
  ),
  ooxml(
    'fmt/630',
    'Microsoft PowerPoint Macro-Enabled Show',
    '2007',
    'ppsm',
    `${MS}powerpoint.slideshow.macroEnabled.12`,
    `${MS}powerpoint.slideshow.macroEnabled.main+xml`,
  ),
  ooxml(
    'fmt/924',
    'Microsoft Visio Drawing',
    '2013',
    'vsdx',
    `${MS}visio.drawing.main+xml`,
    `${MS}visio.drawing.main+xml`,
  ),
  {
    puid: 'fmt/494',
    name: 'Microsoft Office Encrypted Document',
    version: '2007 Onwards',
    ext: 'docx xlsx pptx',
    inside: [ole({ EncryptionInfo: '', EncryptedPackage: '' })],
  },
];

const ODF = 'application/vnd.oasis.opendocument.';
const odf: Row[] = (
  [
    ['text', 'Text', 'odt ott', ['fmt/136', 'fmt/290', 'fmt/291', 'fmt/1756', 'fmt/2044']],
    ['spreadsheet', 'Spreadsheet', 'ods ots', ['fmt/137', 'fmt/294', 'fmt/295', 'fmt/1755', 'fmt/2045']],
    ['presentation', 'Presentation', 'odp otp', ['fmt/138', 'fmt/292', 'fmt/293', 'fmt/1754', 'fmt/2046']],
    ['graphics', 'Graphics', 'odg otg', ['fmt/139', 'fmt/296', 'fmt/297', 'fmt/1753', 'fmt/2048']],
  ] as const
).flatMap(([kind, name, ext, puids]) =>
  puids.map((puid, i) => ({
    puid,
    name: `OpenDocument ${name}`,
    version: `1.${i}`,
    mime: `${ODF}${kind}`,
    ext,
    inside: [
      zip({ mimetype: `0 '${ODF}${kind}'`, 'content.xml': `any 'office:version=' (22|27) '1.${i}' (22|27)` }),
    ],
  })),
);

/** Old office files: by the streams and file information blocks MS-DOC, MS-XLS and MS-PPT describe. */
const old: Row[] = [
  { puid: 'fmt/111', name: 'OLE2 Compound Document Format', bytes: ['0 D0CF11E0A1B11AE1'] },
  {
    ...{
      puid: 'fmt/40',
      name: 'Microsoft Word Document',
      version: '97-2003',
      mime: 'application/msword',
      ext: 'doc',
    },
    // The version of the file information block is C1 or more.
    inside: [ole({ WordDocument: '0 ECA5 [C1:FF] 00' }), ole({ WordDocument: '0 ECA5 ?? 01' })],
  },
  {
    ...{
      puid: 'fmt/39',
      name: 'Microsoft Word Document',
      version: '6.0/95',
      mime: 'application/msword',
      ext: 'doc',
    },
    inside: [ole({ WordDocument: '0 DCA5 [65:69] 00' }), ole({ WordDocument: '0 ECA5 [65:69] 00' })],
  },
  {
    ...{
      puid: 'fmt/61',
      name: 'Microsoft Excel 97-2003 Workbook (xls)',
      version: '8 & 8X',
      mime: `${MS}excel`,
      ext: 'xls',
    },
    over: 'fmt/59',
    inside: [ole({ Workbook: '0 0908 10000006' })],
  },
  {
    ...{
      puid: 'fmt/59',
      name: 'Microsoft Excel 5.0/95 Workbook (xls)',
      version: '5/95',
      mime: `${MS}excel`,
      ext: 'xls',
    },
    inside: [ole({ Book: '0 0908 08000005' }), ole({ Workbook: '0 0908 08000005' })],
  },
  {
    ...{
      puid: 'fmt/126',
      name: 'Microsoft Powerpoint Presentation',
      version: '97-2003',
      mime: `${MS}powerpoint`,
      ext: 'ppt',
    },
    inside: [ole({ 'PowerPoint Document': '', 'Current User': '' })],
  },
  {
    ...{
      ...{
        puid: 'lantai/ppt40',
        name: 'Microsoft PowerPoint Presentation (4.0 or 95)',
        mime: `${MS}powerpoint`,
        ext: 'ppt',
      },
      inside: [ole({ PP40: '' })],
      over: 'fmt/126',
    },
    inside: [ole({ PP40: '' })],
    over: 'fmt/126',
  },
  {
    ...{
      puid: 'x-fmt/430',
      name: 'Microsoft Outlook Email Message',
      version: '97-2003',
      mime: `${MS}outlook`,
      ext: 'msg',
    },
    inside: [ole({ '__properties_version1.0': '', '__nameid_version1.0': '' })],
  },
  {
    puid: 'fmt/442',
    name: 'Microsoft Visio (generic)',
    mime: 'application/vnd.visio',
    ext: 'vsd',
    inside: [ole({ VisioDocument: '' })],
  },
  {
    puid: 'fmt/55',
    name: 'Microsoft Excel 2.x Worksheet (xls)',
    version: '2',
    mime: `${MS}excel`,
    ext: 'xls',
    bytes: ['0 0900 0400 ???? 1000'],
  },
  {
    puid: 'fmt/56',
    name: 'Microsoft Excel 3.0 Worksheet (xls)',
    version: '3',
    mime: `${MS}excel`,
    ext: 'xls',
    bytes: ['0 0902 0600 ???? 1000'],
  },
  {
    puid: 'fmt/57',
    name: 'Microsoft Excel 4.0 Worksheet (xls)',
    version: '4S',
    mime: `${MS}excel`,
    ext: 'xls',
    bytes: ['0 0904 0600 ???? 1000'],
  },
  {
    puid: 'fmt/38',
    name: 'Microsoft Word for Windows Document',
    version: '2.0',
    mime: 'application/msword',
    ext: 'doc',
    bytes: ['0 DBA52D00'],
  },
  {
    puid: 'fmt/355',
    name: 'Rich Text Format',
    version: '1.9',
    mime: 'application/rtf, text/rtf',
    ext: 'rtf',
    over: 'lantai/rtf',
    bytes: [[`0 '{\\rtf1'`, `any '{\\*\\themedata'`]],
  },
  {
    puid: 'lantai/rtf',
    name: 'Rich Text Format',
    mime: 'application/rtf, text/rtf',
    ext: 'rtf',
    bytes: [`0 '{\\rtf' ['0':'9']`],
  },
];

/** What office programs write. */
export const OFFICE: readonly Row[] = [...office, ...odf, ...old];
