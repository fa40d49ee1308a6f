import { AutoComplete, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import type { FormField } from '../../api/shapes.ts';
import { useWording } from '../../wording.tsx';
import { CATEGORIES, RETENTIONS } from './filters.tsx';

const CODED: Readonly<Record<string, readonly string[]>> = {
  category: CATEGORIES,
  retention: RETENTIONS,
  classification: ['public', 'internal'],
};

/** What one element is filled in with, by its type and vocabulary. */
export function ElementControl(props: {
  id: string;
  field: FormField;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const { t, word, language } = useWording();
  const { id, field, value, onChange } = props;
  const coded = CODED[field.key];
  if (coded)
    return (
      <Select
        id={id}
        allowClear={field.key !== 'classification'}
        value={value || null}
        onChange={(next: string | null) => onChange(next ?? '')}
        options={coded.map((code) => ({ value: code, label: word(field.key, code) }))}
      />
    );
  if (field.type === 'yesNo')
    return (
      <Select
        id={id}
        allowClear
        value={value || null}
        onChange={(next: string | null) => onChange(next ?? '')}
        options={(['yes', 'no'] as const).map((code) => ({ value: code, label: t(`yesNo.${code}`) }))}
      />
    );
  const terms = field.terms.map((term) => ({ value: term.code, label: term.names[language] }));
  if (field.many)
    return (
      <Select
        id={id}
        mode="multiple"
        value={value === '' ? [] : value.split('; ')}
        onChange={(next: string[]) => onChange(next.join('; '))}
        showSearch={{ optionFilterProp: 'label' }}
        options={terms}
      />
    );
  if (terms.length > 0 && field.closed)
    return (
      <Select
        id={id}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={value || null}
        onChange={(next: string | null) => onChange(next ?? '')}
        options={terms}
      />
    );
  if (terms.length > 0)
    return (
      <AutoComplete
        id={id}
        value={value}
        onChange={(next: string) => onChange(next)}
        options={terms.filter((term) => term.label.includes(value))}
      />
    );
  if (field.long || field.key === 'title')
    return (
      <Input.TextArea
        id={id}
        rows={field.key === 'title' ? 2 : 3}
        className="grows"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return <Input id={id} value={value} onChange={(event) => onChange(event.target.value)} />;
}
