import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import type { BulkAct } from '../../api/shapes.ts';
import { useWording } from '../../wording.tsx';

export const ACTS = ['set', 'clear', 'append', 'prepend', 'replace', 'match', 'copy', 'number'] as const;
export type ActKind = (typeof ACTS)[number];

/** An act while it is written. */
export interface ActDraft {
  do: ActKind;
  field: string;
  value: string;
  find: string;
  with: string;
  matchCase: boolean;
  from: string;
  start: number;
  step: number;
  width: number;
}

export const newAct = (field: string, kind: ActKind = 'set'): ActDraft => ({
  do: kind, field, value: '', find: '', with: '', matchCase: true, from: 'title', start: 1, step: 1, width: 3,
}); // biome-ignore format: a row of beginnings

export function actOf(d: ActDraft): BulkAct {
  const { field, value, find, matchCase } = d;
  if (d.do === 'clear') return { do: 'clear', field };
  if (d.do === 'copy') return { do: 'copy', field, from: d.from };
  if (d.do === 'replace' || d.do === 'match') return { do: d.do, field, find, with: d.with, matchCase };
  if (d.do === 'number')
    return { do: 'number', field, start: d.start, step: d.step, width: d.width, before: d.value, after: '' };
  return { do: d.do, field, value };
}

/** Whether enough is said to try it. */
export const isWhole = (d: ActDraft): boolean =>
  d.do === 'replace' || d.do === 'match'
    ? d.find !== ''
    : d.do === 'clear' || d.do === 'copy' || d.do === 'number' || d.value !== '';

export function ActLine(props: {
  draft: ActDraft;
  fields: readonly { value: string; label: string }[];
  sources: readonly { value: string; label: string }[];
  onChange: (draft: ActDraft) => void;
  onRemove: (() => void) | undefined;
}): ReactNode {
  const { t } = useWording();
  const { draft, onChange } = props;
  const put = (change: Partial<ActDraft>): void => onChange({ ...draft, ...change });
  const text = (key: 'value' | 'find' | 'with', label: string): ReactNode => (
    <Input
      size="small"
      className="act-text"
      style={{ width: 200 }}
      aria-label={label}
      placeholder={label}
      value={draft[key]}
      onChange={(event) => put({ [key]: event.target.value })}
    />
  );
  const number = (key: 'start' | 'step' | 'width', label: string): ReactNode => (
    <span className="row small" style={{ gap: 4 }}>
      {label}
      <InputNumber
        size="small"
        style={{ width: 76 }}
        min={key === 'start' ? 0 : 1}
        aria-label={label}
        value={draft[key]}
        onChange={(n) => put({ [key]: n ?? 1 })}
      />
    </span>
  );
  return (
    <div className="act-line">
      <Select
        size="small"
        showSearch
        optionFilterProp="label"
        popupMatchSelectWidth={false}
        style={{ minWidth: 130 }}
        aria-label={t('bulkEdit.field')}
        value={draft.field}
        options={[...props.fields]}
        onChange={(field) => put({ field })}
      />
      <Select
        size="small"
        popupMatchSelectWidth={false}
        style={{ minWidth: 120 }}
        aria-label={t('bulkEdit.do')}
        value={draft.do}
        options={ACTS.map((value) => ({ value, label: t(`bulkEdit.do.${value}`) }))}
        onChange={(kind: ActKind) => put({ do: kind })}
      />
      {(draft.do === 'set' || draft.do === 'append' || draft.do === 'prepend') &&
        text('value', t('bulkEdit.value'))}
      {(draft.do === 'replace' || draft.do === 'match') && (
        <>
          {text('find', t(draft.do === 'match' ? 'bulkEdit.pattern' : 'bulkEdit.find'))}
          {text('with', t('bulkEdit.with'))}
          <Checkbox checked={draft.matchCase} onChange={(event) => put({ matchCase: event.target.checked })}>
            {t('bulkEdit.matchCase')}
          </Checkbox>
        </>
      )}
      {draft.do === 'copy' && (
        <Select
          size="small"
          showSearch
          optionFilterProp="label"
          popupMatchSelectWidth={false}
          style={{ minWidth: 130 }}
          aria-label={t('bulkEdit.from')}
          value={draft.from}
          options={[...props.sources]}
          onChange={(from) => put({ from })}
        />
      )}
      {draft.do === 'number' && (
        <>
          {text('value', t('bulkEdit.before'))}
          {number('start', t('bulkEdit.start'))}
          {number('step', t('bulkEdit.step'))}
          {number('width', t('bulkEdit.width'))}
        </>
      )}
      {props.onRemove && (
        <Button size="small" type="link" onClick={props.onRemove}>
          {t('bulkEdit.remove')}
        </Button>
      )}
    </div>
  );
}
