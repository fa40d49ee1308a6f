export const METS = 'http://www.loc.gov/METS/';
export const XLINK = 'http://www.w3.org/1999/xlink';
/** Attributes that the E-ARK specifications add to METS. */
export const CSIP = 'https://DILCIS.eu/XML/METS/CSIPExtensionMETS';
export const SIP = 'https://DILCIS.eu/XML/METS/SIPExtensionMETS';
/** The same as some systems write it: https://dilcis.eu/… */
const asOthersWrite = (space: string) => space.replace('DILCIS', 'dilcis');
export const isCsip = (space: string): boolean => space === CSIP || space === asOthersWrite(CSIP);
export const isSip = (space: string): boolean => space === SIP || space === asOthersWrite(SIP);
export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Sections of metadata, all of one form. */
export const METADATA = ['dmdSec', 'techMD', 'rightsMD', 'sourceMD', 'digiprovMD'] as const;
export type MetadataKind = (typeof METADATA)[number];

/** Ways of locating a resource that METS names (`LOCTYPE`). */
export const LOCATORS: ReadonlySet<string> = new Set(['ARK', 'URN', 'URL', 'PURL', 'HANDLE', 'DOI', 'OTHER']);

/** Kinds of metadata that METS names (`MDTYPE`). */
export const METADATA_TYPES: ReadonlySet<string> = new Set([
  ...['MARC', 'MODS', 'EAD', 'DC', 'NISOIMG', 'LC-AV', 'VRA', 'TEIHDR', 'DDI', 'FGDC', 'LOM', 'PREMIS'],
  ...['PREMIS:OBJECT', 'PREMIS:AGENT', 'PREMIS:RIGHTS', 'PREMIS:EVENT', 'TEXTMD', 'METSRIGHTS'],
  ...['ISO 19115:2003 NAP', 'EAC-CPF', 'LIDO', 'OTHER'],
]);

/** Checksums that METS names (`CHECKSUMTYPE`), with the name they go by here; null for those not computed. */
export const CHECKSUMS: ReadonlyMap<string, string | null> = new Map([
  ['Adler-32', null],
  ['CRC32', null],
  ['HAVAL', null],
  ['MD5', 'md5'],
  ['MNP', null],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
  ['TIGER', null],
  ['WHIRLPOOL', null],
]);
