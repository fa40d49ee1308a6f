import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Code, Empty, LinkButton, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useAgency } from '../filing/use-agency.ts';
import { NewBatch } from './batch-new.tsx';
import { Plans } from './plans.tsx';
import { TONES } from './queries.ts';

/** Batches on their way from agencies to the archive, with what is planned above them. */
export function Transfers(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const can = useCan();
  const { all, pending } = useAgency();
  const [view, change] = useUrlState(['cursor', 'row']);
  const [beginning, setBeginning] = useState<{ planId: string; agencyId: string } | true>();
  const query = {
    ...(archive && { archive: archive.id }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['transfers', query],
    queryFn: () => body(api.GET('/transfers', { params: { query } })),
    enabled: Boolean(archive),
  });
  if (!archive || !can('filing.read', archive.id)) return <NothingHere />;
  const mine = all.filter((a) => a.mayWrite);
  return (
    <div className="page">
      <PageHead
        title={t('transfer.title')}
        actions={
          <>
            <LinkButton to={`/transfers/states?archive=${archive.code}`}>{t('transfer.states')}</LinkButton>
            {mine.length > 0 && (
              <Button type="primary" onClick={() => setBeginning(true)}>
                {t('transfer.new')}
              </Button>
            )}
          </>
        }
      />
      <Plans
        archiveId={archive.id}
        agencies={all}
        onBegin={(plan) => setBeginning({ planId: plan.id, agencyId: plan.agencyId })}
      />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {(list.isPending || pending) && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('transfer.none')}>
          {t(mine.length > 0 ? 'transfer.noneText' : 'transfer.noneArchive')}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('transfer.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/transfers/${row.id}`)}
              columns={[
                {
                  key: 'number',
                  title: t('transfer.number'),
                  width: '170px',
                  cell: (row) => <Code value={row.number} />,
                },
                {
                  key: 'title',
                  title: t('transfer.name'),
                  hint: (row) => row.title,
                  cell: (row) => <Link to={`/transfers/${row.id}`}>{row.title}</Link>,
                },
                {
                  key: 'agency',
                  title: t('transfer.agency'),
                  width: '150px',
                  hint: (row) => row.agency.name,
                  cell: (row) => row.agency.name,
                },
                {
                  key: 'state',
                  title: t('transfer.stateTitle'),
                  width: '170px',
                  cell: (row) => (
                    <Status tone={row.failure ? 'wrong' : TONES[row.state]}>
                      {t(`transfer.state.${row.state}`)}
                    </Status>
                  ),
                },
                {
                  key: 'entries',
                  title: t('transfer.entries'),
                  width: '84px',
                  numeric: true,
                  cell: (row) => count(row.entries),
                },
                {
                  key: 'size',
                  title: t('transfer.size'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => bytes(row.bytes),
                },
                {
                  key: 'moved',
                  title: t('transfer.moved'),
                  width: '120px',
                  cell: (row) => <When at={row.movedAt} />,
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {beginning && (
        <NewBatch
          agencies={mine}
          {...(beginning === true ? {} : { plan: beginning })}
          onClose={() => setBeginning(undefined)}
        />
      )}
    </div>
  );
}
