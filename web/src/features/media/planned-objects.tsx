import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Code, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { objectLink } from '../preservation/queries.ts';
import { plannedObjects } from './queries.ts';

/** What lies on a medium of a plan, or was too large for one. */
export function PlannedObjects(props: { planId: string; medium?: number; tooLarge?: boolean }): ReactNode {
  const { t, word } = useWording();
  const { planId, medium, tooLarge } = props;
  const [view] = useUrlState(['cursor']);
  const found = useQuery(
    plannedObjects(planId, {
      ...(medium !== undefined && { medium }),
      ...(tooLarge && { tooLarge }),
      ...(view.cursor && { cursor: view.cursor }),
    }),
  );
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={4} />;
  const kindOf = (id: string): string =>
    word('object.kind', /^urn:lantai:(\w+):/.exec(id)?.[1], t('object.untitled'));
  return (
    <>
      <div className="table-scroll">
        <DataTable
          label={t('media.holds')}
          rows={found.data.items}
          idOf={(row) => row.objectId}
          columns={[
            {
              key: 'code',
              title: t('field.referenceCode'),
              width: '230px',
              hint: (row) => row.unit?.referenceCode,
              cell: (row) => (row.unit ? <Code value={row.unit.referenceCode} /> : '—'),
            },
            {
              key: 'title',
              title: t('field.title'),
              hint: (row) => row.unit?.title,
              cell: (row) => (
                <Link to={objectLink(row.objectId)}>{row.unit?.title ?? kindOf(row.objectId)}</Link>
              ),
            },
            {
              key: 'version',
              title: t('copy.version'),
              width: '72px',
              cell: (row) => <span className="code">{row.head}</span>,
            },
            {
              key: 'bytes',
              title: t('media.label.bytes'),
              width: '100px',
              numeric: true,
              cell: (row) => bytes(row.bytes),
            },
          ]}
        />
      </div>
      <Pager list={found.data} />
    </>
  );
}
