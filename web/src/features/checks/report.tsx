import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useNavigate, useParams } from 'react-router';
import { api, BASE, body, done } from '../../api/client.ts';
import { Loading, PageHead } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { EntryPage } from './entry.tsx';
import { Facts } from './facts.tsx';
import { Groups } from './groups.tsx';
import { Original } from './original.tsx';
import { type CheckReport, isUnderWay } from './shapes.ts';
import { CheckTree } from './tree.tsx';
import { Verdict } from './verdict.tsx';
import '../../styles/checks.css';

/** What was dropped: what it is, what is wrong and where. */
export function Check(): ReactNode {
  const { id = '' } = useParams();
  const report = useQuery({
    queryKey: ['examination', id],
    queryFn: () => body(api.GET('/examinations/{id}', { params: { path: { id } } })),
    refetchInterval: (q) => (isUnderWay(q.state.data?.state) ? 1_500 : false),
  });
  const found = report.data;
  const { t } = useWording();
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/checks', text: t('examination.title') }]}
        title={found?.name ?? ''}
        actions={found && <Acts report={found} />}
      />
      {report.error && <Trouble error={report.error} retry={() => void report.refetch()} />}
      {report.isPending && <Loading />}
      {found && (
        <div className="stack">
          <Verdict report={found} />
          {found.state === 'done' && (
            <Original>
              {found.kind === 'file' ? <SingleFile report={found} /> : <Package report={found} />}
            </Original>
          )}
        </div>
      )}
    </div>
  );
}

function Acts({ report: { id, state } }: { report: CheckReport }): ReactNode {
  const { t, language } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/examinations/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['examinations'] });
      navigate('/checks');
    },
  });
  return (
    <>
      {remove.error && <Trouble error={remove.error} />}
      {state === 'done' && (
        <>
          <Button href={`${BASE}/examinations/${id}/report.pdf?lang=${language}`}>
            {t('examination.pdf')}
          </Button>
          <Button href={`${BASE}/examinations/${id}/report.json`}>{t('examination.json')}</Button>
        </>
      )}
      <Popconfirm title={t('examination.removeSure')} onConfirm={() => remove.mutate()}>
        <Button danger loading={remove.isPending}>
          {t(isUnderWay(state) ? 'examination.stop' : 'examination.remove')}
        </Button>
      </Popconfirm>
    </>
  );
}

/** Its only entry is the file, and is shown at once. */
function SingleFile({ report }: { report: CheckReport }): ReactNode {
  return (
    <div className="stack check-single">
      <Facts report={report} />
      <Groups id={report.id} groups={report.groups} />
      <EntryPage id={report.id} entry={1} alone />
    </div>
  );
}

function Package({ report }: { report: CheckReport }): ReactNode {
  const { t } = useWording();
  const [view, change] = useUrlState(['entry']);
  const entry = view.entry ? Number(view.entry) : undefined;
  const choose = (seq: number): void => change({ entry: String(seq) }, { keepPage: true, replace: true });
  const above = useAbove(report.id, entry);
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (entry !== undefined) shown.current?.scrollIntoView({ block: 'nearest' });
  }, [entry]);
  return (
    <div className="check-columns">
      <div className="stack">
        <Facts report={report} />
        <Groups id={report.id} groups={report.groups} onEntry={choose} />
      </div>
      <div className="check-side">
        <h2>{t('examination.tree')}</h2>
        <CheckTree id={report.id} chosen={entry} above={above} onChoose={(one) => choose(one.seq)} />
        {report.unlisted > 0 && (
          <p className="soft small">{t('examination.unlisted', { n: report.unlisted })}</p>
        )}
        {entry !== undefined && (
          <div ref={shown} className="check-entry">
            <EntryPage id={report.id} entry={entry} key={entry} />
          </div>
        )}
      </div>
    </div>
  );
}

/** The folders above an entry, nearest first. */
function useAbove(id: string, entry: number | undefined): readonly number[] | undefined {
  const { data } = useQuery({
    queryKey: ['examination-above', id, entry],
    enabled: entry !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const above: number[] = [];
      for (let n = entry ?? 0; n > 0; ) {
        const { parent } = await body(
          api.GET('/examinations/{id}/entries/{n}', { params: { path: { id, n } } }),
        );
        if (parent > 0) above.push(parent);
        n = parent;
      }
      return above;
    },
  });
  return data;
}
