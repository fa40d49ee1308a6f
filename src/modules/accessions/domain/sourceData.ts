import { maskAddress, maskIdNumber, maskTelephone } from '#kernel/personal-data';
import { optional } from './text.ts';

/** What is kept closed of a source: its name where it is not to be shown, and how it is reached. */
export interface SourceData {
  /** Set where the name is not to be shown. */
  name: string | null;
  idNumber: string | null;
  telephone: string | null;
  address: string | null;
  mail: string | null;
  /** Of a body: who speaks for it. */
  contact: string | null;
  /** Where it is paid to. */
  account: string | null;
}

export const PURPOSE = 'accession-source';
/** What closed data belongs to; it opens for the same source alone. */
export const placeOf = (sourceId: string): string => `lantai/accession-source/${sourceId}`;

const dataOf = (of: (field: keyof SourceData) => string | null): SourceData => ({
  name: of('name'),
  idNumber: of('idNumber'),
  telephone: of('telephone'),
  address: of('address'),
  mail: of('mail'),
  contact: of('contact'),
  account: of('account'),
});

/** @throws Refusal accession.tooLong */
export const readData = (given: { [K in keyof SourceData]?: string | null | undefined }): SourceData =>
  dataOf((field) => optional(given[field], field, 300));

/** As it is closed; {@link openedData} reads it. */
export const dataText = (d: SourceData): string => JSON.stringify(d);

export function openedData(text: string): SourceData {
  const value: unknown = JSON.parse(text);
  const kept = typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : new Map();
  return dataOf((field) => {
    const said: unknown = kept.get(field);
    return typeof said === 'string' ? said : null;
  });
}

/** The same as lists and pages show it. A name that is not to be shown is not shown by its first letter either. */
export function maskedData(d: SourceData): SourceData {
  return {
    name: null,
    idNumber: d.idNumber && maskIdNumber(d.idNumber),
    telephone: d.telephone && maskTelephone(d.telephone),
    address: d.address && maskAddress(d.address),
    mail: d.mail && maskMail(d.mail),
    contact: d.contact && `${[...d.contact][0] ?? ''}**`,
    account: d.account && maskIdNumber(d.account),
  };
}

/** An address of mail: its first letter, and where it is. */
function maskMail(mail: string): string {
  const at = mail.lastIndexOf('@');
  return at < 1 ? '***' : `${[...mail][0] ?? ''}***${mail.slice(at)}`;
}
