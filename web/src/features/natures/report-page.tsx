import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { ApiError, fileUrl } from '../../api/client.ts';
import { Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { AnswerTogether } from './answer-together.tsx';
import { ItemRow } from './item-row.tsx';
import { NATURES, type Report, reportQuery } from './queries.ts';
import { Verdict } from './runs-page.tsx';
import '../../styles/natures.css';
import '../../styles/table.css';

/** The report of one check: the result, then item by item of each nature, with what people have to answer in its place. */
export function NatureReportPage(): ReactNode {
  const { t, language } = useWording();
  const { id = '' } = useParams();
  const report = useQuery(reportQuery(id, language));
  if (report.error instanceof ApiError && report.error.status === 404) return <NothingHere />;
  if (report.error) return <Trouble error={report.error} retry={() => void report.refetch()} />;
  if (!report.data) return <Loading lines={12} />;
  const run = report.data;
  return (
    <div className="page">
      <PageHead crumbs={[{ to: '/natures', text: t('check.title') }]} title={run.title} />
      <p className="natures-verdict">
        <Verdict run={run} />
      </p>
      {run.state === 'running' && <Bar run={run} />}
      <Facts run={run} />
      {run.state === 'done' && (
        <>
          <p className="row">
            <a href={fileUrl(`/checks/${id}/report.pdf?lang=${language}`)}>{t('check.pdf')}</a>
            <a href={fileUrl(`/checks/${id}/report.xml?lang=${language}`)}>{t('check.xml')}</a>
            <a href={fileUrl(`/checks/${id}/report.json?lang=${language}`)}>{t('check.json')}</a>
          </p>
          <AnswerTogether run={run} />
          {NATURES.map((nature) => (
            <Nature key={nature} nature={nature} run={run} />
          ))}
          <p className="soft small">{t('check.numbersNote')}</p>
        </>
      )}
    </div>
  );
}

/** How far a run is. */
export function Bar({ run }: { run: Pick<Report, 'done' | 'total'> }): ReactNode {
  const { t } = useWording();
  const words = t('check.running', {
    done: count(run.done),
    total: run.total === null ? '…' : count(run.total),
  });
  return (
    <progress
      className="natures-bar"
      aria-label={words}
      value={run.total === null ? undefined : run.done}
      max={run.total ?? undefined}
    />
  );
}

function Facts({ run }: { run: Report }): ReactNode {
  const { t } = useWording();
  const stage = t(`check.stage.${run.stage}`);
  return (
    <dl className="facts">
      <dt>{t('check.stage')}</dt>
      <dd>{stage}</dd>
      <dt>{t('check.scheme')}</dt>
      <dd>
        {run.schemeVersion === 0
          ? t('check.schemeShipped')
          : t('check.schemeVersion', { name: stage, n: run.schemeVersion })}
      </dd>
      <dt>{t('check.units')}</dt>
      <dd>
        {count(run.units)} ({t('check.files')} {count(run.files)}, {bytes(run.bytes)})
      </dd>
      <dt>{t('check.operator')}</dt>
      <dd>
        {run.startedBy}, <When at={run.finishedAt ?? run.createdAt} />
      </dd>
    </dl>
  );
}

function Nature({ nature, run }: { nature: (typeof NATURES)[number]; run: Report }): ReactNode {
  const { t } = useWording();
  const items = run.items.filter((i) => i.nature === nature);
  if (items.length === 0) return null;
  const sound = items.filter((i) => i.standing === 'passed').length;
  return (
    <section aria-label={t(`check.nature.${nature}`)} className="natures-part">
      <h2>
        {t(`check.nature.${nature}`)}{' '}
        <span className="soft small">
          {sound} / {items.length}
        </span>
      </h2>
      <ul className="natures-items">
        {items.map((item) => (
          <ItemRow key={item.slug} item={item} runId={run.id} />
        ))}
      </ul>
    </section>
  );
}
