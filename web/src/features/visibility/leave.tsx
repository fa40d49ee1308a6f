import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import type { Unit } from '../../api/shapes.ts';
import { Field, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type Grantable, type Leave, leaveFor } from './queries.ts';

const GRANTABLE: readonly Grantable[] = ['description', 'content', 'print', 'master', 'export'];

/** Leave given for this unit, and the form that gives more. */
export function LeaveForUnit({ unit }: { unit: Unit }): ReactNode {
  const { t } = useWording();
  const given = useQuery(leaveFor(unit.archive.id, unit.id));
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={t('grants.title')}>
      <h3>{t('grants.title')}</h3>
      {given.error && <Trouble error={given.error} />}
      {given.isPending && <Loading lines={2} />}
      {given.data?.items.length === 0 && <p className="soft">{t('grants.none')}</p>}
      <ul className="leave-list">
        {given.data?.items.map((leave) => (
          <LeaveLine key={leave.id} leave={leave} unitId={unit.id} />
        ))}
      </ul>
      {open ? (
        <LeaveForm unit={unit} onClose={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>{t('grants.give')}</Button>
      )}
    </section>
  );
}

function LeaveLine({ leave, unitId }: { leave: Leave; unitId: string }): ReactNode {
  const { t, language } = useWording();
  const queries = useQueryClient();
  const [reason, setReason] = useState<string>();
  const end = useMutation({
    mutationFn: () =>
      done(
        api.POST('/grants/{id}/end', { params: { path: { id: leave.id } }, body: { reason: reason ?? '' } }),
      ),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['visibility', unitId] }),
  });
  return (
    <li>
      <strong>{leave.personName}</strong>{' '}
      {listOf(
        language,
        leave.gives.map((g) => t(`visibility.sight.${g}`)),
      )}{' '}
      <span className="nowrap">
        {leave.from} – {leave.until}
      </span>
      <div className="small soft">
        {leave.reason} · {leave.basis} · {leave.givenByName}
      </div>
      {leave.revokedAt ? (
        <div className="small soft">{t('grants.ended', { name: leave.revokedByName ?? '' })}</div>
      ) : reason === undefined ? (
        <Button size="small" onClick={() => setReason('')}>
          {t('grants.end')}
        </Button>
      ) : (
        <div className="row" style={{ alignItems: 'end' }}>
          <Field label={t('grants.endReason')}>
            {(id) => <Input id={id} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <Button danger loading={end.isPending} disabled={reason.trim() === ''} onClick={() => end.mutate()}>
            {t('grants.end')}
          </Button>
        </div>
      )}
      {end.error && <Trouble error={end.error} />}
    </li>
  );
}

const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toLocaleDateString('sv-SE');

function LeaveForm({ unit, onClose }: { unit: Unit; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const { notification } = App.useApp();
  const queries = useQueryClient();
  const [username, setUsername] = useState('');
  const [gives, setGives] = useState<readonly Grantable[]>(['content']);
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState('');
  const [from, setFrom] = useState(day(0));
  const [until, setUntil] = useState(day(30));
  const give = useMutation({
    mutationFn: () =>
      body(
        api.POST('/grants', {
          body: { unitId: unit.id, username: username.trim(), gives: [...gives], reason, basis, from, until },
        }),
      ),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['visibility', unit.id] });
      notification.success({ title: t('grants.given') });
      onClose();
    },
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    give.mutate();
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
      {give.error && <Trouble error={give.error} />}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={give.isPending}>
          {t('grants.give')}
        </Button>
        <Button onClick={onClose}>{t('act.cancel')}</Button>
      </div>
    </form>
  );
}
