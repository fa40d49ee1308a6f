import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { Fragment, type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { ApiError, api, BASE, body } from '../../api/client.ts';
import { Code, Field, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { bytes, today } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { DepositFiles } from './files.tsx';
import { type DepositRead, TONES } from './queries.ts';
import { Unsealings } from './unsealings.tsx';

/** One deposit: what it is, its receipt, its files by digest, who asked to look into it. */
export function DepositPage(): ReactNode {
  const { t, word } = useWording();
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['deposit', id],
    queryFn: () => body(api.GET('/deposits/{id}', { params: { path: { id } } })),
    refetchInterval: (one) => (one.state.data?.state === 'sealing' ? 1_500 : false),
  });
  if (found.error instanceof ApiError && found.error.status === 404) return <NothingHere />;
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const d = found.data;
  const why = d.failure ? word('error', d.failure, d.failure) : '';
  return (
    <div className="page narrow">
      <PageHead crumbs={[{ to: '/deposits', text: t('deposit.title') }]} title={d.title} />
      <div className="stack">
        <p>
          <Status tone={TONES[d.state]}>{t(`deposit.state.${d.state}`)}</Status>
        </p>
        {d.state === 'blocked' && <Notice tone="is-wrong">{t('deposit.blockedText')}</Notice>}
        {d.state === 'failed' && <Notice tone="is-wrong">{t('deposit.failedText', { why })}</Notice>}
        {d.state === 'sealing' && d.failure && (
          <Notice tone="is-waiting">{t('deposit.waitsText', { why })}</Notice>
        )}
        {d.damagedAt && <Notice tone="is-wrong">{t('deposit.damagedText')}</Notice>}
        {d.ended && (
          <Notice tone="is-waiting">
            {t('deposit.endedText', { by: d.ended.by, reason: d.ended.reason })}
          </Notice>
        )}
        <Facts deposit={d} />
        {d.sealedAt && (
          <p>
            <a href={`${BASE}/deposits/${d.id}/receipt.json`} download>
              {t('deposit.receipt')}
            </a>{' '}
            <span className="small soft">
              {t('deposit.receiptHint', { command: './lantai verify FILE --trust CERT' })}
            </span>
          </p>
        )}
        {d.state === 'kept' && <Unsealings deposit={d} />}
        {d.sealedAt && <DepositFiles deposit={d} />}
        {d.mayDecide && <Keeping deposit={d} />}
      </div>
    </div>
  );
}

const Notice = ({ tone, children }: { tone: string; children: ReactNode }): ReactNode => (
  <div className={`notice ${tone}`} role="alert">
    {children}
  </div>
);

function Facts({ deposit: d }: { deposit: DepositRead }): ReactNode {
  const { t } = useWording();
  const years = [d.yearFrom, d.yearTo].filter((y) => y !== null).join(' – ');
  const facts: [string, ReactNode][] = [
    [t('deposit.number'), <Code key="n" value={d.number} copy />],
    [t('deposit.agency'), d.agency.name],
    [t('deposit.system'), d.system],
    [t('deposit.category'), d.category],
    [t('deposit.years'), years],
    [t('deposit.files'), d.files > 0 ? t('transfer.sizeIs', { files: d.files, size: bytes(d.bytes) }) : null],
    [t('deposit.madeBy'), d.madeBy],
    [t('deposit.sealedAt'), d.sealedAt && <When key="s" at={d.sealedAt} />],
    [t('deposit.keptUntil'), d.keptUntil],
    [t('deposit.checkedAt'), d.checkedAt && !d.damagedAt && <When key="c" at={d.checkedAt} />],
    [t('deposit.note'), d.note],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}

/** How long it is kept: by who decides in the archive. */
function Keeping({ deposit: d }: { deposit: DepositRead }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [until, setUntil] = useState('');
  const changed = (read: DepositRead): void => {
    queries.setQueryData(['deposit', d.id], read);
    for (const key of ['deposits', 'due']) void queries.invalidateQueries({ queryKey: [key] });
  };
  const prolong = useMutation({
    mutationFn: () =>
      body(api.POST('/deposits/{id}/prolongation', { params: { path: { id: d.id } }, body: { until } })),
    onSuccess: changed,
  });
  const end = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST('/deposits/{id}/end', { params: { path: { id: d.id } }, body: { reason } })),
    onSuccess: changed,
  });
  return (
    <div className="stack">
      {prolong.error && <Trouble error={prolong.error} />}
      <form
        className="row"
        aria-label={t('deposit.prolong')}
        onSubmit={(event) => {
          event.preventDefault();
          prolong.mutate();
        }}
      >
        <Field label={t('deposit.keptUntil')}>
          {(id) => (
            <Input
              id={id}
              type="date"
              style={{ width: 170 }}
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
        <Button htmlType="submit" disabled={!until} loading={prolong.isPending}>
          {t('deposit.prolong')}
        </Button>
      </form>
      {d.keptUntil !== null && d.keptUntil <= today() && (
        <WithReason
          act={t('deposit.end')}
          what={t('deposit.endText')}
          reason={t('deposit.askReason')}
          danger
          size="middle"
          pending={end.isPending}
          error={end.error}
          onAct={(reason) => end.mutate(reason)}
        />
      )}
    </div>
  );
}
