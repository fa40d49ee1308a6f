import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, api, body, fileUrl } from '../../api/client.ts';
import type { Certificate } from '../../api/shapes.ts';
import { DecisionForm } from '../../components/decision-form.tsx';
import { Code, Field, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { LANGUAGE_NAMES } from '../../lib/language.ts';
import { useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { useJob } from '../jobs/use-job.ts';
import { Applicant } from './applicant.tsx';
import { ChosenPages } from './chosen-pages.tsx';
import { CERTIFICATE_TONES } from './list.tsx';

/** One certificate from request to paper, and its revocation. */
export function CertificatePage(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const { person } = useSession();
  const can = useCan();
  const queries = useQueryClient();
  const fresh = (): void => {
    for (const queryKey of [['certificate', id], ['certificates'], ['work']])
      void queries.invalidateQueries({ queryKey });
  };
  const certificate = useQuery({
    queryKey: ['certificate', id],
    queryFn: () => body(api.GET('/certificates/{id}', { params: { path: { id } } })),
    refetchInterval: (query) => (query.state.data?.state === 'approved' ? 2000 : false),
  });
  const job = useJob(certificate.data?.state === 'approved' ? certificate.data.jobId : null, fresh);
  const decide = useMutation({
    mutationFn: (answer: { decision: 'approved' | 'rejected'; note: string }) =>
      body(api.POST('/certificates/{id}/decision', { params: { path: { id } }, body: answer })),
    onSuccess: fresh,
  });
  if (certificate.error instanceof ApiError && certificate.error.status === 404) return <NothingHere />;
  if (certificate.error)
    return <Trouble error={certificate.error} retry={() => void certificate.refetch()} />;
  if (!certificate.data) return <Loading />;
  const one = certificate.data;
  const own = one.requestedBy.id === person.id;
  const approves = can('certificate.approve', one.archiveId);
  const mayDecide = approves && !own;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/certificates', text: t('certificates.title') }]}
        title={one.number ? <Code value={one.number} copy /> : t('certificates.requestTitle')}
      />
      <div className="certificate-page">
        <div className="stack">
          <Status tone={CERTIFICATE_TONES[one.state]}>{t(`certificates.state.${one.state}`)}</Status>
          {decide.error && <Trouble error={decide.error} />}
          {one.state === 'requested' &&
            (mayDecide ? (
              <DecisionForm
                pending={decide.isPending}
                onDecide={(decision, note) => decide.mutate({ decision, note })}
              />
            ) : (
              <p className="notice is-waiting">{t(own ? 'certificates.own' : 'certificates.notYours')}</p>
            ))}
          {one.state === 'approved' &&
            (job ? <JobProgress job={job} /> : <p className="soft">{t('certificates.making')}</p>)}
          <Facts
            certificate={one}
            unmasks={can('personal.unmask', one.archiveId)}
            waits={mayDecide && one.state === 'requested'}
          />
          {one.state === 'issued' && approves && <Revoke id={id} onDone={fresh} />}
        </div>
        {one.state === 'issued' || one.state === 'revoked' ? (
          <Paper certificate={one} />
        ) : (
          <ChosenPages certificate={one} />
        )}
      </div>
    </div>
  );
}

function Facts({
  certificate: one,
  ...who
}: {
  certificate: Certificate;
  unmasks: boolean;
  waits: boolean;
}): ReactNode {
  const { t, word } = useWording();
  const line = (label: string, value: ReactNode): ReactNode =>
    value === null || value === undefined || value === '' ? null : (
      <div style={{ display: 'contents' }}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    );
  return (
    <dl className="facts">
      {line(t('certificates.matter'), one.matter)}
      {line(
        t('certificates.source'),
        <>
          <Link to={`/units/${one.unit.id}`}>{one.unit.title}</Link>
          <br />
          <Code value={one.unit.referenceCode} copy />
        </>,
      )}
      {line(t('certificates.pages'), one.pages.join(t('list.comma')))}
      {line(t('certificates.include'), t(`certificates.include.${one.include}`))}
      {line(t('certificates.applicant'), <Applicant certificate={one} {...who} />)}
      {line(t('certificates.purpose'), word('purpose', one.purpose))}
      {line(t('certificates.language'), LANGUAGE_NAMES.find(([code]) => code === one.language)?.[1])}
      {line(
        t('certificates.requestedBy'),
        <>
          {one.requestedBy.name} · <When at={one.requestedAt} />
        </>,
      )}
      {one.decidedBy &&
        line(
          t('decision.by'),
          <>
            {one.decidedBy.name} · <When at={one.decidedAt} />
          </>,
        )}
      {line(t('decision.note'), one.note)}
      {one.validUntil && line(t('certificates.validUntil'), one.validUntil)}
      {line(t('certificates.revokeReason'), one.revocationReason)}
      {one.issuedAt && line(t('certificates.issuedAt'), <When at={one.issuedAt} />)}
      {one.verifyUrl &&
        line(
          t('certificates.verify'),
          <a href={one.verifyUrl} target="_blank" rel="noreferrer">
            {one.verifyUrl}
          </a>,
        )}
      {one.sha256 && line('SHA-256', <span className="code">{one.sha256}</span>)}
    </dl>
  );
}

/** The paper itself, to look at, print and hand over. */
function Paper({ certificate }: { certificate: Certificate }): ReactNode {
  const { t } = useWording();
  const frame = useRef<HTMLIFrameElement>(null);
  const file = fileUrl(`/certificates/${certificate.id}/file`);
  return (
    <section className="stack" aria-label={t('certificates.paper')}>
      {certificate.state === 'revoked' && <p className="notice is-wrong">{t('certificates.revokedNote')}</p>}
      <div className="row no-print">
        <Button
          type="primary"
          disabled={certificate.state === 'revoked'}
          onClick={() => {
            frame.current?.focus();
            frame.current?.contentWindow?.print();
          }}
        >
          {t('act.print')}
        </Button>
        <Button href={file} download={`${certificate.number ?? certificate.id}.pdf`}>
          {t('act.download')}
        </Button>
      </div>
      <iframe ref={frame} className="paper" src={file} title={t('certificates.paper')} />
    </section>
  );
}

function Revoke({ id, onDone }: { id: string; onDone: () => void }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const revoke = useMutation({
    mutationFn: () =>
      body(api.POST('/certificates/{id}/revocation', { params: { path: { id } }, body: { reason } })),
    onSuccess: onDone,
  });
  if (!open)
    return (
      <div className="no-print">
        <Button danger onClick={() => setOpen(true)}>
          {t('certificates.revoke')}
        </Button>
      </div>
    );
  return (
    <section className="notice is-wrong stack">
      {revoke.error && <Trouble error={revoke.error} />}
      <p>{t('certificates.revokeText')}</p>
      <Field label={t('certificates.revokeReason')} needed>
        {(fieldId) => (
          <Input.TextArea id={fieldId} rows={2} value={reason} onChange={(e) => setReason(e.target.value)} />
        )}
      </Field>
      <div className="row">
        <Button
          danger
          type="primary"
          disabled={!reason.trim()}
          loading={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          {t('certificates.revoke')}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('act.cancel')}</Button>
      </div>
    </section>
  );
}
