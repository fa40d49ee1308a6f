import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Decide, PROPOSAL_TONES, ProposalPeople } from '../../components/proposals.tsx';
import { recordColumns } from '../../components/record-columns.tsx';
import { Access, Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AccessOf, settingWords, stateWords } from './access-state.tsx';
import { type AccessState, afterSetting, sameState } from './setting.ts';

export function AccessChangePage(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { id = '' } = useParams();
  const { message } = App.useApp();
  const { person } = useSession();
  const can = useCan();
  const queries = useQueryClient();
  const [view] = useUrlState(['cursor']);
  const query = { limit: 50, ...(view.cursor && { cursor: view.cursor }) };
  const change = useQuery({
    queryKey: ['access-change', id, query],
    queryFn: () => body(api.GET('/access-changes/{id}', { params: { path: { id }, query } })),
  });
  const decide = useMutation({
    mutationFn: (answer: { decision: 'approved' | 'rejected'; note: string }) =>
      body(api.POST('/access-changes/{id}/decision', { params: { path: { id } }, body: answer })),
    onSuccess: (decided) => {
      message.success(t('accessChanges.done', { state: t(`accessChanges.state.${decided.state}`) }));
      for (const queryKey of [['access-change', id], ['access-changes'], ['work'], ['units'], ['unit']])
        void queries.invalidateQueries({ queryKey });
    },
  });
  if (change.error instanceof ApiError && change.error.status === 404) return <NothingHere />;
  if (change.error) return <Trouble error={change.error} retry={() => void change.refetch()} />;
  if (!change.data) return <Loading />;
  const { change: one, items, next } = change.data;
  const own = one.proposedBy.id === person.id;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/access-changes', text: t('accessChanges.title') }]}
        title={t('accessChanges.lineTitle', {
          n: one.unitCount,
          change: settingWords(one, wording),
        })}
      />
      <div className="stack">
        <dl className="facts">
          <dt>{t('certificates.stateTitle')}</dt>
          <dd>
            <Status tone={PROPOSAL_TONES[one.state]}>{t(`accessChanges.state.${one.state}`)}</Status>
          </dd>
          <dt>{t('access.newStatus')}</dt>
          <dd>
            {one.status ? (
              <>
                <Access status={one.status} />{' '}
                <span className="small soft">
                  {one.opensOn
                    ? t('access.opensOnDay.meaning', { day: one.opensOn })
                    : t(`access.${one.status}.meaning`)}
                </span>
              </>
            ) : (
              t('access.stays')
            )}
          </dd>
          {one.opensOn && (
            <>
              <dt>{t('access.opensOn')}</dt>
              <dd>{one.opensOn}</dd>
            </>
          )}
          {one.embargo && (
            <>
              <dt>{t('access.embargo')}</dt>
              <dd>
                {one.embargoUntil ? t('access.closedUntil', { day: one.embargoUntil }) : t('access.lift')}{' '}
                {one.embargoUntil && <span className="small soft">{t('access.embargoHint')}</span>}
              </dd>
            </>
          )}
          <dt>{t('access.reason')}</dt>
          <dd>{one.reason}</dd>
          {one.basis && (
            <>
              <dt>{t('access.basis')}</dt>
              <dd>{one.basis}</dd>
            </>
          )}
          <ProposalPeople one={one} proposedBy={t('accessChanges.by')} />
        </dl>
        {one.state === 'proposed' && (
          <Decide
            barred={
              own
                ? t('accessChanges.own')
                : !can('access.decide', one.archiveId) && t('accessChanges.notYours')
            }
            pending={decide.isPending}
            error={decide.error}
            onDecide={decide.mutate}
          />
        )}
        <section>
          <h2 className="fields-title">{t('accessChanges.list')}</h2>
          <div className="table-scroll">
            <DataTable
              label={t('accessChanges.list')}
              rows={items}
              idOf={(row) => row.id}
              columns={[
                ...recordColumns(wording),
                {
                  key: 'before',
                  title: t('accessChanges.before'),
                  width: '160px',
                  hint: (row) => stateWords(stateBefore(row), wording),
                  cell: (row) => <AccessOf brief state={stateBefore(row)} />,
                },
                {
                  key: 'after',
                  title: t('accessChanges.after'),
                  width: '160px',
                  hint: (row) => stateWords(afterSetting(stateBefore(row), one), wording),
                  cell: (row) =>
                    one.state === 'proposed' &&
                    sameState(stateBefore(row), afterSetting(stateBefore(row), one)) ? (
                      <span className="soft">{t('access.already')}</span>
                    ) : (
                      <AccessOf brief state={afterSetting(stateBefore(row), one)} />
                    ),
                },
              ]}
            />
          </div>
          <Pager list={{ items, next, total: one.unitCount }} />
        </section>
      </div>
    </div>
  );
}

function stateBefore(row: {
  before: string;
  beforeOpensOn: string | null;
  beforeEmbargoUntil: string | null;
}): AccessState {
  return { accessStatus: row.before, opensOn: row.beforeOpensOn, embargoUntil: row.beforeEmbargoUntil };
}
