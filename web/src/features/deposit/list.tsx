import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Code, Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useAgency } from '../filing/use-agency.ts';
import { NewDeposit } from './new.tsx';
import { type Deposit, TONES } from './queries.ts';

/** Early copies that agencies deposited: an agency's own, or of all agencies of an archive. */
export function Deposits(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const can = useCan();
  const { all } = useAgency();
  const [view, change] = useUrlState(['cursor', 'row']);
  const [making, setMaking] = useState(false);
  const query = {
    ...(archive && { archive: archive.id }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['deposits', query],
    queryFn: () => body(api.GET('/deposits', { params: { query } })),
    enabled: Boolean(archive),
    refetchInterval: (found) => (found.state.data?.items.some((d) => d.state === 'sealing') ? 2_000 : false),
  });
  if (!archive || !can('filing.read', archive.id)) return <NothingHere />;
  const mine = all.filter((a) => a.mayWrite);
  const isWhole = (d: Deposit): ReactNode =>
    d.damagedAt ? (
      <Status tone="wrong">{t('due.kind.depositDamaged')}</Status>
    ) : (
      <Status tone={TONES[d.state]}>{t(`deposit.state.${d.state}`)}</Status>
    );
  return (
    <div className="page">
      <PageHead
        title={t('deposit.title')}
        actions={
          mine.length > 0 && (
            <Button type="primary" onClick={() => setMaking(true)}>
              {t('deposit.send')}
            </Button>
          )
        }
      />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('deposit.none')}>{t('deposit.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('deposit.title')}
              rows={list.data.items}
              idOf={(d) => d.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/deposits/${row.id}`)}
              columns={[
                {
                  key: 'number',
                  title: t('deposit.number'),
                  width: '180px',
                  cell: (d) => <Code value={d.number} />,
                },
                {
                  key: 'title',
                  title: t('deposit.name'),
                  hint: (d) => d.title,
                  cell: (d) => <Link to={`/deposits/${d.id}`}>{d.title}</Link>,
                },
                {
                  key: 'agency',
                  title: t('deposit.agency'),
                  width: '150px',
                  hint: (d) => d.agency.name,
                  cell: (d) => d.agency.name,
                },
                {
                  key: 'files',
                  title: t('deposit.size'),
                  width: '170px',
                  cell: (d) =>
                    d.files > 0 ? t('transfer.sizeIs', { files: d.files, size: bytes(d.bytes) }) : '',
                },
                { key: 'state', title: t('deposit.stateTitle'), width: '130px', cell: isWhole },
                {
                  key: 'until',
                  title: t('deposit.keptUntil'),
                  width: '110px',
                  cell: (d) => d.keptUntil ?? '',
                },
                {
                  key: 'at',
                  title: t('deposit.madeBy'),
                  width: '120px',
                  cell: (d) => <When at={d.madeAt} />,
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {making && <NewDeposit agencies={mine} onClose={() => setMaking(false)} />}
    </div>
  );
}
