import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field, Loading, Retention } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { type BatchRead, type FiledGroup, filedGroupsQuery } from './queries.ts';
import '../../styles/filing.css';

interface Chosen {
  year: number;
  retentions: string[];
  categories: string[];
  classCodes: string[];
  from: string;
  to: string;
}

const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((v) => v !== null)),
];

/** Of a year what archives take in, and all categories and classes. */
const usual = (groups: readonly FiledGroup[], year: number): Chosen => ({
  year,
  retentions: distinct(groups.filter((g) => g.year === year && g.longTerm).map((g) => g.retention)),
  categories: [],
  classCodes: [],
  from: '',
  to: '',
});

/** Makes a batch of records the agency has filed: the choice, and how much it comes to. */
export function RecordsChoice({ batch }: { batch: BatchRead }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const of = { archiveId: batch.archiveId, agencyId: batch.agency.id };
  const found = useQuery(filedGroupsQuery(of));
  const [changed, setChanged] = useState<Chosen>();
  const groups = found.data ?? [];
  const newest = groups[0]?.year;
  const chosen = changed ?? (newest === undefined ? undefined : usual(groups, newest));
  const draw = useMutation({
    mutationFn: (c: Chosen) =>
      body(
        api.PUT('/transfers/{id}/records', {
          params: { path: { id: batch.id } },
          body: {
            year: c.year,
            retentions: c.retentions,
            categories: c.categories.length > 0 ? c.categories : null,
            classCodes: c.classCodes.length > 0 ? c.classCodes : null,
            from: c.from.trim() || null,
            to: c.to.trim() || null,
          },
        }),
      ),
    onSuccess: (read) => {
      queries.setQueryData(['transfer', batch.id], read);
      setChanged(undefined);
      void queries.invalidateQueries({ queryKey: ['filing'] });
    },
  });
  if (found.isPending) return <Loading lines={3} />;
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  return (
    <section aria-label={t('transfer.fromRecords')} className="stack">
      <h2 className="fields-title">{t('transfer.fromRecords')}</h2>
      {draw.error && <Trouble error={draw.error} />}
      {chosen === undefined ? (
        <p className="small soft">{t('transfer.fromRecordsNone')}</p>
      ) : (
        <ChoiceForm
          groups={groups}
          chosen={chosen}
          pending={draw.isPending}
          onChange={setChanged}
          onDraw={() => draw.mutate(chosen)}
        />
      )}
    </section>
  );
}

function ChoiceForm(props: {
  groups: readonly FiledGroup[];
  chosen: Chosen;
  pending: boolean;
  onChange: (chosen: Chosen) => void;
  onDraw: () => void;
}): ReactNode {
  const { t, word } = useWording();
  const { groups, chosen, onChange } = props;
  const set = (more: Partial<Chosen>) => onChange({ ...chosen, ...more });
  const ofYear = groups.filter((g) => g.year === chosen.year);
  const within = (list: readonly string[], value: string | null) =>
    list.length === 0 || (value !== null && list.includes(value));
  const meant = ofYear.filter(
    (g) =>
      g.retention !== null &&
      chosen.retentions.includes(g.retention) &&
      within(chosen.categories, g.category) &&
      within(chosen.classCodes, g.classCode),
  );
  const items = meant.reduce((sum, g) => sum + g.items, 0);
  const isRange = chosen.from.trim() !== '' || chosen.to.trim() !== '';
  const classes = new Map(ofYear.map((g) => [g.classCode, g.className]));
  return (
    <div className="stack">
      <div className="choice-fields">
        <Field label={t('field.year')}>
          {(id) => (
            <Select
              id={id}
              value={chosen.year}
              onChange={(year: number) => onChange(usual(groups, year))}
              options={[...new Set(groups.map((g) => g.year))].map((value) => ({
                value,
                label: String(value),
              }))}
            />
          )}
        </Field>
        <Field label={t('field.retention')} hint={t('transfer.retentionHint')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={chosen.retentions}
              onChange={(retentions: string[]) => set({ retentions })}
              options={distinct(ofYear.map((g) => g.retention)).map((value) => ({
                value,
                label: <Retention code={value} />,
              }))}
            />
          )}
        </Field>
        <Field label={t('field.category')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={chosen.categories}
              placeholder={t('transfer.allOfThem')}
              onChange={(categories: string[]) => set({ categories })}
              options={distinct(ofYear.map((g) => g.category)).map((value) => ({
                value,
                label: word('category', value, value),
              }))}
            />
          )}
        </Field>
        <Field label={t('filingRecord.class')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={chosen.classCodes}
              placeholder={t('transfer.allOfThem')}
              onChange={(classCodes: string[]) => set({ classCodes })}
              options={distinct(ofYear.map((g) => g.classCode)).map((value) => ({
                value,
                label: classes.get(value) ?? value,
              }))}
            />
          )}
        </Field>
        <Field label={t('transfer.fromCode')}>
          {(id) => (
            <Input
              id={id}
              value={chosen.from}
              placeholder={meant[0]?.first}
              onChange={(event) => set({ from: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('transfer.toCode')}>
          {(id) => (
            <Input
              id={id}
              value={chosen.to}
              placeholder={meant.at(-1)?.last}
              onChange={(event) => set({ to: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="row">
        <Button
          type="primary"
          loading={props.pending}
          disabled={chosen.retentions.length === 0 || items === 0}
          onClick={props.onDraw}
        >
          {t('transfer.draw')}
        </Button>
        <span className="small soft" role="status">
          {t(isRange ? 'transfer.atMost' : 'transfer.comesTo', {
            items: count(items),
            size: bytes(meant.reduce((sum, g) => sum + g.bytes, 0)),
          })}
        </span>
      </div>
    </div>
  );
}
