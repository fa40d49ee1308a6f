import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { Code, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Acts } from './acts.tsx';
import { Arranged } from './arranged.tsx';
import { Deeds } from './deeds.tsx';
import { Lateness } from './expected.tsx';
import { AccessionForm } from './form.tsx';
import { type Accession, accessionOne, TONES } from './queries.ts';
import { History, Movements, Opinions } from './sections.tsx';
import { extentText, isNothing, moneyText, spanText } from './words.ts';
import '../../styles/filing.css';
import '../../styles/authorities.css';
import '../../styles/accessions.css';

/** One accession: what it is, where it stands, what came, on what paper, where it went. */
export function AccessionPage(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const [editing, setEditing] = useState(false);
  const one = useQuery(accessionOne(id));
  if (one.error instanceof ApiError && one.error.status === 404) return <NothingHere />;
  if (one.error) return <Trouble error={one.error} retry={() => void one.refetch()} />;
  if (!one.data) return <Loading lines={10} />;
  const a = one.data;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/accessions', text: t('accession.title') }, { text: a.number }]}
        title={a.title || a.number}
        actions={a.allowed.correct && <Button onClick={() => setEditing(true)}>{t('accession.edit')}</Button>}
      />
      <div className="accession-page">
        <div className="stack">
          <div className="row">
            <Status tone={TONES[a.state]}>{t(`accession.state.${a.state}`)}</Status>
            {!isNothing(a.left) && a.dueOn && <Lateness late={daysLate(a.dueOn)} />}
          </div>
          <Outstanding a={a} />
          {a.acts.length > 0 && <Acts a={a} />}
          {a.transfer && (
            <p className="notice">
              {t('accession.byTransfer')}{' '}
              <Link to={`/transfers/${a.transfer.id}`}>
                {t('accession.transfer')} {a.transfer.number}
              </Link>
            </p>
          )}
          <Facts a={a} />
        </div>
        <div className="stack">
          {!a.transfer && <Movements a={a} />}
          <Arranged a={a} />
          {!a.transfer && <Deeds a={a} />}
          {!a.transfer && <Opinions a={a} />}
          <History id={a.id} version={a.version} />
        </div>
      </div>
      {editing && (
        <AccessionForm
          archiveId={a.archiveId}
          accession={a}
          onClose={() => setEditing(false)}
          onDone={() => setEditing(false)}
        />
      )}
    </div>
  );
}

const DAY_MS = 86_400_000;
const daysLate = (day: string): number => Math.floor((Date.now() - Date.parse(`${day}T00:00:00`)) / DAY_MS);

/** What was promised beside what came. */
function Outstanding({ a }: { a: Accession }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  if (isNothing(a.left) || a.state === 'closed') return null;
  return (
    <p className="notice is-waiting">
      {t('accession.leftOf', {
        promised: extentText(wording, a.promised),
        came: extentText(wording, a.came) || t('accession.nothingYet'),
        left: extentText(wording, a.left),
      })}
    </p>
  );
}

function Facts({ a }: { a: Accession }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const line = (label: string, value: ReactNode): ReactNode =>
    value === null || value === undefined || value === '' ? null : (
      <div style={{ display: 'contents' }}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    );
  const named = (o: { id: string; number: string; title: string }): ReactNode => (
    <Link key={o.id} to={`/accessions/${o.id}`} className="block">
      {o.number} {o.title}
    </Link>
  );
  const d = a.decision;
  return (
    <dl className="facts">
      {line(t('accession.number'), <Code value={a.number} copy />)}
      {line(t('accession.wayLabel'), t(`accession.way.${a.way}`))}
      {line(
        t('accession.source'),
        a.sourceId ? <Link to={`/accession-sources/${a.sourceId}`}>{a.sourceName}</Link> : a.sourceName,
      )}
      {line(t('accession.extent'), extentText(wording, isNothing(a.came) ? a.promised : a.came))}
      {line(t('accession.back'), extentText(wording, a.back))}
      {line(t('accession.span'), spanText(a) === '—' ? '' : spanText(a))}
      {line(
        t('accession.description'),
        a.description && <span className="remark-text">{a.description}</span>,
      )}
      {line(t('accession.registeredOn'), `${a.registeredOn} · ${a.registeredByName}`)}
      {line(t('accession.dueOn'), a.dueOn)}
      {line(t('accession.cameOn'), a.cameOn)}
      {line(t('accession.physicalState'), a.physicalState)}
      {line(t('accession.originalHolder'), [a.originalHolder, a.originalCode].filter(Boolean).join(' · '))}
      {line(t('accession.price'), a.price && `${moneyText(a.price)} · ${a.paidOn ?? t('accession.unpaid')}`)}
      {line(t('accession.paymentNote'), a.paymentNote)}
      {line(t('accession.endsOn'), a.endsOn)}
      {line(t('accession.accessTerms'), a.accessTerms)}
      {line(t('accession.reproductionTerms'), a.reproductionTerms)}
      {line(t('accession.publicationTerms'), a.publicationTerms)}
      {line(t('accession.embargoUntil'), a.embargoUntil)}
      {line(t('accession.creditLine'), a.creditLine)}
      {line(t('accession.fonds'), a.fonds && `${a.fonds.number} ${a.fonds.name}`)}
      {line(t('accession.location'), a.location)}
      {line(t('accession.accrual'), a.accrual?.title)}
      {line(t('accession.follows'), a.follows && named(a.follows))}
      {line(t('accession.followedBy'), a.followedBy.length > 0 ? a.followedBy.map(named) : null)}
      {line(t('accession.note'), a.note && <span className="remark-text">{a.note}</span>)}
      {d &&
        line(
          t('accession.section.decision'),
          <>
            {t('accession.decision.proposed', {
              name: d.proposedByName,
              verdict: t(`accession.verdict.${d.verdict}`),
            })}{' '}
            <When at={d.proposedAt} />
            {d.reason && <div>{d.reason}</div>}
            {d.decidedByName && (
              <div>
                {t('accession.decision.decided', { name: d.decidedByName })} <When at={d.decidedAt} />{' '}
                {d.note}
              </div>
            )}
          </>,
        )}
    </dl>
  );
}
