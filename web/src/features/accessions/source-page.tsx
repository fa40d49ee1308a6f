import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Field, Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Contacts } from './contacts.tsx';
import { Honours } from './honours.tsx';
import { type Source, sourceOne, TONES } from './queries.ts';
import { Section } from './sections.tsx';
import { DATA, SourceForm } from './source-form.tsx';
import { extentText, isNothing } from './words.ts';
import '../../styles/filing.css';
import '../../styles/authorities.css';
import '../../styles/accessions.css';

const REASONS = ['toReach', 'toPay', 'correction', 'inquiry', 'inspection', 'other'] as const;
type Reason = (typeof REASONS)[number];
type Full = NonNullable<Source['data']>;

/** One source: what came of it, what was said, what it wishes, how it was honoured. */
export function SourcePage(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { id = '' } = useParams();
  const [full, setFull] = useState<Full>();
  const [editing, setEditing] = useState(false);
  const one = useQuery(sourceOne(id));
  const show = useMutation({
    mutationFn: (asked: { reason: Reason; words?: string }) =>
      body(api.POST('/accession-sources/{id}/full', { params: { path: { id } }, body: asked })),
    onSuccess: setFull,
  });
  if (one.error instanceof ApiError && one.error.status === 404) return <NothingHere />;
  if (one.error) return <Trouble error={one.error} retry={() => void one.refetch()} />;
  if (!one.data) return <Loading lines={8} />;
  const s = one.data;
  const shown = full ?? s.data;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/accessions?view=sources', text: t('accession.tab.sources') }, { text: s.name }]}
        title={s.name}
        actions={
          s.allowed.write && (
            <Button
              loading={show.isPending}
              onClick={() =>
                full
                  ? setEditing(true)
                  : show.mutate({ reason: 'correction' }, { onSuccess: () => setEditing(true) })
              }
            >
              {t('accession.sources.edit')}
            </Button>
          )
        }
      />
      <div className="accession-page">
        <div className="stack">
          <dl className="facts">
            <dt>{t('accession.sources.kindLabel')}</dt>
            <dd>
              {t(`accession.sources.kind.${s.kind}`)}
              {s.anonymous && ` · ${t('accession.sources.anonymous')}`}
            </dd>
            {s.authorityId && (
              <>
                <dt>{t('accession.sources.authority')}</dt>
                <dd>
                  <Link to={`/authorities/${s.authorityId}`}>{s.name}</Link>
                </dd>
              </>
            )}
            {s.wishes && (
              <>
                <dt>{t('accession.sources.wishes')}</dt>
                <dd className="remark-text">{s.wishes}</dd>
              </>
            )}
            {s.note && (
              <>
                <dt>{t('accession.note')}</dt>
                <dd className="remark-text">{s.note}</dd>
              </>
            )}
          </dl>
          <Section title={t('accession.sources.data')}>
            {show.error && <Trouble error={show.error} />}
            {shown ? (
              <dl className="facts">
                {(['name', ...DATA] as const).map((key) =>
                  shown[key] ? (
                    <div key={key} style={{ display: 'contents' }}>
                      <dt>{t(`accession.sources.data.${key}`)}</dt>
                      <dd>{shown[key]}</dd>
                    </div>
                  ) : null,
                )}
              </dl>
            ) : (
              <p className="soft">{t('accession.sources.broken')}</p>
            )}
            {!full && s.allowed.show && shown && (
              <Why pending={show.isPending} onAsk={(asked) => show.mutate(asked)} />
            )}
          </Section>
          <Contacts of={{ kind: 'source', id: s.id }} contacts={s.contacts} mayWrite={s.allowed.write} />
        </div>
        <div className="stack">
          <Section title={t('accession.sources.given')}>
            <ul className="authority-records">
              {s.accessions.map((a) => (
                <li key={a.id}>
                  <div className="row">
                    <span className="soft small relation-type">{a.registeredOn}</span>
                    <span className="grow">
                      <Link to={`/accessions/${a.id}`}>{a.title}</Link>{' '}
                      <span className="small soft">
                        {extentText(wording, isNothing(a.came) ? a.promised : a.came)}
                      </span>
                    </span>
                    <Status tone={TONES[a.state]}>{t(`accession.state.${a.state}`)}</Status>
                  </div>
                </li>
              ))}
            </ul>
          </Section>
          <Honours source={s} />
          {s.leads.length > 0 && (
            <Section title={t('accession.sources.leads')}>
              <ul className="authority-records">
                {s.leads.map((l) => (
                  <li key={l.id}>
                    <Link to={`/accession-leads/${l.id}`}>{l.title}</Link>{' '}
                    <span className="small soft">{t(`accession.leads.state.${l.state}`)}</span>
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
      </div>
      {editing && full && (
        <SourceForm
          archiveId={s.archiveId}
          source={s}
          full={full}
          onClose={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            setFull(undefined);
          }}
        />
      )}
    </div>
  );
}

/** Asks for the reason before anything is shown. */
function Why(props: {
  pending: boolean;
  onAsk: (asked: { reason: Reason; words?: string }) => void;
}): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState<Reason>();
  const [words, setWords] = useState('');
  if (!open)
    return (
      <Button size="small" onClick={() => setOpen(true)}>
        {t('personal.show')}
      </Button>
    );
  const isOther = reason === 'other';
  return (
    <section className="notice stack no-print" aria-label={t('personal.show')}>
      <Field label={t('personal.why')} needed hint={t('personal.trail')}>
        {(id) => (
          <Select
            id={id}
            style={{ width: '100%' }}
            value={reason}
            onChange={setReason}
            options={REASONS.map((value) => ({ value, label: t(`accession.sources.reason.${value}`) }))}
          />
        )}
      </Field>
      {isOther && (
        <Field label={t('personal.why.words')} needed>
          {(id) => <Input id={id} maxLength={300} value={words} onChange={(e) => setWords(e.target.value)} />}
        </Field>
      )}
      <div className="row">
        <Button
          type="primary"
          loading={props.pending}
          disabled={!reason || (isOther && !words.trim())}
          onClick={() => reason && props.onAsk({ reason, ...(isOther && { words: words.trim() }) })}
        >
          {t('personal.show')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('act.cancel')}</Button>
      </div>
    </section>
  );
}
