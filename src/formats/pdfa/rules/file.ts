import type { Rule } from './rule.ts';

const all = (one: string, two: string, four?: string) => ({ 1: one, 2: two, ...(four ? { 4: four } : {}) });

/** The file and its metadata: ISO 19005-1 6.1 and 6.7, ISO 19005-2 and -3 6.1 and 6.6, ISO 19005-4 6.1 and 6.7. */
export const FILE_RULES = {
  'header.form': {
    ...all('6.1.2', '6.1.2', '6.1.2'),
    says: 'The file begins with %PDF- and a version of this part, and nothing else on the line.',
  },
  'header.binaryMark': {
    ...all('6.1.2', '6.1.2', '6.1.2'),
    says: 'The second line is a comment with at least four bytes above 127.',
  },
  'trailer.id': { ...all('6.1.3', '6.1.3', '6.1.3'), says: 'The trailer has an ID.' },
  'trailer.encrypt': { ...all('6.1.3', '6.1.3', '6.1.3'), says: 'The file is not encrypted.' },
  'trailer.afterEnd': {
    ...all('6.1.3', '6.1.3', '6.1.3'),
    says: 'Nothing follows the last %%EOF but one end-of-line marker.',
  },
  'trailer.idsDiffer': {
    1: '6.1.3',
    says: 'In a linearized file the IDs of the first and the last trailer are the same.',
  },
  'trailer.info': {
    4: '6.1.3',
    says: 'There is no Info dictionary unless the catalogue has a PieceInfo entry.',
  },
  'trailer.infoModDate': { 4: '6.1.3', says: 'An Info dictionary holds ModDate alone.' },
  'xref.broken': {
    ...all('6.1.4', '6.1.4', '6.1.4'),
    says: 'The cross-reference leads to the objects of the file.',
  },
  'xref.subsectionSpace': {
    1: '6.1.4',
    says: 'The two numbers heading a part of the cross-reference table are parted by one space.',
  },
  'xref.marker': {
    ...all('6.1.4', '6.1.4', '6.1.4'),
    says: 'xref and the line after it are parted by one end-of-line marker.',
  },
  'xref.stream': { 1: '6.1.4', says: 'There are no cross-reference streams.' },
  'catalogue.version': { 4: '6.1.12', says: 'The Version of the catalogue is 2.n.' },
  'string.hexOdd': {
    ...all('6.1.6', '6.1.6', '6.1.5'),
    says: 'Hexadecimal strings have an even number of digits.',
  },
  'string.hexSigns': {
    ...all('6.1.6', '6.1.6', '6.1.5'),
    says: 'Hexadecimal strings hold hexadecimal digits alone.',
  },
  'stream.length': {
    ...all('6.1.7', '6.1.7.1', '6.1.6.1'),
    says: 'The Length of a stream is that of its data.',
  },
  'stream.keywords': {
    ...all('6.1.7', '6.1.7.1'),
    says: 'stream is followed by CR LF or LF, endstream preceded by an end-of-line marker.',
  },
  'stream.external': {
    ...all('6.1.7', '6.1.7.1', '6.1.6.1'),
    says: 'A stream has no F, FFilter or FDecodeParms.',
  },
  'object.spacing': {
    ...all('6.1.8', '6.1.9', '6.1.8'),
    says: 'Object numbers, obj and endobj are set apart as the clause wants.',
  },
  'filter.lzw': { ...all('6.1.10', '6.1.7.2', '6.1.6.2'), says: 'LZWDecode is not used.' },
  'filter.unknown': {
    2: '6.1.7.2',
    4: '6.1.6.2',
    says: 'Only the standard filters are used, Crypt only as Identity.',
  },
  'filter.inline': {
    ...all('6.1.10', '6.1.10', '6.1.9'),
    says: 'Inline images use none but the permitted filters.',
  },
  'embedded.file': { 1: '6.1.11', says: 'No file is embedded.' },
  'embedded.names': { 1: '6.1.11', says: 'The name dictionary has no EmbeddedFiles.' },
  'embedded.fAndUf': { 2: '6.8', 4: '6.9', says: 'The specification of an embedded file has F and UF.' },
  'embedded.notPdfA': {
    2: '6.8',
    3: null,
    4: '6.9',
    levels: ['a', 'b', 'u', ''],
    says: 'Embedded files are PDF/A themselves.',
  },
  'embedded.mime': { 3: '6.8', 4: '6.9', says: 'An embedded file has a MIME type as Subtype.' },
  'embedded.relationship': {
    3: '6.8',
    4: '6.9',
    says: 'The specification of an embedded file has AFRelationship.',
  },
  'embedded.associated': {
    3: '6.8',
    says: 'An embedded file is associated with the document or a part of it (AF).',
  },
  'embedded.none': { 4: '6.9', levels: ['f'], says: 'A PDF/A-4f file has embedded files.' },
  'limit.integer': { ...all('6.1.12', '6.1.13'), says: 'Integers lie within 32 bits.' },
  'limit.real': { ...all('6.1.12', '6.1.13'), says: 'Real numbers lie within the limits.' },
  'limit.smallReal': { 2: '6.1.13', says: 'Real numbers are not closer to nought than 1.175e-38.' },
  'limit.string': {
    ...all('6.1.12', '6.1.13'),
    says: 'Strings are not longer than the limit (65535 bytes in part 1, 32767 in parts 2 and 3).',
  },
  'limit.name': { ...all('6.1.12', '6.1.13'), says: 'Names are not longer than 127 bytes.' },
  'limit.array': { 1: '6.1.12', says: 'Arrays have no more than 8191 elements.' },
  'limit.dictionary': { 1: '6.1.12', says: 'Dictionaries have no more than 4095 entries.' },
  'limit.objects': { ...all('6.1.12', '6.1.13'), says: 'There are no more than 8388607 indirect objects.' },
  'limit.nesting': { ...all('6.1.12', '6.1.13'), says: 'q and Q are nested no deeper than 28.' },
  'limit.colourants': {
    ...all('6.1.12', '6.1.13'),
    says: 'DeviceN has no more than 8 (part 1) or 32 (parts 2 and 3) colourants.',
  },
  'limit.cid': { ...all('6.1.12', '6.1.13'), says: 'No CID is above 65535.' },
  'limit.pageSize': { 2: '6.1.13', says: 'The sides of page boundaries lie between 3 and 14400 units.' },
  'name.utf8': { 2: '6.1.8', 4: '6.1.7', says: 'Names of fonts, colourants and structure types are UTF-8.' },
  'permissions.keys': {
    2: '6.1.12',
    4: '6.1.11',
    says: 'The permissions dictionary holds UR3 and DocMDP alone.',
  },
  'permissions.digest': { 2: '6.1.12', says: 'With DocMDP, signature references have no Digest entries.' },
  'xmp.missing': { ...all('6.7.2', '6.6.2.1', '6.7.2.1'), says: 'The catalogue has a metadata stream.' },
  'xmp.filter': { 1: '6.7.2', says: 'The metadata stream has no filter.' },
  'xmp.broken': { ...all('6.7.9', '6.6.2.1', '6.7.2.1'), says: 'Metadata are well-formed XMP.' },
  'xmp.encoding': { 2: '6.6.2.1', 4: '6.7.2.1', says: 'Metadata are written in UTF-8.' },
  'xmp.packetBytes': {
    ...all('6.7.5', '6.6.2.1', '6.7.2.1'),
    says: 'The head of an XMP packet has no attribute bytes.',
  },
  'xmp.packetEncoding': {
    ...all('6.7.5', '6.6.2.1', '6.7.2.1'),
    says: 'The head of an XMP packet has no attribute encoding.',
  },
  'xmp.unknownProperty': {
    ...all('6.7.9', '6.6.2.3.1'),
    says: 'Properties come from predefined schemas or from extension schemas described in the file.',
  },
  'xmp.valueType': { ...all('6.7.9', '6.6.2.3.1'), says: 'Values of properties are of their type.' },
  'xmp.extensionFields': {
    ...all('6.7.8', '6.6.2.3.2'),
    says: 'Descriptions of extension schemas hold none but the defined fields.',
  },
  'xmp.extension': {
    ...all('6.7.8', '6.6.2.3.3'),
    says: 'Extension schemas are described by the fields, types and prefixes that are wanted.',
  },
  'info.date': { 1: '6.7.3', says: 'Dates of the Info dictionary and of the metadata are the same.' },
  'info.text': { 1: '6.7.3', says: 'Entries of the Info dictionary and of the metadata are the same.' },
  'claim.missing': { ...all('6.7.11', '6.6.4', '6.7.3'), says: 'The metadata name the part of PDF/A.' },
  'claim.part': { ...all('6.7.11', '6.6.4', '6.7.3'), says: 'The part of PDF/A named is this part.' },
  'claim.level': {
    ...all('6.7.11', '6.6.4', '6.7.3'),
    says: 'The level of conformance named is one of this part.',
  },
  'claim.prefix': {
    ...all('6.7.11', '6.6.4', '6.7.3'),
    says: 'The properties of the PDF/A schema have the prefix pdfaid.',
  },
  'claim.revision': { 4: '6.7.3', says: 'The metadata name the year of the standard in four digits.' },
} satisfies Record<string, Rule>;
