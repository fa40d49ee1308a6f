import { maskAddress, maskIdNumber, maskName, maskTelephone } from '#kernel/personal-data';

/** An applicant as given at the window. */
export interface Applicant {
  name: string;
  /** A choice such as `identityCard`. */
  idType: string;
  idNumber: string;
  telephone: string | null;
  address: string | null;
  /** Who acts for the applicant, by a proxy. */
  agent: { name: string; idNumber: string } | null;
}

/** What is kept closed of an applicant. */
export interface KeptApplicant extends Omit<Applicant, 'idType'> {
  /** Only masked values are known: of requests made before the whole was kept. */
  maskedAlone: boolean;
}

export const PURPOSE = 'certificate-applicant';

/** What a closed applicant belongs to; it opens for the same request alone. */
export const placeOf = (certificateId: string): string => `lantai/certificate-applicant/${certificateId}`;

export function applicantText(a: Omit<Applicant, 'idType'>, maskedAlone = false): string {
  const { name, idNumber, telephone, address, agent } = a;
  return JSON.stringify({ name, idNumber, telephone, address, agent, ...(maskedAlone && { maskedAlone }) });
}

/** Reads what {@link applicantText} wrote, in this version or an earlier one. */
export function readApplicant(text: string): KeptApplicant {
  const value: unknown = JSON.parse(text);
  const kept: Record<string, unknown> = isRecord(value) ? value : {};
  const agent = isRecord(kept.agent) ? kept.agent : undefined;
  return {
    name: words(kept.name),
    idNumber: words(kept.idNumber),
    telephone: words(kept.telephone) || null,
    address: words(kept.address) || null,
    agent: agent ? { name: words(agent.name), idNumber: words(agent.idNumber) } : null,
    maskedAlone: kept.maskedAlone === true,
  };
}

/** The same on lists and papers. */
export function maskedApplicant(a: KeptApplicant): Omit<Applicant, 'idType'> {
  const { name, idNumber, telephone, address, agent } = a;
  if (a.maskedAlone) return { name, idNumber, telephone, address, agent };
  return {
    name: maskName(name),
    idNumber: maskIdNumber(idNumber),
    telephone: telephone && maskTelephone(telephone),
    address: address && maskAddress(address),
    agent: agent && { name: maskName(agent.name), idNumber: maskIdNumber(agent.idNumber) },
  };
}

const isRecord = (v: unknown): v is Record<string, unknown> => typeof v === 'object' && v !== null;
const words = (v: unknown): string => (typeof v === 'string' ? v : '');
