import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { type ReactNode, useState } from 'react';
import { WAYS_BY_HAND } from '#kernel/accessionWords';
import { api, body, done } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { DrawerForm } from '../../components/save-form.tsx';
import { Empty, Field, Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { FondsField } from '../holdings/fonds-field.tsx';
import { ChoiceField, DayField, SourceField, TextField } from './fields.tsx';
import { type Accrual, CHANGED } from './queries.ts';

function rhythm({ t }: Wording, months: number | null): string {
  if (months === null) return t('accession.accruals.without');
  return months === 12 ? t('accession.accruals.everyYear') : t('accession.accruals.every', { n: months });
}

/** What comes again and again, in a rhythm. */
export function AccrualList({ archiveId, mayWrite }: { archiveId: string; mayWrite: boolean }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const [view, change] = useUrlState(['cursor', 'row']);
  const [form, setForm] = useState<{ accrual?: Accrual }>();
  const query = { limit: 50, ...(view.cursor && { cursor: view.cursor }) };
  const list = useQuery({
    queryKey: ['accession-accruals', archiveId, query],
    queryFn: () =>
      body(api.GET('/archives/{archiveId}/accession-accruals', { params: { path: { archiveId }, query } })),
  });
  return (
    <>
      <div className="row accession-filters">
        {mayWrite && (
          <Button className="push" type="primary" onClick={() => setForm({})}>
            {t('accession.accruals.new')}
          </Button>
        )}
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('accession.accruals.none')}>{t('accession.accruals.noneText')}</Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('accession.tab.accruals')}
              rows={list.data.items}
              idOf={(c) => c.id}
              current={view.row}
              onCurrent={(c) => change({ row: c?.id }, { keepPage: true, replace: true })}
              onOpen={(c) => mayWrite && setForm({ accrual: c })}
              columns={[
                { key: 'title', title: t('accession.name'), hint: (c) => c.title, cell: (c) => c.title },
                {
                  key: 'source',
                  title: t('accession.source'),
                  width: '180px',
                  hint: (c) => c.sourceName,
                  cell: (c) => c.sourceName ?? '',
                },
                {
                  key: 'rhythm',
                  title: t('accession.accruals.months'),
                  width: '120px',
                  cell: (c) => rhythm(wording, c.months),
                },
                {
                  key: 'next',
                  title: t('accession.accruals.nextOn'),
                  width: '120px',
                  cell: (c) =>
                    c.ended ? (
                      <Status tone="closed">{t('accession.accruals.ended')}</Status>
                    ) : (
                      (c.nextOn ?? '')
                    ),
                },
                {
                  key: 'came',
                  title: t('accession.accruals.came'),
                  width: '90px',
                  numeric: true,
                  cell: (c) => count(c.came),
                },
                {
                  key: 'last',
                  title: t('accession.sources.lastOn'),
                  width: '110px',
                  cell: (c) => c.lastOn ?? '',
                },
                {
                  key: 'acts',
                  title: '',
                  width: '200px',
                  cell: (c) =>
                    mayWrite && (
                      <span className="row">
                        {!c.ended && (
                          <Button
                            size="small"
                            onClick={() => change({ view: undefined, do: 'new', accrual: c.id })}
                          >
                            {t('accession.accruals.register')}
                          </Button>
                        )}
                        <Button size="small" type="text" onClick={() => setForm({ accrual: c })}>
                          {t('accession.accruals.edit')}
                        </Button>
                      </span>
                    ),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {form && (
        <AccrualForm archiveId={archiveId} accrual={form.accrual} onClose={() => setForm(undefined)} />
      )}
    </>
  );
}

function AccrualForm(props: {
  archiveId: string;
  accrual: Accrual | undefined;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { accrual: old, archiveId } = props;
  const [source, setSource] = useState(
    old?.sourceId ? { id: old.sourceId, name: old.sourceName ?? '' } : undefined,
  );
  const [months, setMonths] = useState<number | null>(old ? old.months : 12);
  const [fondsId, setFondsId] = useState<string | undefined>(old?.fondsId ?? undefined);
  const [said, setSaid] = useState(() => ({
    title: old?.title ?? '',
    way: old?.way ?? ('donation' as const),
    sourceName: old && !old.sourceId ? (old.sourceName ?? '') : '',
    nextOn: old?.nextOn ?? '',
    note: old?.note ?? '',
    endedReason: old?.endedReason ?? '',
  }));
  const put = (change: { [K in keyof typeof said]?: (typeof said)[K] }): void =>
    setSaid((d) => Object.assign({}, d, change));
  const save = useMutation({
    mutationFn: async () => {
      const text = (value: string): string | null => value.trim() || null;
      const written = {
        title: said.title.trim(),
        way: said.way,
        sourceId: source?.id ?? null,
        sourceName: source ? null : text(said.sourceName),
        fondsId: fondsId ?? null,
        months,
        nextOn: text(said.nextOn),
        note: text(said.note),
      };
      if (!old)
        await body(
          api.POST('/archives/{archiveId}/accession-accruals', {
            params: { path: { archiveId } },
            body: written,
          }),
        );
      else
        await done(
          api.PATCH('/accession-accruals/{id}', {
            params: { path: { id: old.id } },
            body: Object.assign({ version: old.version, endedReason: text(said.endedReason) }, written),
          }),
        );
    },
    onSuccess: () => {
      for (const key of CHANGED) void queries.invalidateQueries({ queryKey: [key] });
      props.onClose();
    },
  });
  return (
    <DrawerForm
      title={t(old ? 'accession.accruals.edit' : 'accession.accruals.new')}
      size={520}
      save={save}
      disabled={!said.title.trim()}
      onClose={props.onClose}
    >
      <TextField label={t('accession.name')} needed value={said.title} onChange={(title) => put({ title })} />
      <div className="fields">
        <ChoiceField
          label={t('accession.wayLabel')}
          value={said.way}
          options={WAYS_BY_HAND}
          word={(w) => t(`accession.way.${w}`)}
          onChange={(way) => put({ way })}
        />
        <SourceField archiveId={archiveId} chosen={source} onChange={setSource} />
        {!source && (
          <TextField
            label={t('accession.sourceName')}
            value={said.sourceName}
            onChange={(sourceName) => put({ sourceName })}
          />
        )}
        <FondsField
          archiveId={archiveId}
          label={t('accession.fonds')}
          value={fondsId}
          onChange={setFondsId}
        />
        <Field label={t('accession.accruals.months')}>
          {(id) => (
            <InputNumber<number>
              id={id}
              min={1}
              max={1200}
              precision={0}
              value={months}
              onChange={setMonths}
            />
          )}
        </Field>
        <DayField
          label={t('accession.accruals.nextOn')}
          value={said.nextOn}
          onChange={(nextOn) => put({ nextOn })}
        />
      </div>
      <TextField label={t('accession.note')} rows={2} value={said.note} onChange={(note) => put({ note })} />
      {old && (
        <TextField
          label={t('accession.accruals.endedReason')}
          value={said.endedReason}
          onChange={(endedReason) => put({ endedReason })}
        />
      )}
    </DrawerForm>
  );
}
