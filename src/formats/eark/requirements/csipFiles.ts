import type { RequirementRow } from './types.ts';

/** Its list of files. */
export const CSIP_FILES: readonly RequirementRow[] = [
  ['CSIP58', 'should', 'mets/fileSec', 'The files of the package are listed in one section of files.'],
  ['CSIP59', 'must', 'mets/fileSec/@ID', 'The section of files has an identifier of its own.'],
  [
    'CSIP60',
    'must',
    "mets/fileSec/fileGrp[@USE='Documentation']",
    'All documentation is listed in groups for "Documentation".',
  ],
  [
    'CSIP113',
    'must',
    "mets/fileSec/fileGrp[@USE='Schemas']",
    'All schemas are listed in groups for "Schemas".',
  ],
  [
    'CSIP114',
    'must',
    "mets/fileSec/fileGrp[starts-with(@USE,'Representations')]",
    'The METS document or the files of each representation are listed in groups whose use begins with "Representations".',
  ],
  [
    'CSIP61',
    'may',
    'mets/fileSec/fileGrp/@ADMID',
    'A group may name its administrative metadata, which are in the document.',
  ],
  [
    'CSIP62',
    'should',
    'mets/fileSec/fileGrp/@csip:CONTENTINFORMATIONTYPE',
    'A group for a representation states its content information type by a value of the vocabulary.',
  ],
  [
    'CSIP63',
    'may',
    'mets/fileSec/fileGrp/@csip:OTHERCONTENTINFORMATIONTYPE',
    'A content information type outside the vocabulary is stated beside "OTHER", and only there.',
  ],
  ['CSIP64', 'must', 'mets/fileSec/fileGrp/@USE', 'A group states what it is for.'],
  ['CSIP65', 'must', 'mets/fileSec/fileGrp/@ID', 'A group has an identifier of its own.'],
  ['CSIP66', 'must', 'mets/fileSec/fileGrp/file', 'A group lists at least one file.'],
  ['CSIP67', 'must', 'mets/fileSec/fileGrp/file/@ID', 'A file has an identifier of its own.'],
  ['CSIP68', 'must', 'mets/fileSec/fileGrp/file/@MIMETYPE', 'A file states its media type.'],
  ['CSIP69', 'must', 'mets/fileSec/fileGrp/file/@SIZE', 'A file states its size in bytes, and has it.'],
  ['CSIP70', 'must', 'mets/fileSec/fileGrp/file/@CREATED', 'A file states when it was made.'],
  ['CSIP71', 'must', 'mets/fileSec/fileGrp/file/@CHECKSUM', 'A file states its checksum, and it fits.'],
  [
    'CSIP72',
    'must',
    'mets/fileSec/fileGrp/file/@CHECKSUMTYPE',
    'A file names the algorithm of its checksum by a value METS has.',
  ],
  [
    'CSIP73',
    'may',
    'mets/fileSec/fileGrp/file/@OWNERID',
    'A file may state the identifier its owner gave it.',
  ],
  [
    'CSIP74',
    'may',
    'mets/fileSec/fileGrp/file/@ADMID',
    'A file may name its administrative metadata, which are in the document.',
  ],
  [
    'CSIP75',
    'may',
    'mets/fileSec/fileGrp/file/@DMDID',
    'A file may name its descriptive metadata, which are in the document.',
  ],
  ['CSIP76', 'must', 'mets/fileSec/fileGrp/file/FLocat', 'A file has one location.'],
  ['CSIP77', 'must', 'mets/fileSec/fileGrp/file/FLocat/@LOCTYPE', 'A file is located by "URL".'],
  [
    'CSIP78',
    'must',
    'mets/fileSec/fileGrp/file/FLocat/@xlink:type',
    'The location of a file is a link of type "simple".',
  ],
  [
    'CSIP79',
    'must',
    'mets/fileSec/fileGrp/file/FLocat/@xlink:href',
    'The location of a file says where it is, and it is there.',
  ],
];
