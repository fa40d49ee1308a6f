import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Decide } from '../../components/proposals.tsx';
import { recordColumns } from '../../components/record-columns.tsx';
import { Loading, PageHead, Retention, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { Places } from './places.tsx';
import { TONES } from './tones.ts';
import { Withdraw } from './withdraw.tsx';

/** One list: what, why, who agreed, what is left of it; and the voice of whoever may give one. */
export function DisposalPage(): ReactNode {
  const wording = useWording();
  const { t, language } = wording;
  const { id = '' } = useParams();
  const { message } = App.useApp();
  const { person } = useSession();
  const can = useCan();
  const queries = useQueryClient();
  const [view] = useUrlState(['cursor']);
  const query = { limit: 50, ...(view.cursor && { cursor: view.cursor }) };
  const path = { id };
  const list = useQuery({
    queryKey: ['disposal', id],
    queryFn: () => body(api.GET('/disposals/{id}', { params: { path } })),
    // The job is at work.
    refetchInterval: (q) =>
      ['agreed', 'condemned', 'destroying'].includes(q.state.data?.state ?? '') ? 3_000 : false,
  });
  const units = useQuery({
    // What has become of the list has become of its records.
    queryKey: ['disposal-units', id, query, list.data?.state, list.data?.destroyed],
    placeholderData: keepPreviousData,
    queryFn: () => body(api.GET('/disposals/{id}/units', { params: { path, query } })),
  });
  const decide = useMutation({
    mutationFn: ({ decision, note }: { decision: 'approved' | 'rejected'; note: string }) =>
      body(
        api.POST('/disposals/{id}/decision', {
          params: { path },
          body: { decision: decision === 'approved' ? 'agreed' : 'refused', note },
        }),
      ),
    onSuccess: (one) => {
      message.success(t(`disposal.state.${one.state}`));
      for (const queryKey of [['disposal', id], ['disposals'], ['work']])
        void queries.invalidateQueries({ queryKey });
    },
  });
  if (list.error instanceof ApiError && list.error.status === 404) return <NothingHere />;
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const one = list.data;
  const spoke = one.proposedBy.id === person.id || one.voices.some((v) => v.person.id === person.id);
  const paper = (name: string) => `/api/v1/disposals/${id}/${name}?lang=${language}`;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/disposals', text: t('disposal.title') }]}
        title={`${one.number} ${one.title}`}
      />
      <div className="stack">
        <dl className="facts">
          <dt>{t('certificates.stateTitle')}</dt>
          <dd>
            <Status tone={TONES[one.state]}>{t(`disposal.state.${one.state}`)}</Status>{' '}
            {one.closedReason && <span className="small soft">{one.closedReason}</span>}
          </dd>
          <dt>{t('disposal.register.count')}</dt>
          <dd>
            {t('disposal.register.counts', { n: one.unitCount, files: one.fileCount })} ·{' '}
            {bytes(one.byteCount)}
          </dd>
          <dt>{t('disposal.register.reason')}</dt>
          <dd>{one.reason}</dd>
          <dt>{t('disposal.register.basis')}</dt>
          <dd>{one.basis}</dd>
          {one.appraisal && (
            <>
              <dt>{t('disposal.register.appraisal')}</dt>
              <dd>{one.appraisal}</dd>
            </>
          )}
          {one.approval && (
            <>
              <dt>{t('disposal.register.approval')}</dt>
              <dd>{one.approval}</dd>
            </>
          )}
          <dt>{t('disposal.proposedBy')}</dt>
          <dd>
            {one.proposedBy.name} · <When at={one.proposedAt} />
          </dd>
          {one.voices.map((v, i) => (
            <Voice key={v.person.id} n={i + 1} voice={v} />
          ))}
          {one.doneAt && (
            <>
              <dt>{t('disposal.register.destroyedAt')}</dt>
              <dd>
                <When at={one.doneAt} />
              </dd>
            </>
          )}
          <dt>{t('disposal.papers')}</dt>
          <dd>
            <a href={paper('register.pdf')} target="_blank" rel="noreferrer">
              {t('disposal.register')} PDF
            </a>{' '}
            · <a href={paper('register.xlsx')}>{t('disposal.register')} XLSX</a>
            {one.state === 'done' && (
              <>
                {' '}
                · <a href={paper('certificate.json')}>{t('disposal.certificate')}</a>
              </>
            )}
          </dd>
        </dl>
        {one.state === 'proposed' && (
          <>
            <p className="notice is-waiting">{t('disposal.warning')}</p>
            <Decide
              barred={
                spoke
                  ? t('disposal.spoke')
                  : !one.mayDecide &&
                    t(can('disposal.decide', one.archiveId) ? 'disposal.spoke' : 'accessChanges.notYours')
              }
              pending={decide.isPending}
              error={decide.error}
              onDecide={decide.mutate}
            />
          </>
        )}
        {one.mayWithdraw && <Withdraw id={id} />}
        {one.waiting > 0 && <Places id={id} archiveId={one.archiveId} />}
        <section>
          <h2 className="fields-title">{t('accessChanges.list')}</h2>
          {units.error && <Trouble error={units.error} retry={() => void units.refetch()} />}
          {units.data && (
            <>
              <div className="table-scroll">
                <DataTable
                  label={t('accessChanges.list')}
                  rows={units.data.items}
                  idOf={(row) => row.id}
                  columns={[
                    ...recordColumns(wording),
                    {
                      key: 'retention',
                      title: t('disposal.register.retention'),
                      width: '120px',
                      cell: (row) => <Retention code={row.retention} />,
                    },
                    {
                      key: 'expires',
                      title: t('disposal.expires'),
                      width: '110px',
                      cell: (row) => row.expiresOn,
                    },
                    {
                      key: 'pages',
                      title: t('disposal.pages'),
                      width: '72px',
                      numeric: true,
                      cell: (row) => (row.pages === null ? '—' : count(row.pages)),
                    },
                    {
                      key: 'files',
                      title: t('disposal.files'),
                      width: '80px',
                      numeric: true,
                      cell: (row) => count(row.files),
                    },
                    {
                      key: 'state',
                      title: t('certificates.stateTitle'),
                      width: '150px',
                      cell: (row) =>
                        row.spared
                          ? `${t('disposal.register.spared')}: ${t(`disposal.obstacle.${row.spared}`)}`
                          : t(`disposal.unit.${row.state}`),
                    },
                  ]}
                />
              </div>
              <Pager list={{ ...units.data, total: one.unitCount }} />
            </>
          )}
        </section>
      </div>
    </div>
  );
}

function Voice({
  n,
  voice,
}: {
  n: number;
  voice: { person: { name: string }; decision: 'agreed' | 'refused'; note: string | null; at: string };
}): ReactNode {
  const { t } = useWording();
  return (
    <>
      <dt>{t('disposal.register.supervisor', { n })}</dt>
      <dd>
        {voice.person.name} · {t(`disposal.voice.${voice.decision}`)} · <When at={voice.at} />
        {voice.note && <p>{voice.note}</p>}
      </dd>
    </>
  );
}
