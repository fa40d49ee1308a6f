import { Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { CATEGORIES, RETENTIONS } from '../holdings/filters.tsx';
import type { ImportOptions } from './shapes.ts';

/** What holds for all rows: what to take where the sheet is silent, and how to meet what is held already. */
export function Options(props: {
  options: ImportOptions;
  onOptions: (options: ImportOptions) => void;
}): ReactNode {
  const { t } = useWording();
  const { options } = props;
  const put = (change: ImportOptions): void => props.onOptions({ ...options, ...change });
  return (
    <div className="fields" style={{ maxWidth: 860 }}>
      <Field label={t('imports.defaultFonds')} hint={t('imports.defaultHint')}>
        {(id) => (
          <Input
            id={id}
            value={options.defaultFonds ?? ''}
            onChange={(e) => put({ defaultFonds: e.target.value.trim() })}
          />
        )}
      </Field>
      <Field label={t('imports.defaultFondsName')} hint={t('imports.defaultFondsNameHint')}>
        {(id) => (
          <Input
            id={id}
            value={options.defaultFondsName ?? ''}
            onChange={(e) => put({ defaultFondsName: e.target.value })}
          />
        )}
      </Field>
      <Field label={t('imports.defaultCategory')} hint={t('imports.defaultHint')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            value={options.defaultCategory || null}
            onChange={(value: string | null) => put({ defaultCategory: value ?? '' })}
            options={CATEGORIES.map((value) => ({ value, label: `${value} ${t(`category.${value}`)}` }))}
          />
        )}
      </Field>
      <Field label={t('imports.defaultRetention')} hint={t('imports.defaultHint')}>
        {(id) => (
          <Select
            id={id}
            allowClear
            value={options.defaultRetention || null}
            onChange={(value: string | null) => put({ defaultRetention: value ?? '' })}
            options={RETENTIONS.map((value) => ({ value, label: t(`retention.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('imports.existing')} hint={t('imports.existingHint')}>
        {(id) => (
          <Select
            id={id}
            value={options.existing ?? 'keep'}
            onChange={(existing) => put({ existing })}
            options={(['keep', 'skip', 'merge', 'update'] as const).map((value) => ({
              value,
              label: t(`imports.existing.${value}`),
            }))}
          />
        )}
      </Field>
      <Field label={t('imports.alike')} hint={t('imports.alikeHint')}>
        {(id) => (
          <Select
            id={id}
            value={options.alike ?? 'off'}
            onChange={(alike) => put({ alike })}
            options={(['off', 'tell', 'skip', 'merge'] as const).map((value) => ({
              value,
              label: t(`imports.alike.${value}`),
            }))}
          />
        )}
      </Field>
      <Field label={t('imports.accessStatus')}>
        {(id) => (
          <Select
            id={id}
            value={options.accessStatus ?? 'asInFile'}
            onChange={(accessStatus) => put({ accessStatus })}
            options={(['asInFile', 'unreviewed'] as const).map((value) => ({
              value,
              label: t(`imports.accessStatus.${value}`),
            }))}
          />
        )}
      </Field>
      <Field label={t('imports.codes')} hint={t('imports.codesHint')}>
        {(id) => (
          <Select
            id={id}
            value={options.codes ?? 'whole'}
            onChange={(codes) => put({ codes })}
            options={(['whole', 'withinFonds'] as const).map((value) => ({
              value,
              label: t(`imports.codes.${value}`),
            }))}
          />
        )}
      </Field>
    </div>
  );
}
