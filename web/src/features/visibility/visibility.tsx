import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Unit } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { LeaveFor } from '../leave/for-one.tsx';
import { type Viewers, viewers } from './queries.ts';
import { Reasons } from './reasons.tsx';

/** Who sees a record and why; for those who keep it, the leave given in single cases too. */
export function Visibility({ unit }: { unit: Unit }): ReactNode {
  const keeps = useCan()('grants.manage', unit.archive.id);
  return (
    <div className="stack">
      {keeps && <Who unitId={unit.id} />}
      <Reasons unitId={unit.id} ofOthers={keeps} />
      {keeps && unit.level !== 'series' && <LeaveFor archiveId={unit.archive.id} on={{ unitId: unit.id }} />}
    </div>
  );
}

type Seer = Viewers['people'][number];

function Who({ unitId }: { unitId: string }): ReactNode {
  const { t, language } = useWording();
  const found = useQuery(viewers(unitId));
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading lines={4} />;
  const { everybody, people, more } = found.data;
  const acts = (sights: Viewers['everybody']): string =>
    listOf(
      language,
      sights.map((s) => t(`visibility.sight.${s}`)),
    );
  const columns: Column<Seer>[] = [
    { key: 'name', title: t('visibility.person'), width: '110px', cell: (p) => p.name },
    { key: 'user', title: t('visibility.username'), width: '110px', cell: (p) => p.username },
    {
      key: 'by',
      title: t('visibility.by'),
      width: '110px',
      cell: (p) =>
        listOf(
          language,
          p.by.map((b) => t(`visibility.by.${b}`)),
        ),
    },
    { key: 'may', title: t('visibility.may'), hint: (p) => acts(p.sights), cell: (p) => acts(p.sights) },
  ];
  return (
    <section aria-label={t('visibility.who')}>
      <h3>{t('visibility.who')}</h3>
      <p>
        {everybody.length > 0
          ? t('visibility.everybody', { sights: acts(everybody) })
          : t('visibility.nobody')}
      </p>
      {more && <p role="status">{t('visibility.more')}</p>}
      <DataTable label={t('visibility.who')} columns={columns} rows={people} idOf={(p) => p.id} />
    </section>
  );
}
