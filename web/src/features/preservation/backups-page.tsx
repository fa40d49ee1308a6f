import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { BACKUPS, type BackupStatus, backupStatus } from './backup-queries.ts';
import { BackupRuns, Drills, Verdict } from './backup-runs.tsx';
import { KeepingParts } from './parts.tsx';
import '../../styles/preservation.css';
import '../../styles/table.css';

/** Backups and drills of restoring them: how they stand first, then acts, then what was done. */
export function BackupsPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const status = useQuery({ ...backupStatus, enabled: can('preservation.read') });
  if (!can('preservation.read')) return <NothingHere />;
  return (
    <div className="page">
      <PageHead title={t('backups.title')} />
      <KeepingParts />
      <p className="soft">{t('backups.lead')}</p>
      {status.error && <Trouble error={status.error} retry={() => void status.refetch()} />}
      {status.isPending && <Loading />}
      {status.data && (
        <>
          <Health status={status.data} />
          <Facts status={status.data} />
          <Acts status={status.data} />
        </>
      )}
      <Drills />
      <BackupRuns />
    </div>
  );
}

function Health({ status }: { status: BackupStatus }): ReactNode {
  const { t, word } = useWording();
  if (status.findings.length === 0) return <p className="notice is-done">{t('backups.well')}</p>;
  return (
    <ul className="risks">
      {status.findings.map(({ code, severity }) => (
        <li key={code} className={`notice is-${severity === 'error' ? 'wrong' : 'waiting'}`}>
          {word('backup.health', code)}
        </li>
      ))}
    </ul>
  );
}

function Facts({ status }: { status: BackupStatus }): ReactNode {
  const { t } = useWording();
  const { made, next, drill, nextDrill, keep, place, encrypted } = status;
  return (
    <dl className="store-facts">
      <Fact name={t('backups.fact.last')}>
        {made ? <When at={made.takenAt ?? made.askedAt} /> : t('backups.never')}
      </Fact>
      <Fact name={t('backups.fact.next')}>{next ? <When at={next} /> : t('backups.noTimes')}</Fact>
      <Fact name={t('backups.fact.drill')}>
        {drill ? (
          <>
            <When at={drill.askedAt} /> <Verdict drill={drill} />
          </>
        ) : (
          t('backups.never')
        )}
      </Fact>
      <Fact name={t('backups.fact.nextDrill')}>
        {nextDrill ? <When at={nextDrill} /> : t('backups.noTimes')}
      </Fact>
      <Fact name={t('backups.fact.sealed')}>{t(encrypted ? 'backups.encrypted' : 'backups.open')}</Fact>
      {keep && <Fact name={t('backups.fact.keep')}>{t('backups.keep', keep)}</Fact>}
      {place && (
        <Fact name={t('backups.fact.place')}>
          <span className="code store-place">{place}</span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Acts({ status }: { status: BackupStatus }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: BACKUPS });
  const backUp = useMutation({ mutationFn: () => body(api.POST('/backups/runs')), onSettled: again });
  const drill = useMutation({
    mutationFn: () => body(api.POST('/backups/drills', { body: {} })),
    onSettled: again,
  });
  if (!status.mayStart) return <p className="small soft">{t('backups.who')}</p>;
  return (
    <div className="stack no-print">
      {backUp.error && <Trouble error={backUp.error} />}
      {drill.error && <Trouble error={drill.error} />}
      <div className="row">
        <Button
          type="primary"
          onClick={() => backUp.mutate()}
          loading={backUp.isPending}
          disabled={!status.placed}
        >
          {t('backups.start')}
        </Button>
        <Button onClick={() => drill.mutate()} loading={drill.isPending} disabled={!status.made}>
          {t('backups.drill')}
        </Button>
        {(backUp.isSuccess || drill.isSuccess) && (
          <span className="small soft" role="status">
            {t('backups.started')}
          </span>
        )}
      </div>
      <p className="small soft">{t('backups.drillWhat')}</p>
    </div>
  );
}
