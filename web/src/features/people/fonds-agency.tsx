import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Fonds } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { fondsList } from '../holdings/queries.ts';
import { useAgencies, useAskForRights } from './queries.ts';

/** Asks for a fonds to be another agency's: posts reach its records by that. */
export function FondsAgency({ archiveId }: { archiveId: string }): ReactNode {
  const { t } = useWording();
  const [sought, setSought] = useState('');
  const [chosen, setChosen] = useState<Fonds>();
  const [agencyId, setAgencyId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const fonds = useQuery(fondsList(archiveId, sought));
  const agencies = useAgencies(archiveId);
  const choose = (one: Fonds | undefined): void => {
    setChosen(one);
    setAgencyId(one?.agencyId ?? null);
  };
  const ask = useAskForRights(archiveId, () => {
    choose(undefined);
    setReason('');
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!chosen) return;
    const wanted = { kind: 'fonds' as const, fondsId: chosen.id, version: chosen.version, agencyId };
    ask.mutate({ wanted, reason: reason.trim() });
  };
  const items = fonds.data?.items ?? [];
  return (
    <section style={{ marginTop: 24 }}>
      <h2 className="fields-title">{t('organisation.fonds')}</h2>
      <p className="soft">{t('organisation.fondsText')}</p>
      <form
        className="stack"
        style={{ marginTop: 12 }}
        onSubmit={submit}
        aria-label={t('organisation.fonds')}
      >
        {ask.error && <Trouble error={ask.error} />}
        <div className="fields">
          <Field label={t('field.fonds')} needed>
            {(id) => (
              <Select
                id={id}
                showSearch={{ filterOption: false, onSearch: setSought }}
                loading={fonds.isPending}
                value={chosen?.id ?? null}
                onChange={(value) => choose(items.find((f) => f.id === value))}
                options={items.map((f) => ({ value: f.id, label: `${f.number} ${f.name}` }))}
              />
            )}
          </Field>
          <Field label={t('organisation.kind.agency')}>
            {(id) => (
              <Select
                id={id}
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={t('rights.noAgency')}
                loading={agencies.isPending}
                value={agencyId}
                onChange={(value) => setAgencyId(value ?? null)}
                options={(agencies.data ?? []).map((a) => ({ value: a.id, label: `${a.name}（${a.code}）` }))}
              />
            )}
          </Field>
          <Field label={t('access.reason')} needed>
            {(id) => (
              <Input id={id} maxLength={1_000} value={reason} onChange={(e) => setReason(e.target.value)} />
            )}
          </Field>
        </div>
        <div className="row">
          <Button
            htmlType="submit"
            loading={ask.isPending}
            disabled={!chosen || chosen.agencyId === agencyId || !reason.trim()}
          >
            {t('organisation.fondsAsk')}
          </Button>
        </div>
      </form>
    </section>
  );
}
