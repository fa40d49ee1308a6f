import { useQuery } from '@tanstack/react-query';
import { Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { MEASURES } from '#kernel/accessionWords';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { type Extent, sourcesFound } from './queries.ts';

/** Six measures of an extent, beside each other. */
export function ExtentFields(props: {
  label: string;
  value: Partial<Extent>;
  onChange: (value: Partial<Extent>) => void;
}): ReactNode {
  const { t } = useWording();
  return (
    <fieldset className="extent-fields">
      <legend>{props.label}</legend>
      <div className="row">
        {MEASURES.map((m) => (
          <Field key={m} label={t(`accession.measure.${m}`)}>
            {(id) => (
              <InputNumber<number>
                id={id}
                min={0}
                precision={m === 'metres' || m === 'gigabytes' ? 3 : 0}
                controls={false}
                value={props.value[m] || null}
                onChange={(n) => props.onChange(Object.assign({}, props.value, { [m]: n ?? 0 }))}
              />
            )}
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

/** A day, by the browser's own calendar. */
export function DayField(props: {
  label: string;
  value: string;
  hint?: string;
  onChange: (value: string) => void;
}): ReactNode {
  return (
    <Field label={props.label} hint={props.hint}>
      {(id) => (
        <Input
          id={id}
          type="date"
          className="day"
          value={props.value}
          onChange={(e) => props.onChange(e.target.value)}
        />
      )}
    </Field>
  );
}

/** Text of one line, or of some. */
export function TextField(props: {
  label: string;
  value: string;
  rows?: number;
  needed?: boolean;
  wide?: boolean;
  hint?: string;
  onChange: (value: string) => void;
}): ReactNode {
  const { rows = 1 } = props;
  return (
    <Field label={props.label} needed={props.needed ?? false} wide={props.wide ?? rows > 1} hint={props.hint}>
      {(id) =>
        rows > 1 ? (
          <Input.TextArea
            id={id}
            rows={rows}
            value={props.value}
            onChange={(e) => props.onChange(e.target.value)}
          />
        ) : (
          <Input id={id} value={props.value} onChange={(e) => props.onChange(e.target.value)} />
        )
      }
    </Field>
  );
}

/** One of some words. */
export function ChoiceField<T extends string>(props: {
  label: string;
  value: T;
  options: readonly T[];
  word: (value: T) => string;
  onChange: (value: T) => void;
}): ReactNode {
  return (
    <Field label={props.label}>
      {(id) => (
        <Select<T>
          id={id}
          aria-label={props.label}
          value={props.value}
          onChange={props.onChange}
          options={props.options.map((value) => ({ value, label: props.word(value) }))}
        />
      )}
    </Field>
  );
}

/** A source of the archive, found by its name. @param chosen the one that is chosen, for its name */
export function SourceField(props: {
  archiveId: string;
  chosen: { id: string; name: string } | undefined;
  onChange: (chosen: { id: string; name: string } | undefined) => void;
}): ReactNode {
  const { t, word } = useWording();
  const [q, setQ] = useState('');
  const found = useQuery(sourcesFound(props.archiveId, q));
  const items = found.data?.items ?? [];
  const { chosen } = props;
  const options = items.map((s) => ({
    value: s.id,
    label: `${s.name} · ${word('accession.sources.kind', s.kind)}`,
  }));
  if (chosen && !items.some((s) => s.id === chosen.id))
    options.unshift({ value: chosen.id, label: chosen.name });
  return (
    <Field label={t('accession.sourceChoose')}>
      {(id) => (
        <Select<string | null>
          id={id}
          aria-label={t('accession.sourceChoose')}
          allowClear
          value={chosen?.id ?? null}
          showSearch={{ filterOption: false, onSearch: setQ }}
          options={options}
          onChange={(value) => {
            const one = items.find((s) => s.id === value);
            props.onChange(one ? { id: one.id, name: one.name } : undefined);
          }}
        />
      )}
    </Field>
  );
}
