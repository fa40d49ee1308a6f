import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Empty, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AlarmList } from './alarm-list.tsx';
import { backupStatus } from './backup-queries.ts';
import { FailureList } from './failure-list.tsx';
import { Fixity } from './fixity.tsx';
import { Growth } from './growth.tsx';
import { HeldNatures } from './held-natures.tsx';
import { overviewOf, segmentsState, storeList } from './keeping-queries.ts';
import { useMayForHouse } from './may-for-house.ts';
import { KeepingParts } from './parts.tsx';
import { RiskList } from './risk-list.tsx';
import { risksOf } from './risks.ts';
import { SegmentsLine } from './segments-line.tsx';
import { StoresTable } from './stores-table.tsx';
import { useCheck } from './use-check.ts';
import '../../styles/preservation.css';
import '../../styles/table.css';

/** How the holdings are kept: what is at risk first, then alarms, verifying, what is wrong, stores, growth. */
export function StatePage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const mayRead = can('preservation.read', archive?.id);
  const overview = useQuery({ ...overviewOf(archive?.id), enabled: mayRead });
  const stores = useQuery({ ...storeList, enabled: mayRead });
  const segments = useQuery({ ...segmentsState, enabled: mayRead });
  const backups = useQuery({ ...backupStatus, enabled: mayRead });
  const check = useCheck();
  const mayForHouse = useMayForHouse('preservation.manage');
  if (!archive || !mayRead) return <NothingHere />;
  const mayManage = can('preservation.manage', archive.id);
  // A check of everything is the whole house's, asked for at its top; below it, of what is held for the archive.
  const whole = mayForHouse && archive.parentId === null;
  const checkAll = (repair: boolean): void =>
    check.ask({ repair, ...(whole ? {} : { archiveId: archive.id }) });
  const inUse = (stores.data?.items ?? []).filter((s) => s.state === 'active' || s.state === 'draining');
  const lastCheck = inUse
    .flatMap((store) => store.fixity.lastCheck ?? [])
    .sort()
    .at(-1);
  return (
    <div className="page">
      <PageHead crumbs={[{ text: nameOf(archive) }]} title={t('keeping.title')} />
      <KeepingParts />
      {overview.error && <Trouble error={overview.error} retry={() => void overview.refetch()} />}
      {stores.error && <Trouble error={stores.error} retry={() => void stores.refetch()} />}
      {(overview.isPending || stores.isPending) && <Loading lines={10} />}
      {overview.data && stores.data && (
        <>
          {overview.data.objects === 0 ? (
            <Empty title={t('keeping.title')}>{t('keeping.none')}</Empty>
          ) : (
            <p className="keeping-lead">
              {t('keeping.lead', {
                objects: count(overview.data.objects),
                size: bytes(overview.data.bytes),
                wanted: overview.data.copiesWanted,
                stores: overview.data.stores,
              })}
            </p>
          )}
          <section aria-labelledby="risks-title">
            <h2 className="fields-title" id="risks-title">
              {t('keeping.risks')}
            </h2>
            <RiskList
              risks={risksOf(
                {
                  overview: overview.data,
                  stores: stores.data.items,
                  segments: segments.data,
                  backups: backups.data?.findings,
                },
                new Date(),
              )}
              lastCheck={lastCheck ?? null}
              mayManage={mayManage}
              busy={check.pending || check.job?.state === 'running'}
              onCheck={checkAll}
            />
          </section>
          <AlarmList archiveId={archive.id} mayManage={mayManage} />
          <HeldNatures archiveId={archive.id} code={archive.code} />
          <Fixity
            stores={inUse}
            cycleDays={overview.data.cycleDays}
            mayManage={mayManage}
            whole={whole}
            check={check}
            onCheck={checkAll}
          />
          <FailureList archiveId={archive.id} />
          <section aria-labelledby="stores-title">
            <h2 className="fields-title" id="stores-title">
              {t('keeping.stores')}
            </h2>
            <StoresTable stores={inUse} />
          </section>
          {segments.data && <SegmentsLine state={segments.data} />}
          <Growth archiveId={archive.id} />
        </>
      )}
    </div>
  );
}
