import { useQueries, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { accessionsInto, accessionsOfFonds } from './queries.ts';

/**
 * The accessions something came from; nothing where none is known, or for those who do not read the register.
 *
 * @param props.into ids of the entry, of the import it came with: whatever an accession may have been arranged into
 * @param props.fondsId of a fonds, all that was registered for it too
 */
export function CameFrom(props: { archiveId: string; into: readonly string[]; fondsId?: string }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const { archiveId, into, fondsId } = props;
  const reads = can('accessions.read', archiveId);
  const registered = useQuery({
    ...accessionsOfFonds(archiveId, fondsId ?? ''),
    enabled: reads && fondsId !== undefined,
  });
  const arranged = useQueries({
    queries: into.map((id) => ({ ...accessionsInto(archiveId, id), enabled: reads })),
  });
  const found = [...(registered.data?.items ?? []), ...arranged.flatMap((f) => f.data?.items ?? [])];
  const accessions = new Map(found.map((a) => [a.id, a]));
  if (accessions.size === 0) return null;
  return (
    <section>
      <h3 className="fields-title">{t('accession.cameFrom')}</h3>
      <ul className="plain-list">
        {[...accessions.values()].map((a) => (
          <li key={a.id}>
            <Link to={`/accessions/${a.id}`}>
              {a.number} {a.title}
            </Link>
          </li>
        ))}
      </ul>
      {registered.data?.next && <p className="small soft">{t('accession.moreInRegister')}</p>}
    </section>
  );
}
