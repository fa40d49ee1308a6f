import { Button, Checkbox } from 'antd';
import { type ReactNode, useState } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { useStoreName } from './copies-table.tsx';
import type { Store } from './shapes.ts';
import type { useCheck } from './use-check.ts';

/** How far verifying has come in each store, and asking for more of it. */
export function Fixity(props: {
  stores: readonly Store[];
  cycleDays: number;
  mayManage: boolean;
  /** Of the whole house, or of what is held for one archive. */
  whole: boolean;
  check: ReturnType<typeof useCheck>;
  onCheck: (repair: boolean) => void;
}): ReactNode {
  const { t } = useWording();
  const { stores, cycleDays, mayManage, whole, check } = props;
  const [repair, setRepair] = useState(true);
  const running = check.job?.state === 'running' || check.job?.state === 'queued';
  return (
    <section aria-labelledby="fixity-title">
      <h2 className="fields-title" id="fixity-title">
        {t('keeping.fixity')}
      </h2>
      <p className="soft">{t('keeping.fixity.lead', { days: cycleDays })}</p>
      <FixityTable stores={stores} />
      {check.error !== null && <Trouble error={check.error} />}
      {check.job && (
        <div className="keeping-job">
          <p className="small soft">{t('keeping.checkJob')}</p>
          <JobProgress job={check.job} />
        </div>
      )}
      {mayManage && (
        <div className="row no-print keeping-acts">
          <Button onClick={() => props.onCheck(repair)} loading={check.pending || running} disabled={running}>
            {t(whole ? 'keeping.fixity.all' : 'keeping.fixity.ofArchive')}
          </Button>
          <Checkbox checked={repair} onChange={(event) => setRepair(event.target.checked)}>
            {t('keeping.fixity.repair')}
          </Checkbox>
          {!whole && <span className="small soft">{t('keeping.fixity.ofArchiveHint')}</span>}
          {running && <span className="small soft">{t('keeping.fixity.started')}</span>}
        </div>
      )}
    </section>
  );
}

function FixityTable({ stores }: { stores: readonly Store[] }): ReactNode {
  const { t } = useWording();
  const nameOf = useStoreName();
  return (
    <Scroll label={t('keeping.fixity')}>
      <table className="data wrap" style={{ minWidth: 790 }}>
        <thead>
          <tr>
            <th scope="col">{t('copy.store')}</th>
            <th scope="col" style={{ width: 124 }}>
              {t('keeping.fixity.last')}
            </th>
            <th scope="col" style={{ width: 124 }}>
              {t('keeping.fixity.next')}
            </th>
            <th scope="col" style={{ width: 124 }}>
              {t('keeping.fixity.oldest')}
            </th>
            <th scope="col" className="numeric" style={{ width: 96 }}>
              {t('keeping.fixity.never')}
            </th>
            <th scope="col" className="numeric" style={{ width: 72 }}>
              {t('keeping.fixity.late')}
            </th>
            <th scope="col" className="numeric" style={{ width: 96 }}>
              {t('keeping.fixity.rate')}
            </th>
          </tr>
        </thead>
        <tbody>
          {stores.map((store) => {
            const { lastCheck, nextCheck, oldestCheck, neverChecked, late, bytesPerSecond } = store.fixity;
            return (
              <tr key={store.id}>
                <td>{nameOf(store)}</td>
                <td>
                  {lastCheck ? <When at={lastCheck} /> : <span className="soft">{t('copy.never')}</span>}
                </td>
                <td>{due(nextCheck, t('keeping.fixity.now'))}</td>
                <td>{oldestCheck ? <When at={oldestCheck} /> : '—'}</td>
                <td className="numeric">{count(neverChecked)}</td>
                <td className={late > 0 ? 'numeric is-bad' : 'numeric'}>{count(late)}</td>
                <td className="numeric">
                  {bytesPerSecond === null ? '—' : t('keeping.perSecond', { size: bytes(bytesPerSecond) })}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What was due is due now. */
function due(at: string | null, now: string): ReactNode {
  if (at === null) return '—';
  return Date.parse(at) <= Date.now() ? now : <When at={at} />;
}
