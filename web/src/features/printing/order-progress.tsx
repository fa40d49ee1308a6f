import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import type { ReactNode } from 'react';
import { api, body, done, fileUrl } from '../../api/client.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count, dayAndTime } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { isUnderWay, ORDERS, orderOne, type PrintOrder } from './queries.ts';
import { Told } from './told.tsx';

/** How far a job is, and its file once it is made. */
export function OrderProgress({ id, onRemoved }: { id: string; onRemoved: () => void }): ReactNode {
  const { t, word } = useWording();
  const order = useQuery(orderOne(id));
  if (order.error) return <Trouble error={order.error} retry={() => void order.refetch()} />;
  if (!order.data) return <Loading lines={4} />;
  const one = order.data;
  return (
    <section className="stack print-order" aria-label={one.name}>
      <h3>{one.name}</h3>
      <p role="status">
        {t(`printing.state.${one.state}`)}
        {isUnderWay(one) && ` · ${progressWords(one, t)}`}
        {one.rate !== null && ` · ${t('printing.rate', { n: count(one.rate) })}`}
      </p>
      {isUnderWay(one) && one.total !== null && one.total > 0 && (
        <Progress percent={Math.min(100, Math.floor((one.done / one.total) * 100))} />
      )}
      {one.state === 'failed' && (
        <p className="notice is-wrong" role="alert">
          {word('error', one.failure, t('error.unknown'))}
        </p>
      )}
      {one.state === 'done' && (
        <>
          <p>
            {one.format === 'pdf' && `${t('printing.pages', { n: count(one.pages) })} · `}
            {bytes(one.bytes ?? 0)} · {t('printing.keptUntil', { day: dayAndTime(one.expiresAt).day })}
          </p>
          <Told told={one} />
        </>
      )}
      <div className="row">
        <OrderActs order={one} onRemoved={onRemoved} />
      </div>
    </section>
  );
}

function progressWords(one: PrintOrder, t: ReturnType<typeof useWording>['t']): string {
  const told = { done: count(one.done), pages: count(one.pages) };
  return one.total === null
    ? t('printing.progress', told)
    : t('printing.progressOf', { ...told, total: count(one.total) });
}

/** Takes the file, ends the job, or deletes both. */
export function OrderActs({ order, onRemoved }: { order: PrintOrder; onRemoved?: () => void }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const queries = useQueryClient();
  const path = { id: order.id };
  const again = (): void => void queries.invalidateQueries({ queryKey: ORDERS });
  const cancel = useMutation({
    mutationFn: () => body(api.POST('/print-orders/{id}/cancellation', { params: { path } })),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: () => done(api.DELETE('/print-orders/{id}', { params: { path } })),
    onSuccess: () => {
      onRemoved?.();
      again();
    },
  });
  return (
    <>
      {order.state === 'done' && (order.format === 'pdf' || can('content.export', order.archiveId)) && (
        <Button size="small" type="primary" href={fileUrl(`/print-orders/${order.id}/file`)} download>
          {t('printing.download')}
        </Button>
      )}
      {isUnderWay(order) ? (
        <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t('printing.cancel')}
        </Button>
      ) : (
        <Button size="small" type="link" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('printing.remove')}
        </Button>
      )}
      {(cancel.error ?? remove.error) && <Trouble error={cancel.error ?? remove.error} />}
    </>
  );
}
