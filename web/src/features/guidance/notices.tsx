import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { today } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useAgency } from '../filing/use-agency.ts';
import { NewNotice } from './notice-new.tsx';
import type { Notice } from './queries.ts';
import '../../styles/filing.css';

/** What the archive wrote to its agencies; for an agency, what was written to it. */
export function Notices(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const can = useCan();
  const { all } = useAgency();
  const [view, change] = useUrlState(['cursor', 'row', 'open']);
  const [writing, setWriting] = useState(false);
  const query = {
    ...(archive && { archive: archive.id }),
    ...(view.open && { open: true }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['notices', query],
    queryFn: () => body(api.GET('/notices', { params: { query } })),
    enabled: Boolean(archive),
  });
  if (!archive || !can('filing.read', archive.id)) return <NothingHere />;
  const theirs = all.filter((a) => a.side === 'archive');
  const mayWrite =
    theirs.length > 0 && (can('schedule.approve', archive.id) || can('transfer.receive', archive.id));
  const noted = (n: Notice): ReactNode => {
    if (n.state === 'withdrawn') return <Status tone="closed">{t('notice.withdrawn')}</Status>;
    const whole = n.acknowledged === n.agencies;
    const isOver = !whole && n.dueOn !== null && n.dueOn < today();
    return (
      <Status tone={whole ? 'done' : isOver ? 'wrong' : 'waiting'}>
        {t('notice.noted', { n: n.acknowledged, all: n.agencies })}
      </Status>
    );
  };
  return (
    <div className="page">
      <PageHead
        title={t('notice.title')}
        actions={
          mayWrite && (
            <Button type="primary" onClick={() => setWriting(true)}>
              {t('notice.new')}
            </Button>
          )
        }
      />
      <p>
        <Checkbox
          checked={view.open === '1'}
          onChange={(event) => change({ open: event.target.checked ? '1' : undefined })}
        >
          {t('notice.onlyOpen')}
        </Checkbox>
      </p>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('notice.none')}>{t('notice.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('notice.title')}
              rows={list.data.items}
              idOf={(n) => n.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/notices/${row.id}`)}
              columns={[
                {
                  key: 'title',
                  title: t('notice.name'),
                  hint: (n) => n.title,
                  cell: (n) => <Link to={`/notices/${n.id}`}>{n.title}</Link>,
                },
                { key: 'due', title: t('notice.dueOn'), width: '120px', cell: (n) => n.dueOn ?? '' },
                { key: 'noted', title: t('notice.notedColumn'), width: '170px', cell: noted },
                { key: 'by', title: t('notice.issue'), width: '120px', cell: (n) => n.issuedBy },
                { key: 'at', title: '', width: '130px', cell: (n) => <When at={n.issuedAt} /> },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {writing && <NewNotice archiveId={archive.id} agencies={theirs} onClose={() => setWriting(false)} />}
    </div>
  );
}
