import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Popconfirm, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body, done } from '../../api/client.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import type { Agency } from './queries.ts';

const ORDERS = ['date', 'docNo', 'title', 'entered'] as const;

/** Gives the records of a year their numbers, in an order somebody chooses. */
export function Numbering({ agency, year }: { agency: Agency; year: number }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [order, setOrder] = useState<(typeof ORDERS)[number]>('date');
  const number = useMutation({
    mutationFn: (again: boolean) =>
      body(
        api.POST('/filing/records/numbering', {
          body: { archiveId: agency.archiveId, agencyId: agency.agencyId, year, order, again },
        }),
      ),
    onSuccess: ({ numbered, left }) => {
      void queries.invalidateQueries({ queryKey: ['filing'] });
      if (left.length === 0) message.success(t('filingRecord.numbered', { n: numbered }));
      else message.warning(t('filingRecord.numberedLeft', { n: numbered, left: left.length }));
    },
    onError: () => message.error(t('error.unknown')),
  });
  return (
    <>
      <Select
        aria-label={t('filingRecord.order')}
        value={order}
        onChange={setOrder}
        className="order-choice"
        options={ORDERS.map((value) => ({ value, label: t(`filingRecord.order.${value}`) }))}
      />
      <Button loading={number.isPending} onClick={() => number.mutate(false)}>
        {t('filingRecord.number')}
      </Button>
      <Popconfirm
        title={t('filingRecord.numberAgain')}
        description={t('filingRecord.numberAgainSure')}
        okText={t('filingRecord.numberAgain')}
        cancelText={t('act.cancel')}
        onConfirm={() => number.mutate(true)}
      >
        <Button loading={number.isPending}>{t('filingRecord.numberAgain')}</Button>
      </Popconfirm>
    </>
  );
}

/** What is done with several records at once. */
export function Bulk({
  agency,
  ids,
  onDone,
}: {
  agency: Agency;
  ids: string[];
  onDone: () => void;
}): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [retention, setRetention] = useState('');
  const [classCode, setClassCode] = useState('');
  const [boxNo, setBoxNo] = useState<number | null>(null);
  const settled = (): void => {
    void queries.invalidateQueries({ queryKey: ['filing'] });
    onDone();
  };
  const classify = useMutation({
    mutationFn: () =>
      done(
        api.POST('/filing/records/classification', {
          body: {
            ids,
            ...(retention.trim() && { retention: retention.trim() }),
            ...(classCode.trim() && { classCode: classCode.trim() }),
            ...(boxNo !== null && { boxNo }),
          },
        }),
      ),
    onSuccess: settled,
  });
  const suggest = useMutation({
    mutationFn: () => body(api.POST('/filing/records/suggested', { body: { ids } })),
    onSuccess: ({ classified, left }) => {
      message.success(t('filingRecord.suggestedAll', { n: classified, left }));
      settled();
    },
  });
  const group = useMutation({
    mutationFn: () =>
      body(
        api.POST('/filing/records/{id}/parts', {
          params: { path: { id: ids[0] ?? '' } },
          body: { parts: ids.slice(1).map((id) => ({ id })) },
        }),
      ),
    onSuccess: settled,
  });
  const check = useMutation({
    mutationFn: () => {
      const { archiveId, agencyId, name } = agency;
      const title = `${name} · ${t('list.chosen', { n: ids.length })}`;
      return body(api.POST('/filing/records/checks', { body: { archiveId, agencyId, ids, title } }));
    },
    onSuccess: ({ id }) => navigate(`/natures/${id}`),
  });
  const error = classify.error ?? suggest.error ?? group.error ?? check.error;
  return (
    <section className="row choices-row" aria-label={t('list.chosen', { n: ids.length })}>
      {error && <Trouble error={error} />}
      <span>{t('list.chosen', { n: ids.length })}</span>
      <Button loading={suggest.isPending} onClick={() => suggest.mutate()}>
        {t('filingRecord.suggestAll')}
      </Button>
      <Input
        className="short"
        aria-label={t('field.retention')}
        placeholder={t('field.retention')}
        value={retention}
        onChange={(event) => setRetention(event.target.value)}
      />
      <Input
        className="short"
        aria-label={t('filingRecord.classCode')}
        placeholder={t('filingRecord.classCode')}
        value={classCode}
        onChange={(event) => setClassCode(event.target.value)}
      />
      <InputNumber
        className="short"
        aria-label={t('filingRecord.box')}
        placeholder={t('filingRecord.box')}
        min={1}
        value={boxNo}
        onChange={setBoxNo}
      />
      <Button
        disabled={!retention.trim() && !classCode.trim() && boxNo === null}
        loading={classify.isPending}
        onClick={() => classify.mutate()}
      >
        {t('filingRecord.classify')}
      </Button>
      <Button loading={check.isPending} onClick={() => check.mutate()}>
        {t('check.ofSelection')}
      </Button>
      {ids.length > 1 && (
        <Button title={t('filingRecord.groupHint')} loading={group.isPending} onClick={() => group.mutate()}>
          {t('filingRecord.group')}
        </Button>
      )}
    </section>
  );
}
