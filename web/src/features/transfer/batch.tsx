import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { Code, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { DepositComparison } from '../deposit/comparison.tsx';
import { agencies } from '../filing/queries.ts';
import { Remarks } from '../filing/remarks.tsx';
import { Bar } from '../natures/report-page.tsx';
import { BatchActs } from './acts.tsx';
import { BatchContent } from './content.tsx';
import { BatchFindings } from './findings.tsx';
import { BatchMedia } from './media.tsx';
import { BatchPapers } from './papers.tsx';
import { type BatchRead, batchQuery, isUnderWay, TONES } from './queries.ts';

/** One batch: where it stands, what is to be done next and by whom, what the checks found, its papers and its way. */
export function BatchPage(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const batch = useQuery(batchQuery(id));
  if (batch.error instanceof ApiError && batch.error.status === 404) return <NothingHere />;
  if (batch.error) return <Trouble error={batch.error} retry={() => void batch.refetch()} />;
  if (!batch.data) return <Loading lines={10} />;
  const b = batch.data;
  return (
    <div className="page narrow">
      <PageHead crumbs={[{ to: '/transfers', text: t('transfer.title') }]} title={b.title} />
      <div className="stack">
        <Facts batch={b} />
        <Standing batch={b} />
        <BatchContent batch={b} />
        <BatchMedia batch={b} />
        <BatchActs batch={b} />
        {b.arrivalCheck && (
          <BatchFindings batch={b} side="archive" title={t('transfer.arrivalTitle')} check={b.arrivalCheck} />
        )}
        {b.precheck && (
          <BatchFindings batch={b} side="agency" title={t('transfer.precheckTitle')} check={b.precheck} />
        )}
        <BatchPapers batch={b} />
        <DepositComparison batchId={b.id} />
        <Said batch={b} />
        <Way batch={b} />
      </div>
    </div>
  );
}

/** What agency and archive said to each other about it. */
function Said({ batch: b }: { batch: BatchRead }): ReactNode {
  const { t } = useWording();
  const reached = useQuery(agencies);
  const agency = reached.data?.find((a) => a.agencyId === b.agency.id);
  return (
    <section aria-labelledby="said-title">
      <h2 className="fields-title" id="said-title">
        {t('remark.title')}
      </h2>
      <Remarks target={{ about: 'batch', aboutId: b.id }} side={agency?.side} />
    </section>
  );
}

function Facts({ batch: b }: { batch: BatchRead }): ReactNode {
  const { t } = useWording();
  const facts: [string, ReactNode][] = [
    [t('transfer.number'), <Code key="n" value={b.number} copy />],
    [t('transfer.agency'), b.agency.name],
    [t('transfer.content'), b.content],
    [
      t('transfer.holds'),
      b.choice ? (
        <Link key="h" to={`/filing/records?agency=${b.agency.id}&year=${b.choice.year}`}>
          {t('transfer.madeOfRecords', { year: String(b.choice.year) })}
        </Link>
      ) : (
        b.packageName && `${b.packageName}${b.kind ? ` · ${b.kind}` : ''}`
      ),
    ],
    [t('transfer.entries'), b.entries > 0 ? count(b.entries) : null],
    [t('transfer.size'), b.files > 0 ? t('transfer.sizeIs', { files: b.files, size: bytes(b.bytes) }) : null],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

function Standing({ batch: b }: { batch: BatchRead }): ReactNode {
  const { t, word } = useWording();
  const why = b.failure ? word('error', b.failure, b.failure) : '';
  return (
    <div className="stack">
      <p>
        <Status tone={b.failure ? 'wrong' : TONES[b.state]}>{t(`transfer.state.${b.state}`)}</Status>
        {b.round > 1 && <span className="small soft"> · {t('transfer.round', { n: b.round })}</span>}
        {isUnderWay(b.state) && !b.failure && (
          <span className="small soft" role="status">
            {' '}
            · {t('transfer.workedOn')}
          </span>
        )}
      </p>
      {b.checking && (
        <p>
          <Bar run={b.checking} />{' '}
          <Link to={`/natures/${b.checking.id}`} className="small">
            {t('check.running', {
              done: count(b.checking.done),
              total: b.checking.total === null ? '…' : count(b.checking.total),
            })}
          </Link>
        </p>
      )}
      {b.stuck && !b.failure && (
        <div className="notice is-wrong" role="alert">
          {t('transfer.stuckLong')}
        </div>
      )}
      {b.failure && (
        <div className="notice is-wrong" role="alert">
          {t('transfer.stuck', { why })}
        </div>
      )}
      {b.state === 'blocked' && (
        <div className="notice is-wrong" role="alert">
          {t('transfer.blockedText')}
        </div>
      )}
      {b.state === 'returned' && (
        <div className="notice is-waiting" role="alert">
          <strong>{t('transfer.state.returned')}</strong>
          <p>{b.moves.findLast((m) => m.act === 'return')?.reason}</p>
        </div>
      )}
    </div>
  );
}

function Way({ batch: b }: { batch: BatchRead }): ReactNode {
  const { t } = useWording();
  return (
    <section aria-label={t('transfer.way')}>
      <h2 className="fields-title">{t('transfer.way')}</h2>
      <ol>
        {b.moves.toReversed().map((m) => (
          <li key={m.seq} className="work-row">
            <span className="small soft" style={{ minWidth: 110 }}>
              <When at={m.at} />
            </span>
            <span className="grow">
              <span className="work-title">{t(`transfer.act.${m.act}`)}</span>
              {m.reason && <span className="small">{m.reason}</span>}
            </span>
            <span className="small soft">{m.by.id === null ? t('transfer.who.system') : m.by.name}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
