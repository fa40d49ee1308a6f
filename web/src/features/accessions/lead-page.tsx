import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Contacts } from './contacts.tsx';
import { LeadForm } from './lead-form.tsx';
import { LEAD_TONES } from './leads.tsx';
import { CHANGED, leadOne } from './queries.ts';
import '../../styles/filing.css';
import '../../styles/authorities.css';
import '../../styles/accessions.css';

/** One lead: who holds what, what was said, what is next; won, it becomes an accession. */
export function LeadPage(): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { id = '' } = useParams();
  const [editing, setEditing] = useState(false);
  const one = useQuery(leadOne(id));
  const win = useMutation({
    mutationFn: () =>
      body(api.POST('/accession-leads/{id}/accession', { params: { path: { id } }, body: {} })),
    onSuccess: (now) => {
      queries.setQueryData(['accession-lead', id], now);
      for (const key of CHANGED)
        if (key !== 'accession-lead') void queries.invalidateQueries({ queryKey: [key] });
    },
  });
  if (one.error instanceof ApiError && one.error.status === 404) return <NothingHere />;
  if (one.error) return <Trouble error={one.error} retry={() => void one.refetch()} />;
  if (!one.data) return <Loading lines={8} />;
  const l = one.data;
  const line = (label: string, value: ReactNode): ReactNode =>
    value ? (
      <div style={{ display: 'contents' }}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ) : null;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/accessions?view=leads', text: t('accession.tab.leads') }, { text: l.number }]}
        title={l.title}
        actions={
          l.allowed.write && <Button onClick={() => setEditing(true)}>{t('accession.leads.edit')}</Button>
        }
      />
      <div className="accession-page">
        <div className="stack">
          <div>
            <Status tone={LEAD_TONES[l.state]}>{t(`accession.leads.state.${l.state}`)}</Status>
          </div>
          {win.error && <Trouble error={win.error} />}
          {l.allowed.write && !l.accession && l.state !== 'lost' && (
            <section className="next-line acts" aria-label={t('accession.leads.win')}>
              <p className="small soft">{t('accession.leads.winText')}</p>
              <Button type="primary" loading={win.isPending} onClick={() => win.mutate()}>
                {t('accession.leads.win')}
              </Button>
            </section>
          )}
          <dl className="facts">
            {line(
              t('accession.leads.accession'),
              l.accession && (
                <Link to={`/accessions/${l.accession.id}`}>
                  {l.accession.number} {l.accession.title}
                </Link>
              ),
            )}
            {line(
              t('accession.leads.holder'),
              l.sourceId ? <Link to={`/accession-sources/${l.sourceId}`}>{l.sourceName}</Link> : l.holder,
            )}
            {line(t('accession.wayLabel'), t(`accession.way.${l.way}`))}
            {line(t('accession.leads.worth'), t(`accession.leads.worth.${l.worth}`))}
            {line(t('accession.description'), l.content && <span className="remark-text">{l.content}</span>)}
            {line(t('accession.leads.nextStep'), l.nextStep)}
            {line(t('accession.leads.nextOn'), l.nextOn)}
            {line(t('accession.leads.outcome'), l.outcome)}
          </dl>
        </div>
        <Contacts of={{ kind: 'lead', id: l.id }} contacts={l.contacts} mayWrite={l.allowed.write} />
      </div>
      {editing && (
        <LeadForm
          archiveId={l.archiveId}
          lead={l}
          onClose={() => setEditing(false)}
          onDone={() => setEditing(false)}
        />
      )}
    </div>
  );
}
