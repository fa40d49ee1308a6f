import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Decide } from '../../components/decide.tsx';
import { Code, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { count } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { ArrangedCodes } from './codes.tsx';
import { ARRANGEMENT_KEYS, ARRANGEMENT_TONES, arrangementOne } from './queries.ts';

/** One move, joining, division or renumbering: what it came to, who decides about it, and how it goes on or back. */
export function ArrangementPage(): ReactNode {
  const { t, word } = useWording();
  const { id = '' } = useParams();
  const can = useCan();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const found = useQuery(arrangementOne(id));
  const path = { id };
  const renew = (): void => {
    for (const queryKey of ARRANGEMENT_KEYS) void queries.invalidateQueries({ queryKey });
  };
  const decide = useMutation({
    mutationFn: (said: { decision: 'approved' | 'declined'; note: string | null }) =>
      body(api.POST('/arrangement/{id}/decision', { params: { path }, body: said })),
    onSuccess: (begun) => {
      renew();
      message.success(word('arrange.state', begun.state));
    },
  });
  const resume = useMutation({
    mutationFn: () => body(api.POST('/arrangement/{id}/resume', { params: { path } })),
    onSuccess: renew,
  });
  const takeBack = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST('/arrangement/{id}/take-back', { params: { path }, body: { reason } })),
    onSuccess: (begun) => {
      renew();
      navigate(`/arrangement/${begun.id}`);
      if (begun.state === 'done') message.success(t('arrange.undone'));
      else message.info(t(begun.state === 'waiting' ? 'arrange.waiting' : 'arrange.job'));
    },
  });
  if (found.error instanceof ApiError && found.error.status === 404) return <NothingHere />;
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={8} />;
  const one = found.data;
  const writes = can('holdings.write', one.archiveId);
  const mayTakeBack =
    writes && one.kind !== 'back' && !one.takenBackBy && (one.state === 'done' || one.state === 'failed');
  return (
    <div className="page narrow">
      <PageHead
        crumbs={[{ to: '/changes', text: t('changes.title') }]}
        title={`${word('arrange.kind', one.kind)}${one.total > 0 ? t('arrange.entries', { n: count(one.total) }) : ''}`}
      />
      <div className="stack">
        <dl className="facts">
          <dt>{t('certificates.stateTitle')}</dt>
          <dd>
            <Status tone={ARRANGEMENT_TONES[one.state]}>{word('arrange.state', one.state)}</Status>{' '}
            {one.state === 'queued' && one.total > 0 && (
              <progress value={one.done} max={one.total} aria-label={t('arrange.state.queued')} />
            )}
          </dd>
          <dt>{t('changes.by')}</dt>
          <dd>
            {one.proposedByName}{' '}
            <span className="small soft">
              <When at={one.proposedAt} />
            </span>
          </dd>
          {one.from && (
            <>
              <dt>{t('arrange.from')}</dt>
              <dd>
                <FondsLink fonds={one.from} />
              </dd>
            </>
          )}
          {one.to && (
            <>
              <dt>{t('arrange.to')}</dt>
              <dd>
                <FondsLink fonds={one.to} />
              </dd>
            </>
          )}
          {one.reason && (
            <>
              <dt>{t('changes.reason')}</dt>
              <dd>{one.reason}</dd>
            </>
          )}
          {one.total > 0 && (
            <>
              <dt>{t('arrange.result')}</dt>
              <dd>
                {t('arrange.progress', { done: count(one.done), total: count(one.total) })}
                {one.renumbered > 0 && t('arrange.renumbered', { n: count(one.renumbered) })}
              </dd>
            </>
          )}
          {one.decidedByName && (
            <>
              <dt>{t('drafts.reviewer')}</dt>
              <dd>
                {one.decidedByName} {one.note && <q>{one.note}</q>}
              </dd>
            </>
          )}
          {one.of && (
            <>
              <dt>{t('changes.undoes')}</dt>
              <dd>
                <Link to={`/arrangement/${one.of}`}>{t('changes.theOther')}</Link>
              </dd>
            </>
          )}
          {one.takenBackBy && (
            <>
              <dt>{t('changes.undone')}</dt>
              <dd>
                <Link to={`/arrangement/${one.takenBackBy}`}>{t('changes.theOther')}</Link>
              </dd>
            </>
          )}
        </dl>
        {one.people > 0 && one.state === 'waiting' && (
          <p className="notice is-waiting">{t('arrange.people', { n: one.people })}</p>
        )}
        {one.mayDecide && (
          <section className="stack" aria-label={t('arrange.decide')}>
            {decide.error && <Trouble error={decide.error} />}
            <Decide
              note={t('arrange.note')}
              yes={t('arrange.approve')}
              no={t('arrange.decline')}
              isFinal
              pending={decide.isPending}
              onDecide={(isYes, note) => decide.mutate({ decision: isYes ? 'approved' : 'declined', note })}
            />
          </section>
        )}
        {one.state === 'failed' && (
          <section className="notice is-wrong" aria-label={t('arrange.state.failed')}>
            <p>{t(one.error === 'cancelled' ? 'arrange.cancelled' : 'arrange.failed')}</p>
            {one.error && one.error !== 'cancelled' && <p className="small">{one.error}</p>}
            {resume.error && <Trouble error={resume.error} />}
            {writes && (
              <Button size="small" type="primary" loading={resume.isPending} onClick={() => resume.mutate()}>
                {t('arrange.resume')}
              </Button>
            )}
          </section>
        )}
        {one.state === 'done' && one.total > 0 && (
          <p>
            <Link to={`/changes/${one.id}`}>{t('arrange.whatChanged')}</Link>
          </p>
        )}
        {mayTakeBack && (
          <WithReason
            act={t('arrange.takeBack')}
            what={t('arrange.takeBackWhat')}
            reason={t('changes.reason')}
            pending={takeBack.isPending}
            error={takeBack.error}
            onAct={(reason) => takeBack.mutate(reason)}
          />
        )}
        {one.renumbered > 0 && <ArrangedCodes id={id} />}
      </div>
    </div>
  );
}

function FondsLink({ fonds }: { fonds: { id: string; number: string; name: string } }): ReactNode {
  const said = (
    <>
      <Code value={fonds.number} /> {fonds.name}
    </>
  );
  return fonds.id ? <Link to={`/holdings?fonds=${fonds.id}`}>{said}</Link> : said;
}
