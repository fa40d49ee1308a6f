import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { CertificateRequest } from '../../api/requests.ts';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';

export const ID_TYPES = [
  'identityCard',
  'passport',
  'residencePermit',
  'officerCard',
  'letter',
  'other',
] as const;

export interface TypedPerson {
  name: string;
  idType: string;
  idNumber: string;
  telephone: string;
  address: string;
  agentName: string;
  agentIdNumber: string;
}

export const NOBODY: TypedPerson = {
  name: '',
  idType: 'identityCard',
  idNumber: '',
  telephone: '',
  address: '',
  agentName: '',
  agentIdNumber: '',
};

/** What was typed, as the server takes it. */
export function applicantOf(p: TypedPerson): CertificateRequest['applicant'] {
  return {
    name: p.name.trim(),
    idType: p.idType,
    idNumber: p.idNumber.trim(),
    telephone: p.telephone.trim() || null,
    address: p.address.trim() || null,
    agent: p.agentName.trim() ? { name: p.agentName.trim(), idNumber: p.agentIdNumber.trim() } : null,
  };
}

type Typed = Exclude<keyof TypedPerson, 'idType'>;

/** Who asks: name and document are needed; how to reach them and who acts for them where it is so. */
export function ApplicantFields(props: {
  person: TypedPerson;
  onChange: (person: TypedPerson) => void;
}): ReactNode {
  const { t } = useWording();
  const { person, onChange } = props;
  const input = (field: Typed, maxLength: number) => (id: string) => (
    <Input
      id={id}
      autoComplete="off"
      maxLength={maxLength}
      value={person[field]}
      onChange={(e) => onChange({ ...person, [field]: e.target.value })}
    />
  );
  return (
    <div className="fields">
      <Field label={t('certificates.applicant')} needed>
        {input('name', 100)}
      </Field>
      <Field label={t('certificates.idType')}>
        {(id) => (
          <Select
            id={id}
            value={person.idType}
            onChange={(idType: string) => onChange({ ...person, idType })}
            options={ID_TYPES.map((value) => ({ value, label: t(`idType.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('certificates.idNumber')} needed hint={t('personal.kept')}>
        {input('idNumber', 50)}
      </Field>
      <Field label={t('personal.telephone')}>{input('telephone', 50)}</Field>
      <Field label={t('personal.address')}>{input('address', 300)}</Field>
      <Field label={t('personal.agent')}>{input('agentName', 100)}</Field>
      {person.agentName.trim() && <Field label={t('personal.agentId')}>{input('agentIdNumber', 50)}</Field>}
    </div>
  );
}
