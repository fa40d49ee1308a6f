import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, done, fileUrl } from '../../api/client.ts';
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
      <Button loading={number.isPending} onClick={() => number.mutate(true)}>
        {t('filingRecord.numberAgain')}
      </Button>
    </>
  );
}

/** The lists of DA/T 22, to be printed. */
export function Papers({ agency, year }: { agency: Agency; year: number }): ReactNode {
  const { t, language } = useWording();
  const link = (paper: string): string =>
    fileUrl(`/filing/lists/${paper}`, {
      archive: agency.archiveId,
      agency: agency.agencyId,
      year: String(year),
      lang: language,
    });
  return (
    <span className="row">
      {(
        [
          ['catalogue.pdf', 'filingList.catalogue'],
          ['note.pdf', 'filingList.note'],
          ['spines.pdf', 'filingList.spines'],
        ] as const
      ).map(([paper, name]) => (
        <a key={paper} href={link(paper)} target="_blank" rel="noreferrer">
          {t(name)}
        </a>
      ))}
    </span>
  );
}

/** What is done with several records at once. */
export function Bulk({ ids, onDone }: { ids: string[]; onDone: () => void }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
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
  const error = classify.error ?? suggest.error ?? group.error;
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
      {ids.length > 1 && (
        <Button title={t('filingRecord.groupHint')} loading={group.isPending} onClick={() => group.mutate()}>
          {t('filingRecord.group')}
        </Button>
      )}
    </section>
  );
}
