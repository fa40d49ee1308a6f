import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import { useAgencies, useOrganisation } from './queries.ts';
import type { RightsChange, Wanted } from './shapes.ts';

type ReachWanted = Extract<Wanted, { kind: 'organisation' | 'fonds' }>;

/** Where a unit stood and is to stand, and the agency it, or a fonds, was and is to be of. */
export function ReachDetails({ change, wanted }: { change: RightsChange; wanted: ReachWanted }): ReactNode {
  const { t } = useWording();
  const isUnit = wanted.kind === 'organisation';
  const organisation = useOrganisation(isUnit ? change.archiveId : undefined);
  const agencies = useAgencies(change.archiveId);
  const { was, people } = change.before ?? { was: null, people: 0 };
  const unit = (id: string | null): string =>
    id === null ? t('organisation.top') : (organisation.data?.units.find((u) => u.id === id)?.name ?? '—');
  const agency = (id: string | null): string =>
    id === null ? t('rights.noAgency') : (agencies.data?.find((a) => a.id === id)?.name ?? '—');
  return (
    <>
      {isUnit && (
        <>
          <Row what={t('field.name')} before={was?.name} after={wanted.name} />
          <Row
            what={t('organisation.above')}
            before={was && unit(was.parentId)}
            after={unit(wanted.parentId)}
          />
        </>
      )}
      <Row
        what={t('organisation.agency')}
        before={was && agency(was.agencyId)}
        after={agency(wanted.agencyId)}
      />
      <dt>{t('rights.reach')}</dt>
      <dd>{t('rights.reachPeople', { n: people })}</dd>
    </>
  );
}

/** What stays is said once. */
function Row(props: { what: string; before: string | null | undefined; after: string }): ReactNode {
  const { t } = useWording();
  const { what, before, after } = props;
  return (
    <>
      <dt>{what}</dt>
      <dd>
        {before && before !== after && <div className="soft">{t('rights.before', { what: before })}</div>}
        {before && before !== after ? t('rights.after', { what: after }) : after}
      </dd>
    </>
  );
}
