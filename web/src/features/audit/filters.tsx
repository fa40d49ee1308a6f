import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { SessionArchive } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { auditActs } from './queries.ts';
import { actName, type View } from './view.ts';

interface AskedProps {
  view: View;
  change(values: Readonly<Record<string, string | undefined>>): void;
  archives: readonly SessionArchive[];
}

/** What is asked for: person, thing, act, days, result. Text counts when it is finished. */
export function Asked({ view, change, archives }: AskedProps): ReactNode {
  const { t, word } = useWording();
  const acts = useQuery(auditActs);
  const asked = view.person ?? view.thing ?? view.act ?? view.from ?? view.to ?? view.result ?? view.archive;
  return (
    <search className="row audit-asked no-print">
      <Text
        name="person"
        label={t('audit.person')}
        hint={t('audit.personHint')}
        view={view}
        change={change}
      />
      <Text name="thing" label={t('audit.thing')} hint={t('audit.thingHint')} view={view} change={change} />
      <Field label={t('audit.act')}>
        {(id) => (
          <Select
            id={id}
            className="audit-choice is-wide"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={view.act ?? null}
            onChange={(act: string | null) => change({ act: act ?? undefined })}
            options={(acts.data?.items ?? []).map((act) => ({
              value: act,
              label: actName(word('auditAct', act, act)),
            }))}
          />
        )}
      </Field>
      <Text name="from" label={t('audit.from')} type="date" view={view} change={change} />
      <Text name="to" label={t('audit.to')} type="date" view={view} change={change} />
      <Field label={t('audit.result')}>
        {(id) => (
          <Select
            id={id}
            className="audit-choice is-narrow"
            allowClear
            value={view.result ?? null}
            onChange={(result: string | null) => change({ result: result ?? undefined })}
            options={(['done', 'refused', 'failed'] as const).map((value) => ({
              value,
              label: t(`audit.result.${value}`),
            }))}
          />
        )}
      </Field>
      {archives.length > 1 && (
        <Field label={t('audit.archive')}>
          {(id) => (
            <Select
              id={id}
              className="audit-choice is-middle"
              allowClear
              value={view.archive ?? null}
              onChange={(archive: string | null) => change({ archive: archive ?? undefined })}
              options={archives.map((a) => ({ value: a.code, label: a.name }))}
            />
          )}
        </Field>
      )}
      {asked && (
        <Button
          onClick={() =>
            change({
              person: undefined,
              thing: undefined,
              act: undefined,
              from: undefined,
              to: undefined,
              result: undefined,
              archive: undefined,
            })
          }
        >
          {t('act.clear')}
        </Button>
      )}
    </search>
  );
}

interface TextProps extends Omit<AskedProps, 'archives'> {
  name: 'person' | 'thing' | 'from' | 'to';
  label: string;
  hint?: string;
  type?: 'date';
}

function Text({ name, label, hint, type, view, change }: TextProps): ReactNode {
  const there = view[name] ?? '';
  const [typed, setTyped] = useState(there);
  useEffect(() => setTyped(there), [there]);
  const finish = (): void => {
    if (typed.trim() !== there) change({ [name]: typed.trim() || undefined });
  };
  return (
    <Field label={label}>
      {(id) => (
        <Input
          id={id}
          className={type ? 'audit-day' : 'audit-choice'}
          {...(type && { type })}
          {...(hint && { placeholder: hint })}
          value={typed}
          onChange={(e) => setTyped(e.target.value)}
          onBlur={finish}
          onPressEnter={finish}
        />
      )}
    </Field>
  );
}
