import type { RequirementRow } from './types.ts';

const BEFORE_2_2 = { '2.0': 'must', '2.1': 'must', '2.2': 'should' } as const;
const ONLY_2_0 = { '2.0': 'must', '2.1': 'should', '2.2': 'may' } as const;
const MAP = "mets/structMap[@LABEL='CSIP']";
const division = (label: string) => `${MAP}/div/div[@LABEL='${label}']`;

/** Its structural map. */
export const CSIP_MAP: readonly RequirementRow[] = [
  ['CSIP80', 'must', 'mets/structMap', 'The document has one structural map as CSIP describes it.'],
  ['CSIP81', 'must', 'mets/structMap/@TYPE', 'The structural map of CSIP is of the type "PHYSICAL".'],
  ['CSIP82', 'must', 'mets/structMap/@LABEL', 'The structural map of CSIP bears the label "CSIP".'],
  ['CSIP83', 'must', `${MAP}/@ID`, 'The structural map of CSIP has an identifier of its own.'],
  ['CSIP84', 'must', `${MAP}/div`, 'The structural map of CSIP has one main division.'],
  ['CSIP85', 'must', `${MAP}/div/@ID`, 'The main division has an identifier of its own.'],
  [
    'CSIP86',
    ONLY_2_0,
    `${MAP}/div/@LABEL`,
    'The main division bears the identifier of the package (asked until version 2.0).',
  ],
  ['CSIP88', 'must', division('Metadata'), 'One division is for the metadata.'],
  [
    'CSIP89',
    'must',
    `${division('Metadata')}/@ID`,
    'The division for metadata has an identifier of its own.',
  ],
  [
    'CSIP90',
    'must',
    `${division('Metadata')}/@LABEL`,
    'The division for metadata bears the label "Metadata".',
  ],
  [
    'CSIP91',
    BEFORE_2_2,
    `${division('Metadata')}/@ADMID`,
    'The division for metadata names all current administrative metadata, and nothing else.',
  ],
  [
    'CSIP92',
    BEFORE_2_2,
    `${division('Metadata')}/@DMDID`,
    'The division for metadata names all current descriptive metadata, and nothing else.',
  ],
  ['CSIP93', 'should', division('Documentation'), 'One division is for the documentation.'],
  [
    'CSIP94',
    'must',
    `${division('Documentation')}/@ID`,
    'The division for documentation has an identifier of its own.',
  ],
  [
    'CSIP95',
    'must',
    `${division('Documentation')}/@LABEL`,
    'The division for documentation bears the label "Documentation".',
  ],
  [
    'CSIP96',
    BEFORE_2_2,
    `${division('Documentation')}/fptr`,
    'The division for documentation points to each group of documentation.',
  ],
  [
    'CSIP116',
    'must',
    `${division('Documentation')}/fptr/@FILEID`,
    'A pointer of the division for documentation names a group for "Documentation".',
  ],
  ['CSIP97', 'should', division('Schemas'), 'One division is for the schemas.'],
  ['CSIP98', 'must', `${division('Schemas')}/@ID`, 'The division for schemas has an identifier of its own.'],
  ['CSIP99', 'must', `${division('Schemas')}/@LABEL`, 'The division for schemas bears the label "Schemas".'],
  [
    'CSIP100',
    BEFORE_2_2,
    `${division('Schemas')}/fptr`,
    'The division for schemas points to each group of schemas.',
  ],
  [
    'CSIP118',
    'must',
    `${division('Schemas')}/fptr/@FILEID`,
    'A pointer of the division for schemas names a group for "Schemas".',
  ],
  [
    'CSIP101',
    'should',
    division('Representations'),
    'One division is for content that has no METS document of its own.',
  ],
  [
    'CSIP102',
    'must',
    `${division('Representations')}/@ID`,
    'The division for content has an identifier of its own.',
  ],
  [
    'CSIP103',
    'must',
    `${division('Representations')}/@LABEL`,
    'The division for content bears the label "Representations".',
  ],
  [
    'CSIP104',
    BEFORE_2_2,
    `${division('Representations')}/fptr`,
    'The division for content points to each group of content.',
  ],
  [
    'CSIP119',
    'must',
    `${division('Representations')}/fptr/@FILEID`,
    'A pointer of the division for content names a group for "Representations".',
  ],
  [
    'CSIP105',
    'should',
    `${MAP}/div/div`,
    'Each representation with a METS document has a division of its own.',
  ],
  ['CSIP106', 'must', `${MAP}/div/div/@ID`, 'The division of a representation has an identifier of its own.'],
  [
    'CSIP107',
    'must',
    `${MAP}/div/div/@LABEL`,
    'The division of a representation bears the path of its folder, beginning with "Representations".',
  ],
  [
    'CSIP108',
    'must',
    `${MAP}/div/div/mptr/@xlink:title`,
    'The pointer to a METS document names the group that lists it.',
  ],
  [
    'CSIP109',
    'must',
    `${MAP}/div/div/mptr`,
    'The division of a representation has one pointer to its METS document.',
  ],
  [
    'CSIP110',
    'must',
    `${MAP}/div/div/mptr/@xlink:href`,
    'The pointer to a METS document says where it is, and it is there.',
  ],
  [
    'CSIP111',
    'must',
    `${MAP}/div/div/mptr/@xlink:type`,
    'The pointer to a METS document is a link of type "simple".',
  ],
  ['CSIP112', 'must', `${MAP}/div/div/mptr/@LOCTYPE`, 'The pointer to a METS document locates it by "URL".'],
];
