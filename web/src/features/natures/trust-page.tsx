import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, done } from '../../api/client.ts';
import { Loading, PageHead, Status, type Tone, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { type TrustedCertificate, trustQuery } from './queries.ts';
import { ProposeTrust } from './trust-new.tsx';
import '../../styles/natures.css';

const TONES: Readonly<Record<TrustedCertificate['state'], Tone>> = {
  proposed: 'waiting',
  inForce: 'done',
  declined: 'closed',
  ended: 'closed',
};
const PARTS = [
  { title: 'trust.waiting', states: ['proposed'] },
  { title: 'trust.inForce', states: ['inForce'] },
  { title: 'trust.former', states: ['declined', 'ended'] },
] as const;

/** Whose signatures an archive trusts when it checks, and which certificates await a decision. */
export function TrustPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const sees =
    archive !== undefined && (can('preservation.read', archive.id) || can('filing.read', archive.id));
  const all = useQuery({ ...trustQuery(archive?.id ?? ''), enabled: sees });
  if (!archive || !sees) return <NothingHere />;
  const manages = can('preservation.manage', archive.id);
  return (
    <div className="page narrow">
      <PageHead crumbs={[{ to: '/natures', text: t('check.title') }]} title={t('trust.title')} />
      <div className="stack">
        <p>{t('trust.hint')}</p>
        {manages && <ProposeTrust archiveId={archive.id} />}
        {all.error && <Trouble error={all.error} retry={() => void all.refetch()} />}
        {all.isPending && <Loading lines={6} />}
        {all.data && !all.data.some((c) => c.state === 'inForce') && (
          <p className="soft">{t('trust.none')}</p>
        )}
        {PARTS.map(({ title, states }) => {
          const some = all.data?.filter((c) => states.some((s) => s === c.state)) ?? [];
          if (some.length === 0) return null;
          return (
            <section key={title} aria-label={t(title)}>
              <h2>{t(title)}</h2>
              <ul className="stack">
                {some.map((c) => (
                  <One key={c.id} certificate={c} manages={manages} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </div>
  );
}

function One({ certificate: c, manages }: { certificate: TrustedCertificate; manages: boolean }): ReactNode {
  const { t, word } = useWording();
  const day = (at: string) => at.slice(0, 10);
  const isOver = c.notAfter < new Date().toISOString();
  return (
    <li className="stack">
      <div className="row">
        <strong className="grow">{c.subject}</strong>
        <Status tone={TONES[c.state]}>{t(`trust.state.${c.state}`)}</Status>
      </div>
      <p>{c.usedFor}</p>
      <dl className="facts">
        <dt>{t('trust.issuer')}</dt>
        <dd>{c.issuer}</dd>
        <dt>{t('trust.serial')}</dt>
        <dd className="code">{c.serial}</dd>
        <dt>{t('trust.validity')}</dt>
        <dd>
          {day(c.notBefore)} – {day(c.notAfter)}{' '}
          {isOver && c.state === 'inForce' && <span className="small soft">{t('trust.expired')}</span>}
        </dd>
        <dt>{t('trust.algorithm')}</dt>
        <dd>
          {word('trust.algorithm', c.algorithm ?? 'other')}
          {' · '}
          {t(c.mayIssue ? 'trust.issues' : 'trust.ownOnly')}
        </dd>
        <dt>{t('trust.fingerprint')}</dt>
        <dd className="code natures-fingerprint">{c.fingerprint.replace(/(..)(?=.)/g, '$1 ')}</dd>
      </dl>
      <p className="small soft">
        {t('trust.proposedBy', { name: c.proposedBy })} <When at={c.proposedAt} />
        {c.decidedBy && (
          <>
            {' · '}
            {t('trust.decidedBy', { name: c.decidedBy })} <When at={c.decidedAt} />
          </>
        )}
        {c.endedBy && (
          <>
            {' · '}
            {t('trust.endedBy', { name: c.endedBy })} <When at={c.endedAt} /> {c.endReason}
          </>
        )}
      </p>
      {manages && c.state === 'proposed' && !c.mine && <Decide id={c.id} />}
      {manages && c.state === 'inForce' && <End id={c.id} />}
    </li>
  );
}

function useDone(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['natures', 'trust'] });
}

function Decide({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      done(api.POST('/trusted-certificates/{id}/decision', { params: { path: { id } }, body: { approve } })),
    onSuccess: useDone(),
  });
  return (
    <div className="stack">
      <p>{t('trust.compareFirst')}</p>
      <div className="row">
        <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
          {t('trust.approve')}
        </Button>
        <Button disabled={decide.isPending} onClick={() => decide.mutate(false)}>
          {t('trust.decline')}
        </Button>
      </div>
      {decide.error && <Trouble error={decide.error} />}
    </div>
  );
}

function End({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const end = useMutation({
    mutationFn: (reason: string) =>
      done(api.POST('/trusted-certificates/{id}/end', { params: { path: { id } }, body: { reason } })),
    onSuccess: useDone(),
  });
  return (
    <WithReason
      act={t('trust.end')}
      what={t('trust.hint')}
      reason={t('trust.endReason')}
      danger
      pending={end.isPending}
      error={end.error}
      onAct={(reason) => end.mutate(reason)}
    />
  );
}
