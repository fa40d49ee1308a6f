import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useWording } from '../../wording.tsx';
import { unitDisposal } from './queries.ts';

/** On the page of a record: that it is held from destruction, stands on a list, or was destroyed. */
export function DisposalLines({ unitId }: { unitId: string }): ReactNode {
  const { t } = useWording();
  const { data } = useQuery({ ...unitDisposal(unitId), retry: false });
  if (!data) return null;
  const { destroyed, listed, legalHolds } = data;
  return (
    <>
      {destroyed?.destroyedAt && (
        <p className="notice is-closed">
          <Link to={`/disposals/${destroyed.disposalId}`}>
            {t('disposal.unitDestroyed', { number: destroyed.number })}
          </Link>
        </p>
      )}
      {listed && (
        <p className="notice is-waiting">
          <Link to={`/disposals/${listed.id}`}>
            {t('disposal.unitListed', {
              number: listed.number,
              state: t(`disposal.state.${listed.state}`),
            })}
          </Link>
        </p>
      )}
      {legalHolds.map((hold) => (
        <p key={hold.id} className="notice is-waiting">
          {t('holds.line', {
            reason: hold.reason,
            basis: hold.basis,
            until: hold.until ? t('holds.untilDay', { day: hold.until }) : t('holds.untilEnded'),
          })}{' '}
          <Link to="/legal-holds">{t('holds.see')}</Link>
        </p>
      ))}
    </>
  );
}
