import { maskIdNumber, maskName } from './masking.ts';

/** An applicant as given at the window. */
export interface Applicant {
  name: string;
  /** A choice such as `identityCard`. */
  idType: string;
  idNumber: string;
}

/** Closes and opens what must not lie readable in the database. */
export interface Sealer {
  /** @param place what it belongs to; it opens for the same place alone */
  seal(plain: string, place: string): string;
  /** @throws when it was closed with another key, or for another place */
  open(sealed: string, place: string): string;
}

/** The same on lists and papers. */
export const maskedApplicant = (a: Applicant): Applicant => ({
  name: maskName(a.name),
  idType: a.idType,
  idNumber: maskIdNumber(a.idNumber),
});

const placeOf = (certificateId: string): string => `lantai/certificate-applicant/${certificateId}`;

export function sealApplicant(sealer: Sealer, certificateId: string, { name, idNumber }: Applicant): string {
  return sealer.seal(JSON.stringify({ name, idNumber }), placeOf(certificateId));
}

export function openApplicant(
  sealer: Sealer,
  certificateId: string,
  sealed: string,
): Pick<Applicant, 'name' | 'idNumber'> {
  const { name, idNumber } = JSON.parse(sealer.open(sealed, placeOf(certificateId)));
  return { name: String(name), idNumber: String(idNumber) };
}
