import { Button, Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { UnitFilter } from '../../api/requests.ts';
import { useWording } from '../../wording.tsx';
import { type ConditionField, Conditions } from './conditions.tsx';

export const CATEGORIES = [
  'WS',
  'KJ',
  'RS',
  'KU',
  'ZY',
  'ZP',
  'LY',
  'LX',
  'SJ',
  'YJ',
  'WY',
  'MT',
  'SW',
] as const;
export const RETENTIONS = ['Y', 'D30', 'D10', 'CQ', 'DQ'] as const;
export const ACCESS_STATUSES = ['unreviewed', 'open', 'restricted', 'delayed'] as const;
export const LEVELS = ['series', 'file', 'item'] as const;

type Change = (change: Record<string, string | undefined>) => void;

/** Narrows the table. Each choice stands in the address. */
export function Filters({
  filter,
  fields,
  onChange,
  children,
}: {
  filter: UnitFilter;
  /** Fields conditions can be on. */
  fields: readonly ConditionField[];
  onChange: Change;
  children?: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const choice = (
    key: keyof UnitFilter,
    label: string,
    values: readonly { value: string; label: string }[],
  ): ReactNode => (
    <Select
      size="small"
      allowClear
      aria-label={label}
      placeholder={label}
      value={filter[key] ?? null}
      popupMatchSelectWidth={false}
      onChange={(value: string | null) => onChange({ [key]: value ?? undefined })}
      options={[...values]}
    />
  );
  const narrowed = (
    ['level', 'category', 'year', 'retention', 'access', 'held', 'incomplete', 'import', 'where'] as const
  ).some((k) => filter[k]);
  return (
    <section className="filters" aria-label={t('filters.label')}>
      {choice(
        'level',
        t('field.level'),
        LEVELS.map((value) => ({ value, label: t(`level.${value}`) })),
      )}
      {choice(
        'category',
        t('field.category'),
        CATEGORIES.map((value) => ({ value, label: `${value} ${t(`category.${value}`)}` })),
      )}
      <YearInput value={filter.year ?? ''} onChange={(year) => onChange({ year })} />
      {choice(
        'retention',
        t('field.retention'),
        RETENTIONS.map((value) => ({ value, label: t(`retention.${value}`) })),
      )}
      {choice(
        'access',
        t('field.accessStatus'),
        ACCESS_STATUSES.map((value) => ({ value, label: t(`access.${value}`) })),
      )}
      {choice('held', t('filters.held'), [
        { value: 'yes', label: t('held.yes') },
        { value: 'no', label: t('held.no') },
      ])}
      {choice('incomplete', t('filter.incomplete'), [{ value: 'yes', label: t('filter.incomplete') }])}
      <Conditions where={filter.where} fields={fields} onChange={(where) => onChange({ where })} />
      {filter.import && <span className="small soft">{t('filters.oneImport')}</span>}
      {narrowed && (
        <Button
          size="small"
          type="link"
          onClick={() =>
            onChange({
              level: '',
              category: '',
              year: '',
              retention: '',
              access: '',
              held: '',
              incomplete: '',
              import: '',
              where: '',
            })
          }
        >
          {t('filters.clear')}
        </Button>
      )}
      {children}
    </section>
  );
}

function YearInput({ value, onChange }: { value: string; onChange: (year: string) => void }): ReactNode {
  const { t } = useWording();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  return (
    <Input
      size="small"
      style={{ width: 76 }}
      inputMode="numeric"
      maxLength={4}
      placeholder={t('field.year')}
      aria-label={t('field.year')}
      value={text}
      onChange={(event) => {
        const year = event.target.value.replace(/\D/g, '');
        setText(year);
        if (year.length === 4 || year === '') onChange(year);
      }}
    />
  );
}
