import { Button, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useWording } from '../../../wording.tsx';

const OBLIGATIONS = ['required', 'conditional', 'optional'] as const;
type Obligation = (typeof OBLIGATIONS)[number];
const FIELDS = [
  'referenceCode',
  'title',
  'creator',
  'date',
  'docNo',
  'retention',
  'year',
  'dept',
  'itemNo',
  'pages',
  'classification',
] as const;

interface Change {
  obligation?: Obligation;
  maxLength?: number;
  terms?: string[];
}

const changesOf = (value: unknown): Record<string, Change> =>
  typeof value === 'object' && value !== null ? { ...(value as Record<string, Change>) } : {};

/** What an archive has otherwise than the metadata scheme: whether fields have to be filled, or how long they may be. */
export function FieldChanges(props: {
  what: 'obligation' | 'maxLength';
  value: unknown;
  onChange(value: Record<string, Change> | undefined): void;
}): ReactNode {
  const { t, word } = useWording();
  const { what } = props;
  const changes = changesOf(props.value);
  const set = (field: string, change: Change | undefined): void => {
    const { [field]: _, ...rest } = changes;
    const all = change ? { ...rest, [field]: change } : rest;
    props.onChange(Object.keys(all).length > 0 ? all : undefined);
  };
  const of = Object.entries(changes).filter(([, change]) => change[what] !== undefined);
  const left = FIELDS.filter((f) => changes[f]?.[what] === undefined);
  return (
    <>
      {of.map(([field, change]) => {
        const name = word('field', field, field);
        return (
          <div key={field} className="row">
            <span>{name}</span>
            {what === 'obligation' ? (
              <Select
                size="small"
                aria-label={`${name}: ${t('check.parameter.obligation')}`}
                value={change.obligation ?? null}
                onChange={(obligation) => obligation && set(field, { ...change, obligation })}
                options={OBLIGATIONS.map((value) => ({ value, label: t(`check.obligation.${value}`) }))}
              />
            ) : (
              <InputNumber
                size="small"
                aria-label={`${name}: ${t('check.parameter.maxLength')}`}
                min={1}
                max={100_000}
                value={change.maxLength ?? null}
                onChange={(maxLength) => maxLength && set(field, { ...change, maxLength })}
              />
            )}
            <Button
              size="small"
              aria-label={t('check.parameter.removeField', { field: name })}
              onClick={() => set(field, undefined)}
            >
              ×
            </Button>
          </div>
        );
      })}
      <Select
        size="small"
        aria-label={t('check.parameter.addField')}
        placeholder={t('check.parameter.addField')}
        className="natures-keys"
        value={null}
        onChange={(field: string | null) =>
          field &&
          set(field, {
            ...changes[field],
            ...(what === 'obligation' ? { obligation: 'required' } : { maxLength: 200 }),
          })
        }
        options={left.map((value) => ({ value: value as string, label: t(`field.${value}`) }))}
      />
    </>
  );
}
