import { OFFICE } from './office.ts';
import { type Row, zip } from './rows.ts';

const PDFS: readonly [puid: string, version: string][] = [
  ['fmt/14', '1.0'],
  ['fmt/15', '1.1'],
  ['fmt/16', '1.2'],
  ['fmt/17', '1.3'],
  ['fmt/18', '1.4'],
  ['fmt/19', '1.5'],
  ['fmt/20', '1.6'],
  ['fmt/276', '1.7'],
  ['fmt/1129', '2.0'],
];

/** The header may stand anywhere in the first 1024 bytes (ISO 32000-1, Annex H.3.4.1). What a PDF claims to be beside: `pdf.ts`. */
const pdf: Row[] = PDFS.map(([puid, version]) => ({
  puid,
  name:
    version === '2.0'
      ? 'PDF 2.0 - Portable Document Format'
      : `Acrobat PDF ${version} - Portable Document Format`,
  version,
  mime: 'application/pdf',
  ext: 'pdf',
  bytes: [`0-1019 '%PDF-${version}'`],
}));

const epubType = 'application/epub+zip';
const others: Row[] = [
  {
    puid: 'lantai/ofd',
    name: 'OFD (GB/T 33190)',
    mime: 'application/ofd',
    ext: 'ofd',
    inside: [zip({ 'OFD.xml': '' })],
  },
  {
    puid: 'fmt/483',
    name: 'ePub Format',
    mime: epubType,
    ext: 'epub',
    inside: [zip({ mimetype: `0 '${epubType}'` })],
  },
  {
    puid: 'fmt/657',
    name: 'Open XML Paper Specification',
    mime: 'application/oxps',
    ext: 'oxps xps',
    inside: [zip({ 'FixedDocumentSequence.fdseq': '' }), zip({ 'FixedDocSeq.fdseq': '' })],
  },
  {
    puid: 'fmt/255',
    name: 'DjVu File Format',
    mime: 'image/vnd.djvu',
    ext: 'djv djvu',
    bytes: [`0 'AT&TFORM' ???????? 'DJV' ('U'|'M')`],
  },
  {
    puid: 'lantai/caj',
    name: 'CAJ (China Academic Journals)',
    ext: 'caj',
    bytes: [`0 'CAJ' 00`, `0 'HN' [C8:C9] 00`],
  },
  {
    puid: 'lantai/ceb',
    name: 'Founder CEB (Chinese E-paper Basic)',
    ext: 'ceb cebx',
    bytes: [`0 'Founder CEB'`],
  },
  { puid: 'lantai/ps', name: 'PostScript', mime: 'application/postscript', ext: 'ps', bytes: [`0 '%!PS'`] },
  ...(
    [
      ['x-fmt/406', '2.0'],
      ['x-fmt/408', '3.0'],
    ] as const
  ).map(
    ([puid, version]): Row => ({
      puid,
      name: 'PostScript',
      version,
      mime: 'application/postscript',
      ext: 'ps',
      over: 'lantai/ps',
      bytes: [`0 '%!PS-Adobe-${version}' (0D|0A)`],
    }),
  ),
  ...(
    [
      ['fmt/122', '1.2'],
      ['fmt/123', '2.0'],
      ['fmt/124', '3.0'],
    ] as const
  ).map(
    ([puid, version]): Row => ({
      ...{
        puid,
        name: 'Encapsulated PostScript File Format',
        version,
        mime: 'application/postscript',
        ext: 'eps epsf',
      },
      over: 'lantai/ps lantai/eps',
      bytes: [`0 '%!PS-Adobe-' {3} ' EPSF-${version}'`],
    }),
  ),
  {
    puid: 'lantai/eps',
    name: 'Encapsulated PostScript File Format',
    mime: 'application/postscript',
    ext: 'eps epsf',
    over: 'lantai/ps',
    bytes: [`0 '%!PS-Adobe-' {3} ' EPSF-'`, '0 C5D0D3C6'],
  },
  {
    puid: 'fmt/634',
    name: 'Microsoft Compiled HTML Help',
    mime: 'application/vnd.ms-htmlhelp',
    ext: 'chm',
    bytes: [`0 'ITSF' 03000000`],
  },
];

const CLAIMED = 'Acrobat PDF/A - Portable Document Format';
const EXCHANGE = 'Acrobat PDF/X - Portable Document Format - Exchange';
const of = (name: string, version: string) => ({ name, version, mime: 'application/pdf', ext: '' });

/** What a PDF may claim to be in its metadata, by the claim as `pdf.ts` writes it. */
export const CLAIMS: Readonly<Record<string, Row>> = {
  'A-1a': { puid: 'fmt/95', ...of(CLAIMED, '1a') },
  'A-1b': { puid: 'fmt/354', ...of(CLAIMED, '1b') },
  'A-2a': { puid: 'fmt/476', ...of(CLAIMED, '2a') },
  'A-2b': { puid: 'fmt/477', ...of(CLAIMED, '2b') },
  'A-2u': { puid: 'fmt/478', ...of(CLAIMED, '2u') },
  'A-3a': { puid: 'fmt/479', ...of(CLAIMED, '3a') },
  'A-3b': { puid: 'fmt/480', ...of(CLAIMED, '3b') },
  'A-3u': { puid: 'fmt/481', ...of(CLAIMED, '3u') },
  'A-4': { puid: 'fmt/1910', ...of(CLAIMED, '4') },
  'A-4e': { puid: 'fmt/1911', ...of(CLAIMED, '4e') },
  'A-4f': { puid: 'fmt/1912', ...of(CLAIMED, '4f') },
  'UA-1': { puid: 'fmt/2050', ...of('PDF/UA Portable Document Format', '1') },
  'UA-2': { puid: 'fmt/2052', ...of('PDF/UA Portable Document Format', '2') },
  'X-1:1999': { puid: 'fmt/144', ...of(`${EXCHANGE} 1:1999`, '') },
  'X-1:2001': { puid: 'fmt/145', ...of(`${EXCHANGE} 1:2001`, '') },
  'X-1a:2001': { puid: 'fmt/157', ...of(`${EXCHANGE} 1a:2001`, '') },
  'X-1a:2003': { puid: 'fmt/146', ...of(`${EXCHANGE} 1a:2003`, '') },
  'X-2:2003': { puid: 'fmt/147', ...of(`${EXCHANGE} 2:2003`, '') },
  'X-3:2002': { puid: 'fmt/158', ...of(`${EXCHANGE} 3:2002`, '') },
  'X-3:2003': { puid: 'fmt/148', ...of(`${EXCHANGE} 3:2003`, '') },
  'X-4': { puid: 'fmt/488', ...of(`${EXCHANGE} PDF/X-4`, '') },
  'X-4p': { puid: 'fmt/489', ...of(`${EXCHANGE} PDF/X-4p`, '') },
};

export const PDF_PUIDS: ReadonlySet<string> = new Set(PDFS.map(([puid]) => puid));

/** Documents people read. */
export const DOCUMENTS: readonly Row[] = [...pdf, ...Object.values(CLAIMS), ...OFFICE, ...others];
