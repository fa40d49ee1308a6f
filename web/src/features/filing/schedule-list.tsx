import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AgencyChoice } from './agency-choice.tsx';
import type { Schedule } from './queries.ts';
import { NewSchedule } from './schedule-new.tsx';
import { useAgency } from './use-agency.ts';
import { standingOf } from './words.ts';
import '../../styles/filing.css';

/** Retention schedules: an agency's own versions, or of the archive's agencies what was submitted. */
export function Schedules(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const navigate = useNavigate();
  const archive = useArchive();
  const can = useCan();
  const agencies = useAgency();
  const { all, one, pending, error } = agencies;
  const [view, change] = useUrlState(['cursor', 'row']);
  const [drafting, setDrafting] = useState(false);
  const query = {
    ...(archive && { archive: archive.id }),
    ...(one && { agency: one.agencyId }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['filing', 'schedules', query],
    queryFn: () => body(api.GET('/filing/schedules', { params: { query } })),
    enabled: Boolean(archive) && !pending,
  });
  if (!archive || !can('filing.read', archive.id)) return <NothingHere />;
  const mine = all.filter((a) => a.mayWrite);
  const agencyName = (s: Schedule): string => all.find((a) => a.agencyId === s.agencyId)?.name ?? '';
  return (
    <div className="page">
      <PageHead
        title={t('schedule.title')}
        actions={
          mine.length > 0 && (
            <Button type="primary" onClick={() => setDrafting(true)}>
              {t('schedule.new')}
            </Button>
          )
        }
      />
      {error ? <Trouble error={error} /> : null}
      {!pending && all.length === 0 && <Empty title={t('filing.noAgency')}>{t('filing.noAgencyText')}</Empty>}
      <AgencyChoice of={agencies} everyAgency />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {all.length > 0 && list.isPending && <Loading />}
      {all.length > 0 && list.data?.items.length === 0 && (
        <Empty title={t('schedule.none')}>{t('schedule.noneText')}</Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('schedule.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/filing/schedules/${row.id}`)}
              columns={[
                {
                  key: 'title',
                  title: t('schedule.name'),
                  hint: (row) => row.title,
                  cell: (row) => <Link to={`/filing/schedules/${row.id}`}>{row.title}</Link>,
                },
                {
                  key: 'agency',
                  title: t('filing.agency'),
                  width: '180px',
                  hint: agencyName,
                  cell: agencyName,
                },
                {
                  key: 'number',
                  title: t('schedule.version'),
                  width: '90px',
                  cell: (row) => t('schedule.versionN', { n: row.number }),
                },
                {
                  key: 'lines',
                  title: t('schedule.lines'),
                  width: '72px',
                  numeric: true,
                  cell: (row) => count(row.lineCount),
                },
                {
                  key: 'state',
                  title: t('schedule.state'),
                  width: '130px',
                  cell: (row) => {
                    const { word, tone } = standingOf(wording, row);
                    return <Status tone={tone}>{word}</Status>;
                  },
                },
                {
                  key: 'from',
                  title: t('schedule.from'),
                  width: '200px',
                  cell: (row) =>
                    row.reviewDue ? (
                      <Status tone="waiting">
                        {row.inForceFrom} · {t('schedule.reviewDue')}
                      </Status>
                    ) : (
                      row.inForceFrom
                    ),
                },
                {
                  key: 'at',
                  title: t('schedule.drafted'),
                  width: '120px',
                  cell: (row) => <When at={row.draftedAt} />,
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {drafting && (
        <NewSchedule
          agencies={mine}
          {...(one && { chosen: one.agencyId })}
          onClose={() => setDrafting(false)}
        />
      )}
    </div>
  );
}
