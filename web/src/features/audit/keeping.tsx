import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, done } from '../../api/client.ts';
import { Loading, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type Keeping, keeping } from './queries.ts';

/** How the trail is kept: how long it is, who signed it when, where the second copies lie, when it was verified. */
export function KeepingState(): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const state = useQuery(keeping);
  const verify = useMutation({
    mutationFn: () => done(api.POST('/audit/verifications')),
    onSettled: () => void queries.invalidateQueries({ queryKey: keeping.queryKey }),
  });
  if (state.error) return <Trouble error={state.error} retry={() => void state.refetch()} />;
  if (!state.data) return <Loading lines={4} />;
  const { placed, waiting, last, verifying } = state.data;
  return (
    <section aria-label={t('trail.state')} className="audit-keeping">
      <dl className="audit-facts">
        <div>
          <dt>{t('trail.placed')}</dt>
          <dd>
            {count(placed)}{' '}
            {waiting > 0 && <span className="soft small">{t('trail.waiting', { n: count(waiting) })}</span>}
          </dd>
        </div>
        <div>
          <dt>{t('trail.lastSigned')}</dt>
          <dd>
            {last ? <When at={last.madeAt} /> : '—'}{' '}
            <a className="small" href="/api/v1/audit/trust.pem" download="lantai.pem">
              {t('trail.ourKey')}
            </a>
          </dd>
        </div>
        <Copies state={state.data} />
        <div>
          <dt>{t('trail.verified')}</dt>
          <dd className="stack">
            <Verifications state={state.data} />
            {verify.error && <Trouble error={verify.error} />}
            {verifying ? (
              <p role="status" className="soft small">
                {t('trail.verifying')}
              </p>
            ) : (
              <div>
                <Button loading={verify.isPending} onClick={() => verify.mutate()}>
                  {t('trail.verify')}
                </Button>
              </div>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Copies({ state: { copies, last } }: { state: Keeping }): ReactNode {
  const { t } = useWording();
  return (
    <div>
      <dt>{t('trail.copies')}</dt>
      <dd>
        <ul>
          {copies.map((c) => (
            <li key={c.name} className="row">
              <span className="code small audit-hash">{c.name}</span>
              {c.size === null ? (
                <Status tone="wrong">{t('trail.copyUnread')}</Status>
              ) : c.size < (last?.size ?? 0) ? (
                <Status tone="waiting">{t('trail.copyBehind', { size: count(c.size) })}</Status>
              ) : (
                <Status tone="done">{t('trail.copyWhole')}</Status>
              )}
            </li>
          ))}
        </ul>
        {copies.length < 2 && <p className="soft small">{t('trail.oneCopy')}</p>}
      </dd>
    </div>
  );
}

function Verifications({ state: { verifications } }: { state: Keeping }): ReactNode {
  const { t } = useWording();
  if (verifications.length === 0) return <p className="soft">{t('trail.verifiedNever')}</p>;
  return (
    <>
      <ul>
        {verifications.map((v) => (
          <li key={v.at} className="row">
            <When at={v.at} />
            <Status tone={v.valid ? 'done' : 'wrong'}>
              {v.valid ? t('trail.whole') : t('trail.broken', { findings: v.findings })}
            </Status>
            <span className="soft small">
              {t('trail.verifiedBy', { by: v.by, entries: count(v.entries) })}
            </span>
          </li>
        ))}
      </ul>
      {verifications.some((v) => !v.valid) && <p className="soft small">{t('trail.look')}</p>}
    </>
  );
}
