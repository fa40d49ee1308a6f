import { Button, Input, Popover, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWording } from '../../wording.tsx';

const TEXT = ['contains', 'lacks', 'is', 'isNot', 'begins', 'oneOf', 'empty', 'filled'] as const;
const WORD = ['is', 'isNot', 'oneOf', 'empty', 'filled'] as const;
const RANGE = ['is', 'between', 'from', 'to', 'oneOf', 'empty', 'filled'] as const;
const TIME = ['is', 'between', 'from', 'to'] as const;
type Operation = (typeof TEXT)[number] | (typeof RANGE)[number];

/** Fields that are asked for by ranges. */
const RANGED: ReadonlySet<string> = new Set(['year', 'pages', 'pageCount', 'childCount', 'date']);

/** A field conditions can be on; with the values it has, where they are known. */
export interface ConditionField {
  key: string;
  title: string;
  options?: readonly { value: string; label: string }[];
}

const operationsOf = ({ key, options }: ConditionField): readonly Operation[] =>
  options ? WORD : RANGED.has(key) ? RANGE : key === 'changed' ? TIME : TEXT;

export type Written = readonly [string, string, ...string[]];

/** Conditions as the address holds them; what is none is left out. */
export function readWhere(where: string | undefined): Written[] {
  if (!where) return [];
  try {
    const list: unknown = JSON.parse(where);
    if (!Array.isArray(list)) return [];
    return list.flatMap((one): Written[] => {
      if (!Array.isArray(one)) return [];
      const [field, operation, ...values] = one.map(String);
      return field && operation ? [[field, operation, ...values]] : [];
    });
  } catch {
    return [];
  }
}

export const writeWhere = (list: readonly Written[]): string | undefined =>
  list.length === 0 ? undefined : JSON.stringify(list);

/** Conditions on any field, each with a way to take it out, and a form for one more. */
export function Conditions(props: {
  where: string | undefined;
  fields: readonly ConditionField[];
  onChange: (where: string | undefined) => void;
}): ReactNode {
  const { t, word } = useWording();
  const list = readWhere(props.where);
  const [open, setOpen] = useState(false);
  const words = ([key, operation, ...values]: Written): string => {
    const field = props.fields.find((f) => f.key === key);
    const shown = values.map((v) => field?.options?.find((o) => o.value === v)?.label ?? v);
    return [
      field?.title ?? key,
      word('condition', operation),
      shown.join(operation === 'between' ? ' – ' : t('list.comma')),
    ]
      .filter(Boolean)
      .join(' ');
  };
  return (
    <>
      {list.map((one, i) => (
        <Button
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other name
          key={i}
          size="small"
          className="condition"
          aria-label={t('condition.remove', { condition: words(one) })}
          onClick={() => props.onChange(writeWhere(list.filter((_, k) => k !== i)))}
        >
          {words(one)} ×
        </Button>
      ))}
      <Popover
        trigger="click"
        placement="bottomLeft"
        open={open}
        onOpenChange={setOpen}
        destroyOnHidden
        content={
          <NewCondition
            fields={props.fields}
            onAdd={(one) => {
              setOpen(false);
              props.onChange(writeWhere([...list, one]));
            }}
          />
        }
      >
        <Button size="small" type="text">
          {t('condition.add')}
        </Button>
      </Popover>
    </>
  );
}

function NewCondition(props: {
  fields: readonly ConditionField[];
  onAdd: (one: Written) => void;
}): ReactNode {
  const { t } = useWording();
  const [key, setKey] = useState('title');
  const field = props.fields.find((f) => f.key === key) ?? { key, title: key };
  const operations = operationsOf(field);
  const [wished, setOperation] = useState<Operation>('contains');
  const operation = operations.find((o) => o === wished) ?? operations[0] ?? 'is';
  const [one, setOne] = useState('');
  const [two, setTwo] = useState('');
  const [picked, setPicked] = useState<string[]>([]);
  const alone = operation === 'empty' || operation === 'filled';
  const values = alone
    ? []
    : field.options
      ? picked
      : operation === 'between'
        ? [one, two]
        : operation === 'oneOf'
          ? one.split(/[;；、，,\n]/)
          : [one];
  const given = values.map((v) => v.trim()).filter((v) => v !== '');
  const ready = given.length === values.length && (values.length > 0 || alone);
  return (
    <form
      className="condition-line"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) props.onAdd([key, operation, ...given]);
      }}
    >
      <Select
        size="small"
        showSearch
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        style={{ minWidth: 120 }}
        aria-label={t('condition.field')}
        value={key}
        options={props.fields.map((f) => ({ value: f.key, label: f.title }))}
        onChange={(next: string) => {
          setKey(next);
          setPicked([]);
        }}
      />
      <Select
        size="small"
        popupMatchSelectWidth={false}
        style={{ minWidth: 100 }}
        aria-label={t('condition.way')}
        value={operation}
        options={operations.map((value) => ({ value, label: t(`condition.${value}`) }))}
        onChange={(next: Operation) => {
          setOperation(next);
          setPicked([]);
        }}
      />
      {!alone && field.options && (
        <Select
          size="small"
          {...(operation === 'oneOf' && { mode: 'multiple' as const })}
          style={{ minWidth: 150 }}
          popupMatchSelectWidth={false}
          aria-label={t('condition.value')}
          value={operation === 'oneOf' ? picked : (picked[0] ?? null)}
          options={[...field.options]}
          onChange={(next: string | string[]) => setPicked(typeof next === 'string' ? [next] : next)}
        />
      )}
      {!alone && !field.options && (
        <Input
          size="small"
          style={{ width: 150 }}
          aria-label={t('condition.value')}
          placeholder={operation === 'oneOf' ? t('condition.several') : undefined}
          value={one}
          onChange={(event) => setOne(event.target.value)}
        />
      )}
      {operation === 'between' && (
        <Input
          size="small"
          style={{ width: 110 }}
          aria-label={t('condition.upTo')}
          value={two}
          onChange={(event) => setTwo(event.target.value)}
        />
      )}
      <Button size="small" type="primary" htmlType="submit" disabled={!ready}>
        {t('condition.use')}
      </Button>
    </form>
  );
}
