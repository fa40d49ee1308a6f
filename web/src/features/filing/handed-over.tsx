import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { BASE } from '../../api/client.ts';
import { Status } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { batchQuery, TONES } from '../transfer/queries.ts';

/** Of a record the batch it goes over, or went over, to the archive in, with the receipt. */
export function HandedOver({ batchId }: { batchId: string }): ReactNode {
  const { t } = useWording();
  const found = useQuery(batchQuery(batchId));
  const batch = found.data;
  return (
    <>
      <dt>{t('filingRecord.batch')}</dt>
      <dd>
        {batch && (
          <>
            <Link to={`/transfers/${batchId}`} className="code">
              {batch.number}
            </Link>{' '}
            <Status tone={TONES[batch.state]}>{t(`transfer.state.${batch.state}`)}</Status>{' '}
            {batch.hasReceipt && (
              <a href={`${BASE}/transfers/${batchId}/receipt.json`} download>
                {t('transfer.paper.receipt')}
              </a>
            )}
          </>
        )}
      </dd>
    </>
  );
}
