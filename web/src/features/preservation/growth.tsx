import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { growthOf } from './keeping-queries.ts';
import type { GrowthMonth } from './shapes.ts';

const GrowthChart = lazy(async () => ({ default: (await import('./growth-chart.tsx')).GrowthChart }));

/** What was held month by month: drawn, and as the table the drawing stands for. */
export function Growth({ archiveId }: { archiveId: string | undefined }): ReactNode {
  const { t } = useWording();
  const [shown, setShown] = useState(false);
  const growth = useQuery(growthOf(archiveId));
  const months = growth.data?.months ?? [];
  return (
    <section aria-labelledby="growth-title">
      <div className="spread fields-title">
        <h2 id="growth-title">{t('keeping.growth')}</h2>
        {months.length > 0 && (
          <Button type="link" size="small" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {t('keeping.growth.table')}
          </Button>
        )}
      </div>
      {growth.error && <Trouble error={growth.error} retry={() => void growth.refetch()} />}
      {growth.isPending && <Loading lines={3} />}
      {months.length > 0 && (
        <>
          <p className="soft small">{t('keeping.growth.lead')}</p>
          <Suspense fallback={<Loading lines={3} />}>
            <GrowthChart months={months} />
          </Suspense>
          <div className={shown ? undefined : 'visually-hidden'}>
            <GrowthTable months={months} reachable={shown} />
          </div>
        </>
      )}
    </section>
  );
}

function GrowthTable({
  months,
  reachable,
}: {
  months: readonly GrowthMonth[];
  reachable: boolean;
}): ReactNode {
  const { t } = useWording();
  const table = (
    <table className="data" style={{ minWidth: 420 }} aria-label={t('keeping.growth')}>
      <thead>
        <tr>
          <th scope="col">{t('keeping.growth.month')}</th>
          <th scope="col" className="numeric">
            {t('keeping.growth.added')}
          </th>
          <th scope="col" className="numeric">
            {t('keeping.growth.addedBytes')}
          </th>
          <th scope="col" className="numeric">
            {t('keeping.growth.total')}
          </th>
          <th scope="col" className="numeric">
            {t('keeping.growth.totalBytes')}
          </th>
        </tr>
      </thead>
      <tbody>
        {months.toReversed().map((month) => (
          <tr key={month.month}>
            <th scope="row">{month.month}</th>
            <td className="numeric">{count(month.objects)}</td>
            <td className="numeric">{bytes(month.bytes)}</td>
            <td className="numeric">{count(month.totalObjects)}</td>
            <td className="numeric">{bytes(month.totalBytes)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
  return reachable ? <Scroll label={t('keeping.growth.table')}>{table}</Scroll> : table;
}
