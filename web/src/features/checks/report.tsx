import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, BASE, body, done } from '../../api/client.ts';
import { Loading, PageHead, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { EntryPage } from './entry.tsx';
import { Groups } from './groups.tsx';
import { toneOf } from './list.tsx';
import { type CheckReport, isUnderWay } from './shapes.ts';
import { CheckTree } from './tree.tsx';

/** What was dropped: what it is, what is wrong and where. */
export function Check(): ReactNode {
  const { t, language } = useWording();
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [view, change] = useUrlState(['entry']);
  const report = useQuery({
    queryKey: ['examination', id],
    queryFn: () => body(api.GET('/examinations/{id}', { params: { path: { id } } })),
    refetchInterval: (q) => (isUnderWay(q.state.data?.state) ? 1_500 : false),
  });
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/examinations/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['examinations'] });
      navigate('/checks');
    },
  });
  const found = report.data;
  const entry = view.entry ? Number(view.entry) : undefined;
  const choose = (seq: number): void => change({ entry: String(seq) }, { keepPage: true, replace: true });
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/checks', text: t('examination.title') }]}
        title={found?.name ?? ''}
        actions={
          found && (
            <>
              {found.state === 'done' && (
                <>
                  <Button href={`${BASE}/examinations/${id}/report.pdf?lang=${language}`}>
                    {t('examination.pdf')}
                  </Button>
                  <Button href={`${BASE}/examinations/${id}/report.json`}>{t('examination.json')}</Button>
                </>
              )}
              <Popconfirm title={t('examination.remove')} onConfirm={() => remove.mutate()}>
                <Button danger loading={remove.isPending}>
                  {t('examination.remove')}
                </Button>
              </Popconfirm>
            </>
          )
        }
      />
      {report.error && <Trouble error={report.error} retry={() => void report.refetch()} />}
      {remove.error && <Trouble error={remove.error} />}
      {report.isPending && <Loading />}
      {found && (
        <div className="stack">
          <Verdict report={found} />
          {found.state === 'done' && (
            <>
              <Facts report={found} />
              {found.kind !== 'file' && <Groups id={id} groups={found.groups} onEntry={choose} />}
              <h2>{t('examination.tree')}</h2>
              <CheckTree id={id} chosen={entry} onChoose={(one) => choose(one.seq)} />
              {found.unlisted > 0 && (
                <p className="soft">{t('examination.unlisted', { n: found.unlisted })}</p>
              )}
              {entry !== undefined && <EntryPage id={id} entry={entry} key={entry} />}
            </>
          )}
        </div>
      )}
    </div>
  );
}

function Verdict({ report }: { report: CheckReport }): ReactNode {
  const { t, word } = useWording();
  const sum = (severity: string): number =>
    report.groups.filter((g) => g.severity === severity).reduce((n, g) => n + g.count, 0);
  if (report.state === 'failed')
    return (
      <p role="status">
        <Status tone="wrong">
          {word('examination.failure', report.failure, t('examination.failure.other'))}
        </Status>
      </p>
    );
  if (report.verdict === null)
    return (
      <p role="status">
        <Status tone="waiting">{t(`examination.state.${report.state}`)}</Status>{' '}
        {word('examination.step', report.step)} {report.done > 0 && count(report.done)}
      </p>
    );
  return (
    <p className="serif" style={{ fontSize: 18 }} role="status">
      <Status tone={toneOf(report)}>
        {t(report.verdict, { errors: sum('error'), warnings: sum('warning') })}
      </Status>
    </p>
  );
}

function Facts({ report }: { report: CheckReport }): ReactNode {
  const { t, word } = useWording();
  const formats = report.formats
    .map(
      (f) =>
        `${f.puid === null ? t('examination.formatUnknown') : `${f.name} ${f.version ?? ''} (${f.puid})`}: ${count(f.files)}`,
    )
    .join('; ');
  return (
    <dl className="facts">
      <dt>{t('examination.kind')}</dt>
      <dd>
        {word('examination.kind', report.kind)}
        {report.what && report.kind !== 'file' && <span className="soft small"> {report.what}</span>}
      </dd>
      <dt>{t('examination.why')}</dt>
      <dd>{word('examination.why', report.kind)}</dd>
      <dt>{t('examination.files')}</dt>
      <dd>
        {count(report.files)} ({bytes(report.bytes)})
      </dd>
      <dt>{t('examination.entries')}</dt>
      <dd>{count(report.listed + report.unlisted)}</dd>
      <dt>{t('examination.formats')}</dt>
      <dd>{formats}</dd>
      <dt>{t('examination.expiresAt')}</dt>
      <dd>
        <When at={report.expiresAt} />
      </dd>
    </dl>
  );
}
