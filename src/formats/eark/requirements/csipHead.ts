import type { RequirementRow } from './types.ts';

type Ids = readonly [
  loctype: number,
  type: number,
  href: number,
  mdtype: number,
  mime: number,
  size: number,
  created: number,
  checksum: number,
  checksumType: number,
];

/** A reference to a metadata file is asked the same of wherever it stands. */
const reference = (at: string, of: string, ids: Ids): readonly RequirementRow[] => [
  [`CSIP${ids[0]}`, 'must', `${at}/@LOCTYPE`, `The reference to ${of} is located by "URL".`],
  [`CSIP${ids[1]}`, 'must', `${at}/@xlink:type`, `The reference to ${of} is a link of type "simple".`],
  [
    `CSIP${ids[2]}`,
    'must',
    `${at}/@xlink:href`,
    `The reference to ${of} says where the file is, and it is there.`,
  ],
  [
    `CSIP${ids[3]}`,
    'must',
    `${at}/@MDTYPE`,
    `The reference to ${of} names the type of metadata by a value METS has.`,
  ],
  [`CSIP${ids[4]}`, 'must', `${at}/@MIMETYPE`, `The reference to ${of} states the media type of the file.`],
  [
    `CSIP${ids[5]}`,
    'must',
    `${at}/@SIZE`,
    `The reference to ${of} states the size of the file in bytes, and it has that size.`,
  ],
  [`CSIP${ids[6]}`, 'must', `${at}/@CREATED`, `The reference to ${of} states when the file was made.`],
  [
    `CSIP${ids[7]}`,
    'must',
    `${at}/@CHECKSUM`,
    `The reference to ${of} states the checksum of the file, and it fits.`,
  ],
  [
    `CSIP${ids[8]}`,
    'must',
    `${at}/@CHECKSUMTYPE`,
    `The reference to ${of} names the algorithm of the checksum by a value METS has.`,
  ],
];

/** Root, header and metadata of the METS document of a package or representation. */
export const CSIP_HEAD: readonly RequirementRow[] = [
  [
    'CSIP1',
    'must',
    'mets/@OBJID',
    'The document gives the package or representation its identifier, which is the name of its folder.',
  ],
  ['CSIP2', 'must', 'mets/@TYPE', 'The category of the content is stated by a value of the vocabulary.'],
  [
    'CSIP3',
    'should',
    'mets/@csip:OTHERTYPE',
    'A category outside the vocabulary is stated beside the type "OTHER", and only there.',
  ],
  [
    'CSIP4',
    'should',
    'mets/@csip:CONTENTINFORMATIONTYPE',
    'The content information type is stated by a value of the vocabulary.',
  ],
  [
    'CSIP5',
    'may',
    'mets/@csip:OTHERCONTENTINFORMATIONTYPE',
    'A content information type outside the vocabulary is stated beside "OTHER", and only there.',
  ],
  ['CSIP6', 'must', 'mets/@PROFILE', 'The METS profile is stated by its address.'],
  ['CSIP117', 'must', 'mets/metsHdr', 'The document has a header.'],
  [
    'CSIP7',
    'must',
    'mets/metsHdr/@CREATEDATE',
    'The header states date and time at which the package was made.',
  ],
  ['CSIP8', 'should', 'mets/metsHdr/@LASTMODDATE', 'The header states date and time of the last change.'],
  [
    'CSIP9',
    'must',
    'mets/metsHdr/@csip:OAISPACKAGETYPE',
    'The header states the kind of package by a value of the vocabulary.',
  ],
  [
    'CSIP10',
    'must',
    'mets/metsHdr/agent',
    'The header names the software that made the package as an agent.',
  ],
  ['CSIP11', 'must', 'mets/metsHdr/agent/@ROLE', 'The agent for the software has the role "CREATOR".'],
  ['CSIP12', 'must', 'mets/metsHdr/agent/@TYPE', 'The agent for the software is of the type "OTHER".'],
  [
    'CSIP13',
    'must',
    'mets/metsHdr/agent/@OTHERTYPE',
    'The agent for the software is of the other type "SOFTWARE".',
  ],
  ['CSIP14', 'must', 'mets/metsHdr/agent/name', 'The agent for the software has one name.'],
  [
    'CSIP15',
    'must',
    'mets/metsHdr/agent/note',
    'The agent for the software has one note, which is its version.',
  ],
  [
    'CSIP16',
    'must',
    'mets/metsHdr/agent/note/@csip:NOTETYPE',
    'The note of the agent for the software is of the type "SOFTWARE VERSION".',
  ],
  ['CSIP17', 'should', 'mets/dmdSec', 'Descriptive metadata in the package are described by a section each.'],
  ['CSIP18', 'must', 'mets/dmdSec/@ID', 'A section of descriptive metadata has an identifier of its own.'],
  ['CSIP19', 'must', 'mets/dmdSec/@CREATED', 'A section of descriptive metadata states when it was made.'],
  [
    'CSIP20',
    'should',
    'mets/dmdSec/@STATUS',
    'A section of descriptive metadata states its status by a value of the vocabulary.',
  ],
  [
    'CSIP21',
    'should',
    'mets/dmdSec/mdRef',
    'A section of descriptive metadata refers to a file in the package.',
  ],
  ...reference('mets/dmdSec/mdRef', 'descriptive metadata', [22, 23, 24, 25, 26, 27, 28, 29, 30]),
  ['CSIP31', 'should', 'mets/amdSec', 'Administrative metadata in the package are described in one section.'],
  ['CSIP32', 'should', 'mets/amdSec/digiprovMD', 'Each piece of PREMIS is described as digital provenance.'],
  [
    'CSIP33',
    'must',
    'mets/amdSec/digiprovMD/@ID',
    'A section of digital provenance has an identifier of its own.',
  ],
  [
    'CSIP34',
    'should',
    'mets/amdSec/digiprovMD/@STATUS',
    'A section of digital provenance states its status by a value of the vocabulary.',
  ],
  [
    'CSIP35',
    'should',
    'mets/amdSec/digiprovMD/mdRef',
    'A section of digital provenance refers to a file in the package.',
  ],
  ...reference('mets/amdSec/digiprovMD/mdRef', 'digital provenance', [36, 37, 38, 39, 40, 41, 42, 43, 44]),
  ['CSIP45', 'may', 'mets/amdSec/rightsMD', 'Rights may be stated for the package.'],
  ['CSIP46', 'must', 'mets/amdSec/rightsMD/@ID', 'A section of rights has an identifier of its own.'],
  [
    'CSIP47',
    'should',
    'mets/amdSec/rightsMD/@STATUS',
    'A section of rights states its status by a value of the vocabulary.',
  ],
  ['CSIP48', 'should', 'mets/amdSec/rightsMD/mdRef', 'A section of rights refers to a file in the package.'],
  ...reference('mets/amdSec/rightsMD/mdRef', 'rights', [49, 50, 51, 52, 53, 54, 55, 56, 57]),
];
