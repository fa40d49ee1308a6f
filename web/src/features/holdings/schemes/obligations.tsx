import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { Obligation, SchemeLevel } from '../../../api/shapes.ts';
import { Field } from '../../../components/small.tsx';
import { useWording } from '../../../wording.tsx';
import { OBLIGATIONS } from './draft.ts';

/** What is asked of an element at each level, the standard's word beside it. */
export function ObligationFields(props: {
  levels: readonly SchemeLevel[];
  value: (level: SchemeLevel) => Obligation;
  standard?: ((level: SchemeLevel) => Obligation) | undefined;
  onChange: (level: SchemeLevel, obligation: Obligation) => void;
}): ReactNode {
  const { t } = useWording();
  const { levels, value, standard, onChange } = props;
  return levels.map((level) => (
    <Field
      key={level}
      label={`${t('schemes.obligation')} · ${t(`level.${level}`)}`}
      hint={standard && t('schemes.byStandard', { obligation: t(`schemes.obligation.${standard(level)}`) })}
    >
      {(id) => (
        <Select
          id={id}
          value={value(level)}
          onChange={(next: Obligation) => onChange(level, next)}
          options={OBLIGATIONS.map((one) => ({ value: one, label: t(`schemes.obligation.${one}`) }))}
        />
      )}
    </Field>
  ));
}
