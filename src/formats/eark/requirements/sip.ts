import type { RequirementRow } from './types.ts';

const SINCE_2_2 = { '2.0': 'may', '2.1': 'may', '2.2': 'must' } as const;
const AGENT = 'mets/metsHdr/agent';
const FILE = 'mets/fileSec/fileGrp/file';

/** What a submission package is asked beyond CSIP. */
export const SIP: readonly RequirementRow[] = [
  [
    'SIP1',
    'may',
    'mets/@LABEL',
    'A short description of the content may be given; if so, it says something.',
  ],
  ['SIP2', 'must', 'mets/@PROFILE', 'The profile is that of E-ARK SIP.'],
  [
    'SIP3',
    'may',
    'mets/metsHdr/@RECORDSTATUS',
    'The status of the package may be given by a value of the vocabulary.',
  ],
  ['SIP4', 'must', 'mets/metsHdr/@csip:OAISPACKAGETYPE', 'The kind of package is "SIP".'],
  [
    'SIP5',
    'may',
    "mets/metsHdr/altRecordID[@TYPE='SUBMISSIONAGREEMENT']",
    'One submission agreement may be named.',
  ],
  [
    'SIP6',
    'may',
    "mets/metsHdr/altRecordID[@TYPE='PREVIOUSSUBMISSIONAGREEMENT']",
    'Earlier submission agreements may be named.',
  ],
  [
    'SIP7',
    'may',
    "mets/metsHdr/altRecordID[@TYPE='REFERENCECODE']",
    'One archival reference code may be given.',
  ],
  [
    'SIP8',
    'may',
    "mets/metsHdr/altRecordID[@TYPE='PREVIOUSREFERENCECODE']",
    'Earlier archival reference codes may be given.',
  ],
  ['SIP9', 'may', AGENT, 'The archival creator may be named.'],
  ['SIP10', 'must', `${AGENT}/@ROLE`, 'The archival creator has the role "ARCHIVIST".'],
  ['SIP11', 'must', `${AGENT}/@TYPE`, 'The archival creator is of the type "ORGANIZATION" or "INDIVIDUAL".'],
  ['SIP12', SINCE_2_2, `${AGENT}/name`, 'The archival creator has a name.'],
  ['SIP13', 'may', `${AGENT}/note`, 'The archival creator may have an identification code.'],
  [
    'SIP14',
    'must',
    `${AGENT}/note/@csip:NOTETYPE`,
    'The note of the archival creator is of the type "IDENTIFICATIONCODE".',
  ],
  ['SIP15', 'must', AGENT, 'Whoever submits the package is named.'],
  ['SIP16', 'must', `${AGENT}/@ROLE`, 'The submitting agent has the role "CREATOR".'],
  ['SIP17', 'must', `${AGENT}/@TYPE`, 'The submitting agent is of the type "ORGANIZATION" or "INDIVIDUAL".'],
  ['SIP18', SINCE_2_2, `${AGENT}/name`, 'The submitting agent has a name.'],
  ['SIP19', 'may', `${AGENT}/note`, 'The submitting agent may have an identification code.'],
  [
    'SIP20',
    'must',
    `${AGENT}/note/@csip:NOTETYPE`,
    'The note of the submitting agent is of the type "IDENTIFICATIONCODE".',
  ],
  ['SIP21', 'may', AGENT, 'A person to ask may be named.'],
  ['SIP22', 'must', `${AGENT}/@ROLE`, 'The person to ask has the role "CREATOR".'],
  ['SIP23', 'must', `${AGENT}/@TYPE`, 'The person to ask is of the type "INDIVIDUAL".'],
  ['SIP24', 'must', `${AGENT}/name`, 'The person to ask has a name.'],
  ['SIP25', 'may', `${AGENT}/note`, 'Notes may say how to reach the person to ask.'],
  ['SIP26', 'may', AGENT, 'Whoever preserves the package may be named.'],
  ['SIP27', 'must', `${AGENT}/@ROLE`, 'The preserving agent has the role "PRESERVATION".'],
  ['SIP28', 'must', `${AGENT}/@TYPE`, 'The preserving agent is of the type "ORGANIZATION".'],
  ['SIP29', SINCE_2_2, `${AGENT}/name`, 'The preserving agent has a name.'],
  ['SIP30', 'may', `${AGENT}/note`, 'The preserving agent may have an identification code.'],
  [
    'SIP31',
    'must',
    `${AGENT}/note/@csip:NOTETYPE`,
    'The note of the preserving agent is of the type "IDENTIFICATIONCODE".',
  ],
  [
    'SIP32',
    'may',
    `${FILE}/@sip:FILEFORMATNAME`,
    'The name of the file format may be given; if so, it says something.',
  ],
  [
    'SIP33',
    'may',
    `${FILE}/@sip:FILEFORMATVERSION`,
    'The version of the file format may be given; if so, it says something.',
  ],
  [
    'SIP34',
    'may',
    `${FILE}/@sip:FILEFORMATREGISTRY`,
    'The registry of file formats may be named; if so, it says something.',
  ],
  [
    'SIP35',
    'may',
    `${FILE}/@sip:FILEFORMATKEY`,
    'The key of the file format in the registry may be given; if so, it says something.',
  ],
];

/** What a dissemination package is asked beyond CSIP. */
export const DIP: readonly RequirementRow[] = [
  [
    'DIP1',
    'must',
    'mets/@OBJID',
    'The package has an identifier of its own, another than the packages it was made from.',
  ],
  ['DIP2', 'must', 'mets/@PROFILE', 'The profile is that of E-ARK DIP.'],
  ['DIP3', 'must', 'mets/metsHdr/@csip:OAISPACKAGETYPE', 'The kind of package is "DIP".'],
  ['DIP4', 'should', 'mets/dmdSec/@STATUS', 'Descriptive metadata are current.'],
];
