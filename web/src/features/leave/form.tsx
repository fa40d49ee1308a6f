import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { dayAndTime } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { GRANTABLE, type Grantable, LEAVE_CHANGES, type LeaveOn } from './queries.ts';

const day = (ahead: number): string =>
  dayAndTime(new Date(Date.now() + ahead * 86_400_000).toISOString()).day;

/** Asks for leave for one person; another person decides. */
export function LeaveForm({ on, onClose }: { on: LeaveOn; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const [username, setUsername] = useState('');
  const [gives, setGives] = useState<readonly Grantable[]>(['content']);
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const [from, setFrom] = useState(day(0));
  const [until, setUntil] = useState(day(30));
  const ask = useMutation({
    mutationFn: () =>
      body(
        api.POST('/grants', {
          body: { ...on, username: username.trim(), gives: [...gives], reason, basis, from, until },
        }),
      ),
    onSuccess: () => {
      for (const queryKey of LEAVE_CHANGES) void queries.invalidateQueries({ queryKey });
      notification.success({ title: t('grants.given') });
      onClose();
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate();
  };
  const line = (label: string, value: string, set: (value: string) => void, type = 'text', hint?: string) => (
    <Field label={label} {...(hint ? { hint } : {})}>
      {(id) => (
        <Input id={id} type={type} required value={value} onChange={(event) => set(event.target.value)} />
      )}
    </Field>
  );
  return (
    <form onSubmit={send} className="stack">
      {line(t('grants.to'), username, setUsername)}
      <fieldset className="plain">
        <legend>{t('grants.gives')}</legend>
        <Checkbox.Group
          value={[...gives]}
          onChange={(chosen) => setGives(GRANTABLE.filter((g) => chosen.includes(g)))}
          options={GRANTABLE.map((g) => ({ value: g, label: t(`visibility.sight.${g}`) }))}
        />
      </fieldset>
      {line(t('grants.reason'), reason, setReason)}
      {line(t('grants.basis'), basis, setBasis, 'text', t('grants.basisHint'))}
      <div className="row">
        {line(t('grants.from'), from, setFrom, 'date')}
        {line(t('grants.until'), until, setUntil, 'date')}
      </div>
      {ask.error && <Trouble error={ask.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={ask.isPending} disabled={gives.length === 0}>
          {t('grants.ask')}
        </Button>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <span className="small soft">{t('grants.secondPerson')}</span>
      </div>
    </form>
  );
}
