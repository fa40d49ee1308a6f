import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Field } from '../../components/small.tsx';
import { type MessageKey, useWording } from '../../wording.tsx';
import { formQuery } from './queries.ts';

export interface RecordValues {
  title: string;
  creator: string;
  docNo: string;
  date: string;
  category: string;
  retention: string;
  classCode: string;
  className: string;
  pages: string;
  classification: string;
  description: Readonly<Record<string, string>>;
}

export const EMPTY_RECORD: RecordValues = {
  title: '',
  creator: '',
  docNo: '',
  date: '',
  category: 'WS',
  retention: '',
  classCode: '',
  className: '',
  pages: '',
  classification: 'public',
  description: {},
};

const CATEGORIES = ['WS', 'KJ', 'KU', 'ZY', 'ZP', 'LY', 'LX', 'SJ', 'YJ', 'WY', 'MT', 'SW'] as const;
const FIRST: readonly (readonly [keyof RecordValues, MessageKey])[] = [
  ['docNo', 'field.docNo'],
  ['creator', 'field.creator'],
  ['date', 'field.date'],
  ['retention', 'field.retention'],
  ['classCode', 'filingRecord.classCode'],
  ['className', 'schedule.className'],
  ['pages', 'field.pages'],
];

/** What is described of a record: what all have, and what its category's metadata scheme asks besides. */
export function RecordForm(props: {
  values: RecordValues;
  act: string;
  pending: boolean;
  onSave: (values: RecordValues) => void;
  children?: ReactNode;
}): ReactNode {
  const { t, word } = useWording();
  const [values, setValues] = useState(props.values);
  const [more, setMore] = useState(false);
  const form = useQuery(formQuery(values.category));
  const fields = form.data ?? [];
  const shown = fields.filter(
    (f) => more || f.obligation === 'required' || f.key === 'genre' || values.description[f.key],
  );
  const label = (key: string): string => {
    const [prefix = '', ...rest] = key.split('.');
    return word(prefix, rest.join('.'), key);
  };
  const describe = (key: string, value: string): void =>
    setValues({ ...values, description: { ...values.description, [key]: value } });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        props.onSave(values);
      }}
    >
      <Field label={t('field.title')} needed>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={500}
            value={values.title}
            onChange={(event) => setValues({ ...values, title: event.target.value })}
          />
        )}
      </Field>
      <div className="fields">
        <Field label={t('field.category')} needed>
          {(id) => (
            <Select
              id={id}
              value={values.category}
              onChange={(category) => setValues({ ...values, category })}
              options={CATEGORIES.map((value) => ({ value, label: word('category', value) }))}
            />
          )}
        </Field>
        {FIRST.map(([key, name]) => (
          <Field key={key} label={t(name)}>
            {(id) => (
              <Input
                id={id}
                value={String(values[key])}
                onChange={(event) => setValues({ ...values, [key]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <Field label={t('field.classification')}>
          {(id) => (
            <Select
              id={id}
              value={values.classification}
              onChange={(classification) => setValues({ ...values, classification })}
              options={(['public', 'internal'] as const).map((value) => ({
                value,
                label: word('classification', value),
              }))}
            />
          )}
        </Field>
        {shown.map((f) => (
          <Field key={f.key} label={label(f.label)} needed={f.obligation === 'required'}>
            {(id) => (
              <AutoComplete
                id={id}
                value={values.description[f.key] ?? ''}
                onChange={(value: string) => describe(f.key, value)}
                options={f.values.map((value) => ({ value }))}
              />
            )}
          </Field>
        ))}
      </div>
      {!more && fields.length > shown.length && (
        <div>
          <Button size="small" onClick={() => setMore(true)}>
            {t('filingRecord.more')}
          </Button>
        </div>
      )}
      {props.children}
      <div>
        <Button htmlType="submit" type="primary" loading={props.pending} disabled={!values.title.trim()}>
          {props.act}
        </Button>
      </div>
    </form>
  );
}

/** Values as the server takes them: what is empty empties. */
export function inputOf(values: RecordValues, before: RecordValues = EMPTY_RECORD) {
  const { description, ...rest } = values;
  const cleared = Object.keys(before.description).filter((key) => !description[key]);
  return {
    ...rest,
    description: {
      ...Object.fromEntries(Object.entries(description).filter(([, value]) => value !== '')),
      ...Object.fromEntries(cleared.map((key) => [key, null])),
    },
  };
}
