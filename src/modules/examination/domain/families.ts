/**
 * Families of findings: what an archivist is told together, with one title and one advice. The validators' codes are many
 * and in the standards' own numbering; the words stand in the catalogue under `finding.<family>.title` and `.todo`.
 */
const BY_CODE: readonly (readonly [family: Family, codes: RegExp])[] = [
  ['notRecognised', /^(check\.notRecognised|handover\.notRecognised)$/],
  ['path', /^(tree\.(pathEscape|pathAbsolute|pathDrive|pathBackslash|pathNul|pathControl|pathOdd|badPath)|bag\.pathEscape|ocfl\.unsafePath)$/],
  ['longName', /^tree\.(pathLong|nameLong)$/],
  ['sameName', /^(tree\.(duplicate|nameClash)|bag\.name(Case|Form))$/],
  ['nameEncoding', /^tree\.nameEncoding$/],
  ['link', /^tree\.(link|device|type|sparse)$/],
  ['limit', /^(tree\.(ratio|entries|entryBytes|totalBytes|depth|noRoom)|eep\.too(Large|Many))$/],
  ['locked', /^tree\.(encrypted|method|packed)$/],
  ['notAWrapper', /^tree\.notAWrapper$/],
  ['damaged', /^tree\./],

  ['bagDigest', /^bag\.digest$/],
  ['bagMissing', /^bag\.(missing|incomplete|unreadable|noPayload)$/],
  ['bagUnlisted', /^bag\.(unlisted|tagUnlisted|systemFile)$/],
  ['bagFetch', /^bag\.(fetch|toFetch)/],
  ['bagTotal', /^bag\.oxum/],
  ['bagInfo', /^bag\.(info|badInfo|longInfo)/],
  ['bagDeclaration', /^bag\.(declaration|noDeclaration|version|notABag|encoding|encodingUnknown|zip)$/],
  ['bagManifest', /^bag\./],

  ['eepSignature', /^eep\.(unsigned|signature|signer|algorithm|digest$|manifest|certificate|keyUnfit|notASignature|weakAlgorithm|alreadySigned)/],
  ['eepLayer', /^eep\.layer/],
  ['eepData', /^eep\.(badData|noData|externalData|unknownEncoding|encodingKeyword|formatDiffers)$/],
  ['eepValue', /^eep\.(value|id|duplicateId|reference|recordReference|size)/],
  ['eepXml', /^eep\.(notWellFormed|encoding|unreadable|unwritable)$/],
  ['eepStructure', /^eep\./],

  ['handoverNote', /^handover\.no(te|Note$)/],
  ['handoverRegister', /^handover\.(register|noRegister)/],
  ['handoverDigest', /^handover\.(digest|size)/],
  ['handoverMetadata', /^handover\.(metadata|pages)/],
  ['handoverEncoding', /^handover\.(encoding|readAs|unreadable|unwritable)$/],
  ['handoverCatalogue', /^handover\.(catalogue|noCatalogue|column|valueMissing|countForm|noRow|sequence|date|retention|duplicateCode)/],
  ['handoverFiles', /^handover\./],

  ['earkStructure', /^(CSIP|SIP|DIP|AIP)STR/],
  ['earkSip', /^SIP/],
  ['earkDip', /^DIP/],
  ['earkRoot', /^CSIP([1-9]|1[0-6]|117)$/],
  ['earkMetadata', /^CSIP(1[7-9]|[2-4]\d|5[0-7])$/],
  ['earkFiles', /^CSIP(5[89]|[67]\d)$/],
  ['earkMap', /^CSIP/],
  ['earkXml', /^(mets|premis|eark)\./],

  ['ocflContent', /^E0(2[34]|92|93)[a-z]?$/],
  ['ocflStructure', /^E0(0\d|1\d|2\d|42|43|44|45|46)[a-z]?$/],
  ['ocflRoot', /^E0(69|7\d|8\d|9[01])[a-z]?$/],
  ['ocflInventory', /^E\d/],
  ['ocflAdvice', /^W\d/],

  ['xml', /^xml\./],
  ['tooDemanding', /^check\.(tooDemanding|tooSlow)$/],
  ['unreadable', /^(unreadable|[a-z]+\.unreadable)$/],
]; // biome-ignore format: a table

export const FAMILIES = [
  'path', 'longName', 'sameName', 'nameEncoding', 'link', 'limit', 'locked', 'notAWrapper', 'damaged',
  'bagDigest', 'bagMissing', 'bagUnlisted', 'bagFetch', 'bagTotal', 'bagInfo', 'bagDeclaration', 'bagManifest',
  'eepSignature', 'eepLayer', 'eepData', 'eepValue', 'eepXml', 'eepStructure',
  'handoverNote', 'handoverRegister', 'handoverDigest', 'handoverMetadata', 'handoverEncoding', 'handoverCatalogue', 'handoverFiles',
  'earkStructure', 'earkSip', 'earkDip', 'earkRoot', 'earkMetadata', 'earkFiles', 'earkMap', 'earkXml',
  'ocflContent', 'ocflStructure', 'ocflRoot', 'ocflInventory', 'ocflAdvice',
  'xml', 'tooDemanding', 'notRecognised', 'unreadable', 'other',
] as const; // biome-ignore format: a list

export type Family = (typeof FAMILIES)[number];

/** The family of a finding's code; `other` where none knows it, and then its English sentence has to do. */
export function familyOf(code: string): Family {
  return BY_CODE.find(([, codes]) => codes.test(code))?.[0] ?? 'other';
}
