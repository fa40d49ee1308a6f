import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { dayAndTime } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { usePlace } from './queries.ts';
import { endOfDay, nameOf, startOfDay } from './shapes.ts';

type Place =
  paths['/me/delegations']['get']['responses'][200]['content']['application/json']['delegable'][number];

/** Leaves roles of one's own to a colleague for some days. */
export function DelegateForm({ places }: { places: readonly Place[] }): ReactNode {
  const { t, language } = useWording();
  const placeName = usePlace();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [archiveId, setArchiveId] = useState(places[0]?.archiveId ?? '');
  const [toPerson, setToPerson] = useState<string>();
  const place = places.find((p) => p.archiveId === archiveId);
  const [left, setLeft] = useState<string[]>(place?.roles.map((r) => r.code) ?? []);
  const [from, setFrom] = useState(dayAndTime(new Date().toISOString()).day);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const make = useMutation({
    mutationFn: () =>
      body(
        api.POST('/delegations', {
          body: {
            archiveId,
            toPerson: toPerson ?? '',
            roles: left,
            begins: startOfDay(from),
            ends: endOfDay(until),
            reason: reason.trim(),
          },
        }),
      ),
    onSuccess: () => {
      message.success(t('delegation.made'));
      setReason('');
      setToPerson(undefined);
      for (const queryKey of [['my-delegations'], ['delegations']])
        void queries.invalidateQueries({ queryKey });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} aria-label={t('delegation.make')}>
      <h2 className="fields-title">{t('delegation.make')}</h2>
      {make.error && <Trouble error={make.error} />}
      <div className="fields">
        {places.length > 1 && (
          <Field label={t('people.where')}>
            {(id) => (
              <Select
                id={id}
                value={archiveId}
                onChange={(value) => {
                  setArchiveId(value);
                  setToPerson(undefined);
                  setLeft(places.find((p) => p.archiveId === value)?.roles.map((r) => r.code) ?? []);
                }}
                options={places.map((p) => ({ value: p.archiveId, label: placeName(p.archiveId) }))}
              />
            )}
          </Field>
        )}
        <Field label={t('delegation.to')} needed>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={toPerson ?? null}
              onChange={(value) => setToPerson(value ?? undefined)}
              options={place?.colleagues.map((c) => ({ value: c.id, label: c.displayName })) ?? []}
            />
          )}
        </Field>
        <Field label={t('delegation.firstDay')} needed>
          {(id) => <Input id={id} type="date" value={from} onChange={(e) => setFrom(e.target.value)} />}
        </Field>
        <Field label={t('people.lastDay')} needed>
          {(id) => <Input id={id} type="date" value={until} onChange={(e) => setUntil(e.target.value)} />}
        </Field>
        <Field label={t('access.reason')} needed wide>
          {(id) => (
            <Input id={id} maxLength={1_000} value={reason} onChange={(e) => setReason(e.target.value)} />
          )}
        </Field>
      </div>
      <Checkbox.Group
        aria-label={t('people.roles')}
        value={left}
        onChange={setLeft}
        options={place?.roles.map((r) => ({ value: r.code, label: nameOf(r.names, language, r.code) })) ?? []}
      />
      <div>
        <Button
          type="primary"
          htmlType="submit"
          loading={make.isPending}
          disabled={!toPerson || left.length === 0 || !from || !until || !reason.trim()}
        >
          {t('delegation.act')}
        </Button>
      </div>
    </form>
  );
}
