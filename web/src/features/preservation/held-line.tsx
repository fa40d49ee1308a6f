import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Status, When } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { heldBy } from './copies.ts';
import { objectCopies, objectIdOf, objectLink } from './queries.ts';

/** In the facts about a record: how many proved copies there are, and when one was last checked. Leads to how it is held. */
export function HeldLine({ unitId }: { unitId: string }): ReactNode {
  const { t } = useWording();
  const objectId = objectIdOf(unitId);
  const found = useQuery({ ...objectCopies(objectId), retry: false });
  const to = objectLink(objectId);
  if (!found.data) return <Link to={to}>{t('object.toState')}</Link>;
  const held = heldBy(found.data.copies);
  return (
    <>
      {held.wrong.length > 0 && (
        <>
          <Status tone="wrong">{t('copy.someWrong', { n: held.wrong.length })}</Status>{' '}
        </>
      )}
      <Link to={to}>{t('copy.counts', { n: held.proved })}</Link>
      {held.lastCheck && (
        <>
          <span className="soft"> · {t('copy.lastCheck')} </span>
          <When at={held.lastCheck} />
        </>
      )}
    </>
  );
}
