import { type ElementRule, grammarOf } from '#formats/xml';
import { CHECKSUMS, LOCATORS, METADATA_TYPES } from './names.ts';

/** The elements of METS 1.12, what they hold and their attributes (`grammarOf`). */
const TABLE = `
mets = metsHdr? dmdSec* amdSec* fileSec? structMap+ structLink? behaviorSec* : ID OBJID LABEL TYPE PROFILE
metsHdr = agent* altRecordID* metsDocumentID? : ID ADMID CREATEDATE LASTMODDATE RECORDSTATUS
agent = name note* : ID ROLE! OTHERROLE TYPE OTHERTYPE
name = text :
note = text :
altRecordID = text : ID TYPE
metsDocumentID = text : ID TYPE
dmdSec = mdRef? mdWrap? : ID GROUPID ADMID CREATED STATUS
techMD = mdRef? mdWrap? : ID GROUPID ADMID CREATED STATUS
rightsMD = mdRef? mdWrap? : ID GROUPID ADMID CREATED STATUS
sourceMD = mdRef? mdWrap? : ID GROUPID ADMID CREATED STATUS
digiprovMD = mdRef? mdWrap? : ID GROUPID ADMID CREATED STATUS
amdSec = techMD* rightsMD* sourceMD* digiprovMD* : ID
mdRef = : ID LOCTYPE OTHERLOCTYPE MDTYPE! OTHERMDTYPE MDTYPEVERSION MIMETYPE SIZE CREATED CHECKSUM CHECKSUMTYPE LABEL XPTR
mdWrap = binData|xmlData? : ID MDTYPE! OTHERMDTYPE MDTYPEVERSION MIMETYPE SIZE CREATED CHECKSUM CHECKSUMTYPE LABEL
fileSec = fileGrp+ : ID
fileGrp = fileGrp|file* : ID VERSDATE ADMID USE
file = FLocat* FContent? stream* transformFile* file* : ID SEQ MIMETYPE SIZE CREATED CHECKSUM CHECKSUMTYPE OWNERID ADMID DMDID GROUPID USE BEGIN END BETYPE
FLocat = : ID LOCTYPE OTHERLOCTYPE USE
FContent = binData|xmlData : ID USE
stream = : ID streamType OWNERID ADMID DMDID BEGIN END BETYPE
transformFile = : ID TRANSFORMTYPE! TRANSFORMALGORITHM! TRANSFORMKEY TRANSFORMBEHAVIOR TRANSFORMORDER!
structMap = div : ID TYPE LABEL
div = mptr* fptr* div* : ID ORDER ORDERLABEL LABEL DMDID ADMID TYPE CONTENTIDS
mptr = : ID LOCTYPE OTHERLOCTYPE CONTENTIDS
fptr = par|seq|area? : ID FILEID CONTENTIDS
par = area|seq+ : ID ORDER ORDERLABEL LABEL
seq = area|par+ : ID ORDER ORDERLABEL LABEL
area = : ID FILEID! SHAPE COORDS BEGIN END BETYPE EXTENT EXTTYPE ADMID CONTENTIDS ORDER ORDERLABEL LABEL
structLink = smLink|smLinkGrp+ : ID
smLink = : ID
smLinkGrp = smLocatorLink+ smArcLink+ : ID ARCLINKORDER
smLocatorLink = : ID
smArcLink = : ID ARCTYPE ADMID
behaviorSec = behaviorSec* behavior* : ID CREATED LABEL
behavior = interfaceDef? mechanism : ID STRUCTID BTYPE CREATED LABEL GROUPID ADMID
interfaceDef = : ID LABEL LOCTYPE OTHERLOCTYPE
mechanism = : ID LABEL LOCTYPE OTHERLOCTYPE
`;

export const GRAMMAR: ReadonlyMap<string, ElementRule> = grammarOf(TABLE);

const MOMENT = /^-?\d{4,}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?$/;
const isMoment = (value: string) => MOMENT.test(value);
const isWhole = (value: string) => /^[+-]?\d+$/.test(value);
const oneOf = (...words: string[]) => {
  const all = new Set(words);
  return (value: string) => all.has(value);
};

/** What the values of attributes have to be, by element and attribute or by attribute alone. */
export const VALUES: ReadonlyMap<string, (value: string) => boolean> = new Map(
  Object.entries({
    CREATED: isMoment,
    CREATEDATE: isMoment,
    LASTMODDATE: isMoment,
    VERSDATE: isMoment,
    SIZE: isWhole,
    SEQ: isWhole,
    ORDER: isWhole,
    TRANSFORMORDER: isWhole,
    LOCTYPE: (value: string) => LOCATORS.has(value),
    MDTYPE: (value: string) => METADATA_TYPES.has(value),
    CHECKSUMTYPE: (value: string) => CHECKSUMS.has(value),
    TRANSFORMTYPE: oneOf('decompression', 'decryption'),
    'agent ROLE': oneOf(
      ...['CREATOR', 'EDITOR', 'ARCHIVIST', 'PRESERVATION', 'DISSEMINATOR', 'CUSTODIAN', 'IPOWNER', 'OTHER'],
    ),
    'agent TYPE': oneOf('INDIVIDUAL', 'ORGANIZATION', 'OTHER'),
  }),
);
