import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, done } from '../../api/client.ts';
import { Empty, Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { ByHand, TheirRequest } from './by-hand.tsx';
import { TrailPages } from './head.tsx';
import { PeerForm } from './peer-form.tsx';
import { type Peer, peers } from './queries.ts';
import '../../styles/audit.css';

/** Other installations: whom we trust, what they signed of ours, what they asked of us. */
export function Peers(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const list = useQuery(peers);
  if (!can('audit.read')) return <NothingHere />;
  return (
    <div className="page">
      <PageHead title={t('peers.title')} />
      <TrailPages />
      <p className="soft">
        {t('peers.lead')} <Link to="/audit?act=audit.countersigned">{t('peers.history')}</Link>
      </p>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={4} />}
      {list.data?.items.length === 0 && <Empty title={t('peers.none')}>{t('peers.noneText')}</Empty>}
      <ul className="audit-peers">
        {list.data?.items.map((peer) => (
          <PeerCard key={peer.name} peer={peer} />
        ))}
      </ul>
      {list.data && (
        <div className="audit-forms">
          <PeerForm addresses={list.data.addresses} />
          <TheirRequest />
        </div>
      )}
    </div>
  );
}

function PeerCard({ peer }: { peer: Peer }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [byHand, setByHand] = useState(false);
  const ask = useMutation({
    mutationFn: () => done(api.POST('/audit/peers/ask', { body: { peer: peer.name } })),
    onSuccess: () => message.success(t('peers.came')),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['audit'] }),
  });
  return (
    <li>
      <div className="spread">
        <h2>{peer.name}</h2>
        <span className="row no-print">
          {peer.address && (
            <Button type="primary" loading={ask.isPending} onClick={() => ask.mutate()}>
              {t('peers.ask')}
            </Button>
          )}
          <Button aria-expanded={byHand} onClick={() => setByHand(!byHand)}>
            {t('peers.byHand')}
          </Button>
        </span>
      </div>
      {ask.error && <Trouble error={ask.error} />}
      <dl className="audit-facts">
        <div>
          <dt>{t('peers.signed')}</dt>
          <dd>
            {peer.signed ? (
              <>
                <Link to={`/audit/checkpoints?row=${peer.signed.size}`}>
                  {t('peers.signedUpTo', { size: count(peer.signed.size) })}
                </Link>{' '}
                <span className="soft small">
                  <When at={peer.signed.madeAt} />
                </span>
              </>
            ) : (
              <span className="soft">{t('peers.never')}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('peers.asked')}</dt>
          <dd>
            {peer.seenSize > 0 ? (
              t('peers.askedUpTo', { size: count(peer.seenSize) })
            ) : (
              <span className="soft">{t('peers.never')}</span>
            )}
          </dd>
        </div>
        {peer.address && (
          <div>
            <dt>{t('peers.address')}</dt>
            <dd className="code small audit-hash">
              {peer.address} · {peer.archiveCode}
            </dd>
          </div>
        )}
        <div>
          <dt>{t('peers.fingerprint')}</dt>
          <dd>
            {peer.fingerprints.map((f) => (
              <div key={f} className="code small audit-hash">
                {f}
              </div>
            ))}
          </dd>
        </div>
      </dl>
      {byHand && <ByHand peer={peer} />}
    </li>
  );
}
