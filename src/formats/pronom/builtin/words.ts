import type { Row } from './rows.ts';

const xmlRow = (puid: string, name: string, ext = 'xml', mime = 'application/xml', version = ''): Row => ({
  puid,
  name,
  version,
  mime,
  ext,
});

/** Formats that are text; what tells them is in `xml.ts` and `text.ts`. */
export const WORDS: readonly Row[] = [
  xmlRow('fmt/101', 'Extensible Markup Language', 'xml', 'application/xml, text/xml', '1.0'),
  xmlRow('fmt/1776', 'Extensible Markup Language', 'xml', 'application/xml, text/xml', '1.1'),
  xmlRow('lantai/ead', 'Encoded Archival Description (EAD)', 'xml ead'),
  xmlRow('lantai/eac-cpf', 'Encoded Archival Context (EAC-CPF)'),
  xmlRow('lantai/mets', 'Metadata Encoding and Transmission Standard (METS)'),
  xmlRow('lantai/premis', 'PREMIS preservation metadata'),
  xmlRow('lantai/eep', 'Electronic record encapsulation package (DA/T 48)', 'eep xml'),
  xmlRow('lantai/alto', 'ALTO text and layout'),
  xmlRow('lantai/svg', 'Scalable Vector Graphics', 'svg', 'image/svg+xml'),
  xmlRow('fmt/91', 'Scalable Vector Graphics', 'svg', 'image/svg+xml', '1.0'),
  xmlRow('fmt/92', 'Scalable Vector Graphics', 'svg', 'image/svg+xml', '1.1'),
  xmlRow('fmt/244', 'Keyhole Markup Language (XML)', 'kml', 'application/vnd.google-earth.kml+xml'),
  xmlRow('x-fmt/227', 'Geography Markup Language', 'gml', 'application/gml+xml'),
  xmlRow('x-fmt/281', 'Extensible Stylesheet Language', 'xsl'),
  xmlRow('fmt/875', 'RDF/XML', 'rdf', 'application/rdf+xml'),
  xmlRow('fmt/102', 'Extensible Hypertext Markup Language', 'htm html xhtml', 'application/xhtml+xml', '1.0'),
  xmlRow('fmt/103', 'Extensible Hypertext Markup Language', 'htm html xhtml', 'application/xhtml+xml', '1.1'),
  xmlRow('fmt/96', 'Hypertext Markup Language', 'htm html', 'text/html'),
  xmlRow('fmt/471', 'Hypertext Markup Language', 'htm html', 'text/html', '5'),
  xmlRow('fmt/100', 'Hypertext Markup Language', 'htm html', 'text/html', '4.01'),
  xmlRow('fmt/99', 'Hypertext Markup Language', 'htm html', 'text/html', '4.0'),
  xmlRow('fmt/98', 'Hypertext Markup Language', 'htm html', 'text/html', '3.2'),
  { puid: 'x-fmt/111', name: 'Plain Text File', mime: 'text/plain', ext: 'txt text' },
  { puid: 'x-fmt/18', name: 'Comma Separated Values', mime: 'text/csv', ext: 'csv' },
  { puid: 'x-fmt/13', name: 'Tab-separated Values', mime: 'text/tab-separated-values', ext: 'tsv tab' },
  { puid: 'fmt/817', name: 'JSON Data Interchange Format', mime: 'application/json', ext: 'json' },
  { puid: 'fmt/278', name: 'Internet Message Format', mime: 'message/rfc822', ext: 'eml' },
  { puid: 'fmt/950', name: 'MIME Email', version: '1.0', mime: 'message/rfc822', ext: 'eml' },
  { puid: 'fmt/720', name: 'MBOX', mime: 'application/mbox', ext: 'mbox mbx' },
  { puid: 'fmt/395', name: 'vCard', mime: 'text/vcard', ext: 'vcf vcard' },
  { puid: 'fmt/388', name: 'Internet Calendar and Scheduling format', mime: 'text/calendar', ext: 'ics' },
  { puid: 'fmt/1149', name: 'Markdown', mime: 'text/markdown', ext: 'md markdown' },
  // Kingsoft's own endings: the content is Microsoft's, or a compound file that says no more of itself.
  { puid: 'lantai/wps', name: 'Kingsoft WPS Writer document', ext: 'wps wpt' },
  { puid: 'lantai/et', name: 'Kingsoft WPS Spreadsheets workbook', ext: 'et ett' },
  { puid: 'lantai/dps', name: 'Kingsoft WPS Presentation', ext: 'dps dpt' },
];

/** By the ending a compound file has, when nothing inside says what it is. */
export const KINGSOFT: Readonly<Record<string, string>> = {
  wps: 'lantai/wps',
  wpt: 'lantai/wps',
  et: 'lantai/et',
  ett: 'lantai/et',
  dps: 'lantai/dps',
  dpt: 'lantai/dps',
};

/** Formats of the built-in table told by the root of an XML document: its local name, and what its namespace has to hold. */
export const ROOTS: readonly [root: RegExp, namespace: RegExp, puid: string][] = [
  [/^ead$/, /^$|urn:isbn:1-931666-22-9|ead3\.archivists\.org/, 'lantai/ead'],
  [/^eac-cpf$/, /^$|urn:isbn:1-931666-33-4|eac/, 'lantai/eac-cpf'],
  [/^mets$/, /loc\.gov\/METS/i, 'lantai/mets'],
  [
    /^(premis|object|event|agent|rights)$/,
    /loc\.gov\/(standards\/)?premis|info:lc\/xmlns\/premis/i,
    'lantai/premis',
  ],
  [/^电子文件封装包$/, /^/, 'lantai/eep'],
  [/^alto$/, /^$|alto/i, 'lantai/alto'],
  [/^svg$/, /^$|w3\.org\/2000\/svg/, 'lantai/svg'],
  [/^kml$/, /^$|kml/, 'fmt/244'],
  [/^(stylesheet|transform)$/, /XSL\/Transform/, 'x-fmt/281'],
  [/^RDF$/, /rdf-syntax/, 'fmt/875'],
  [/^html$/, /w3\.org\/1999\/xhtml/, 'fmt/102'],
  [/./, /opengis\.net\/gml/, 'x-fmt/227'],
];
