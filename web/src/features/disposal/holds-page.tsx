import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Pager } from '../../components/pager.tsx';
import { Code, Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { today } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { HoldForm } from './hold-form.tsx';
import { DisposalParts } from './parts.tsx';
import { DISPOSAL_CHANGES, type LegalHold, legalHolds } from './queries.ts';
import '../../styles/preservation.css';

/** Marks that keep records from being destroyed: what they are on, why, and ending them. */
export function LegalHoldsPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const [view, change] = useUrlState(['cursor', 'ended']);
  const [adding, setAdding] = useState(false);
  const list = useQuery({
    ...legalHolds({
      ...(archive && { archive: archive.id }),
      ...(view.ended && { ended: true }),
      ...(view.cursor && { cursor: view.cursor }),
    }),
    enabled: archive !== undefined,
  });
  if (!archive) return <NothingHere />;
  const mayAdd = can('disposal.propose', archive.id);
  const add = mayAdd && (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('holds.add')}
    </Button>
  );
  return (
    <div className="page">
      <PageHead title={t('holds.title')} actions={add} />
      <DisposalParts />
      <p className="soft">{t('holds.lead')}</p>
      <Checkbox
        checked={view.ended === '1'}
        onChange={(event) => change({ ended: event.target.checked ? '1' : undefined })}
      >
        {t('holds.showEnded')}
      </Checkbox>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('holds.none')} />}
      {list.data && list.data.items.length > 0 && (
        <>
          <ul className="stores" aria-label={t('holds.title')}>
            {list.data.items.map((hold) => (
              <OneHold key={hold.id} hold={hold} />
            ))}
          </ul>
          <Pager list={list.data} />
        </>
      )}
      {adding && <HoldForm archiveId={archive.id} onClose={() => setAdding(false)} />}
    </div>
  );
}

const isOver = (hold: LegalHold): boolean => hold.until !== null && hold.until < today();

function OneHold({ hold }: { hold: LegalHold }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const { on } = hold;
  const over = isOver(hold);
  return (
    <li className="store">
      <div className="spread">
        <h2>
          {on ? (
            hold.unitId ? (
              <Link to={`/units/${hold.unitId}`}>
                <Code value={on.referenceCode} /> {on.title}
              </Link>
            ) : (
              <Link to={`/holdings?fonds=${hold.fondsId}`}>
                {t('holds.fonds')} {on.referenceCode} {on.title !== on.referenceCode && on.title}
              </Link>
            )
          ) : (
            t('holds.hidden')
          )}
        </h2>
        <Status tone={hold.endedAt || over ? 'closed' : 'waiting'}>
          {hold.endedAt
            ? t('holds.ended', { who: hold.endedBy ?? '' })
            : t(over ? 'holds.over' : 'holds.living')}
        </Status>
      </div>
      <dl className="store-facts">
        <div>
          <dt>{t('holds.reason')}</dt>
          <dd>{hold.reason}</dd>
        </div>
        <div>
          <dt>{t('holds.basis')}</dt>
          <dd>{hold.basis}</dd>
        </div>
        <div>
          <dt>{t('holds.until')}</dt>
          <dd>{hold.until ?? t('holds.untilEnded')}</dd>
        </div>
        <div>
          <dt>{t('holds.setBy')}</dt>
          <dd>
            {hold.setBy} · <When at={hold.setAt} />
          </dd>
        </div>
        {hold.endedAt && (
          <div>
            <dt>{t('holds.lift.reason')}</dt>
            <dd>
              {hold.endReason} · <When at={hold.endedAt} />
            </dd>
          </div>
        )}
      </dl>
      {!hold.endedAt && !over && can('disposal.decide', hold.archiveId) && <Lift id={hold.id} />}
    </li>
  );
}

/** Ending a mark says what follows, and asks why. */
function Lift({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const lift = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST('/legal-holds/{id}/end', { params: { path: { id } }, body: { reason } })),
    onSuccess: () => {
      for (const queryKey of DISPOSAL_CHANGES) void queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <WithReason
      act={t('holds.lift')}
      what={t('holds.lift.what')}
      reason={t('holds.lift.reason')}
      pending={lift.isPending}
      error={lift.error}
      onAct={lift.mutate}
    />
  );
}
