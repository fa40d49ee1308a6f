import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useAgency } from '../filing/use-agency.ts';
import { Arrivals } from './arrivals.tsx';
import { STATE_TONES } from './queries.ts';
import { SystemForm } from './system-form.tsx';

/** Systems that send to the agencies in reach, and what came in from all of them. */
export function SenderSystems(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const can = useCan();
  const { all, pending } = useAgency();
  const [view, change] = useUrlState(['cursor', 'row']);
  const [registering, setRegistering] = useState(false);
  const query = {
    ...(archive && { archive: archive.id }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['intake', 'systems', query],
    queryFn: () => body(api.GET('/intake/systems', { params: { query } })),
    enabled: Boolean(archive),
  });
  if (!archive || !can('filing.read', archive.id)) return <NothingHere />;
  const mine = all.filter((a) => a.mayConfirm);
  const agencyName = (id: string): string => all.find((a) => a.agencyId === id)?.name ?? '';
  return (
    <div className="page">
      <PageHead
        title={t('intake.title')}
        actions={
          mine.length > 0 && (
            <Button type="primary" onClick={() => setRegistering(true)}>
              {t('intake.new')}
            </Button>
          )
        }
      />
      <p className="soft">{t('intake.lead')}</p>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {(list.isPending || pending) && <Loading lines={3} />}
      {list.data?.items.length === 0 && <Empty title={t('intake.none')}>{t('intake.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('intake.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/intake/${row.id}`)}
              columns={[
                {
                  key: 'name',
                  title: t('intake.name'),
                  hint: (row) => row.settings.name,
                  cell: (row) => <Link to={`/intake/${row.id}`}>{row.settings.name}</Link>,
                },
                {
                  key: 'agency',
                  title: t('intake.agency'),
                  width: '190px',
                  hint: (row) => agencyName(row.agencyId),
                  cell: (row) => agencyName(row.agencyId),
                },
                {
                  key: 'state',
                  title: t('intake.state'),
                  width: '170px',
                  cell: (row) => (
                    <Status tone={row.wanted ? 'waiting' : STATE_TONES[row.state]}>
                      {t(row.wanted ? 'intake.state.proposed' : `intake.state.${row.state}`)}
                    </Status>
                  ),
                },
                {
                  key: 'today',
                  title: t('intake.today'),
                  width: '140px',
                  numeric: true,
                  cell: (row) => t('intake.of', { n: row.today.items, most: row.settings.dayItems }),
                },
                {
                  key: 'items',
                  title: t('intake.inAll'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => count(row.used.items),
                },
                {
                  key: 'bytes',
                  title: t('transfer.size'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => bytes(row.used.bytes),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {registering && <SystemForm agencies={mine} onClose={() => setRegistering(false)} />}
      {list.data && list.data.items.length > 0 && <Arrivals />}
    </div>
  );
}
