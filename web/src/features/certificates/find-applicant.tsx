import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ApplicantSought } from '../../api/requests.ts';
import { useWording } from '../../wording.tsx';

const FIELDS = ['name', 'idNumber', 'telephone'] as const;

/** Looks for requests of one person. What is typed stays out of the address bar and its history. */
export function FindApplicant(props: {
  onFind: (sought: Omit<ApplicantSought, 'archive'>) => void;
  pending: boolean;
}): ReactNode {
  const { t } = useWording();
  const [field, setField] = useState<ApplicantSought['field']>('name');
  const [value, setValue] = useState('');
  return (
    <search aria-label={t('personal.find')} style={{ marginBottom: 16 }}>
      <form
        className="row"
        onSubmit={(e) => {
          e.preventDefault();
          if (value.trim()) props.onFind({ field, value: value.trim() });
        }}
      >
        <span className="small soft">{t('personal.find')}</span>
        <Select
          aria-label={t('personal.find.field')}
          value={field}
          onChange={setField}
          options={FIELDS.map((one) => ({ value: one, label: t(`personal.find.${one}`) }))}
          popupMatchSelectWidth={false}
        />
        <Input
          style={{ maxWidth: 320 }}
          aria-label={t('personal.find.value')}
          placeholder={t('personal.find.value')}
          autoComplete="off"
          maxLength={100}
          value={value}
          onChange={(e) => setValue(e.target.value)}
        />
        <Button htmlType="submit" disabled={!value.trim()} loading={props.pending}>
          {t('personal.find.go')}
        </Button>
      </form>
    </search>
  );
}
