import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { api, body, done } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { DelegateForm } from './delegate-form.tsx';
import { usePlace } from './queries.ts';
import { type Delegation, lastDay, nameOf, tenseOf } from './shapes.ts';

/** Who stands in for me, for whom I stand in; for administrators also who does in their archives. */
export function Delegations(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const mine = useQuery({
    queryKey: ['my-delegations'],
    queryFn: () => body(api.GET('/me/delegations')),
  });
  const all = useQuery({
    queryKey: ['delegations'],
    enabled: can('people.read'),
    queryFn: () => body(api.GET('/delegations')),
  });
  const own = new Set(mine.data?.items.map((d) => d.id));
  const others = (all.data?.items ?? []).filter((d) => !own.has(d.id));
  return (
    <div className="page">
      <PageHead title={t('delegation.title')} />
      <p className="soft">{t('delegation.lead')}</p>
      {mine.error && <Trouble error={mine.error} retry={() => void mine.refetch()} />}
      {mine.isPending && <Loading lines={4} />}
      {mine.data && (
        <div className="stack">
          {mine.data.items.length === 0 ? (
            <Empty title={t('delegation.none')}>{t('delegation.noneText')}</Empty>
          ) : (
            <Table label={t('delegation.title')} rows={mine.data.items} />
          )}
          {mine.data.delegable.length > 0 && <DelegateForm places={mine.data.delegable} />}
        </div>
      )}
      {others.length > 0 && (
        <section style={{ marginTop: 24 }}>
          <h2 className="fields-title">{t('delegation.others')}</h2>
          <Table label={t('delegation.others')} rows={others} />
        </section>
      )}
    </div>
  );
}

function Table({ label, rows }: { label: string; rows: readonly Delegation[] }): ReactNode {
  const { t, language } = useWording();
  const me = useSession().person.id;
  const can = useCan();
  const place = usePlace();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const end = useMutation({
    mutationFn: (id: string) => done(api.POST('/delegations/{id}/end', { params: { path: { id } } })),
    onSuccess: () => {
      message.success(t('delegation.ended'));
      for (const queryKey of [['my-delegations'], ['delegations'], ['session']])
        void queries.invalidateQueries({ queryKey });
    },
  });
  const now = new Date();
  const tense = (d: Delegation) => (d.endedAt ? 'over' : tenseOf({ from: d.begins, until: d.ends }, now));
  const rolesOf = (d: Delegation): string =>
    d.roles.map((r) => nameOf(r.names, language, r.code)).join(language === 'en' ? ', ' : '、');
  return (
    <>
      {end.error && <Trouble error={end.error} />}
      <div className="table-scroll">
        <DataTable
          label={label}
          rows={rows}
          idOf={(row) => row.id}
          columns={[
            { key: 'from', title: t('delegation.from'), width: '110px', cell: (row) => row.from.name },
            { key: 'to', title: t('delegation.to'), width: '110px', cell: (row) => row.to.name },
            { key: 'roles', title: t('people.roles'), hint: rolesOf, cell: rolesOf },
            { key: 'where', title: t('people.where'), cell: (row) => place(row.archiveId) },
            {
              key: 'reason',
              title: t('access.reason'),
              hint: (row) => row.reason,
              cell: (row) => row.reason,
            },
            {
              key: 'begins',
              title: t('people.since'),
              width: '120px',
              cell: (row) => <When at={row.begins} />,
            },
            {
              key: 'ends',
              title: t('people.until'),
              width: '120px',
              cell: (row) => <When at={row.endedAt ?? lastDay(row.ends)} />,
            },
            {
              key: 'state',
              title: t('people.state'),
              width: '100px',
              cell: (row) => {
                const at = tense(row);
                const tone = at === 'now' ? 'done' : at === 'later' ? 'waiting' : 'closed';
                return <Status tone={tone}>{t(`delegation.tense.${at}`)}</Status>;
              },
            },
            {
              key: 'act',
              title: '',
              width: '90px',
              cell: (row) =>
                tense(row) !== 'over' &&
                (row.from.id === me || row.to.id === me || can('rights.manage', row.archiveId)) && (
                  <button type="button" className="plain link" onClick={() => end.mutate(row.id)}>
                    {t('delegation.end')}
                  </button>
                ),
            },
          ]}
        />
      </div>
    </>
  );
}
