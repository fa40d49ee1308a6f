import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Fonds } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { ELSEWHERE } from './areas.ts';
import { ElementFields } from './element-fields.tsx';
import { descriptionForm, useJudged } from './form-queries.ts';
import { refusals } from './unit-new.tsx';
import type { UnitText } from './unit-values.ts';

/** Elements that are columns of a fonds, by the keys of the scheme; the others stand in its description. */
const COLUMNS = {
  title: 'name',
  date: 'dates',
  history: 'history',
  custody: 'custody',
  scope: 'scope',
} as const;
type Column = keyof typeof COLUMNS;
const isColumn = (key: string): key is Column => Object.hasOwn(COLUMNS, key);

/** A fonds as its form has it, by the keys of the scheme. */
function textOf(fonds: Fonds | undefined): UnitText {
  const text: UnitText = { ...fonds?.description };
  for (const [key, column] of Object.entries(COLUMNS)) text[key] = fonds?.[column] ?? '';
  return text;
}

/** The form as the API takes it: columns flat, the rest below `description`; emptied ones null. */
function written(text: UnitText) {
  const description: Record<string, string | null> = {};
  for (const [key, value] of Object.entries(text))
    if (!isColumn(key)) description[key] = value.trim() === '' ? null : value.trim();
  const column = (key: Column): string => (text[key] ?? '').trim();
  return {
    name: column('title'),
    dates: column('date'),
    history: column('history'),
    custody: column('custody'),
    scope: column('scope'),
    description,
  };
}

/** Opens a new fonds, or corrects one (`fonds` given). */
export function FondsForm(props: { archiveId: string; fonds?: Fonds; onClose: () => void }): ReactNode {
  const wording = useWording();
  const { t, language } = wording;
  const queries = useQueryClient();
  const [, change] = useUrlState(['fonds']);
  const [number, setNumber] = useState(props.fonds?.number ?? '');
  const [text, setText] = useState<UnitText>(() => textOf(props.fonds));
  const form = useQuery(descriptionForm(props.archiveId, 'fonds'));
  const fields = (form.data?.fields ?? []).filter((field) => !ELSEWHERE.has(field.key));
  const judged = useJudged({
    archiveId: props.archiveId,
    level: 'fonds',
    values: { ...text, referenceCode: number },
  });
  const lacking = (judged?.findings ?? []).filter((f) => f.weight === 'gap');
  const save = useMutation({
    mutationFn: () =>
      props.fonds
        ? body(
            api.PATCH('/fonds/{id}', {
              params: { path: { id: props.fonds.id } },
              body: { ...written(text), version: props.fonds.version },
            }),
          )
        : body(
            api.POST('/archives/{archiveId}/fonds', {
              params: { path: { archiveId: props.archiveId } },
              body: { ...written(text), number },
            }),
          ),
    onSuccess: async (fonds) => {
      await Promise.all(
        [['tree-fonds'], ['fonds'], ['fonds-list']].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      );
      change({ fonds: fonds.id, parent: undefined });
      props.onClose();
    },
  });
  return (
    <Drawer
      open
      size={640}
      title={t(props.fonds ? 'fonds.correct' : 'holdings.newFonds')}
      onClose={props.onClose}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={!number || !(text.title ?? '').trim()}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t('act.save')}
          </Button>
          <Button onClick={props.onClose}>{t('act.cancel')}</Button>
        </div>
      }
    >
      <div className="stack">
        {save.error && <Trouble error={save.error} />}
        <Field label={t('field.number')} needed hint={t('fonds.numberHint')}>
          {(id) => (
            <Input
              id={id}
              disabled={props.fonds !== undefined}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </Field>
        {form.error && <Trouble error={form.error} retry={() => void form.refetch()} />}
        <ElementFields
          fields={fields.map((field) =>
            field.key === 'title'
              ? { ...field, names: { ...field.names, [language]: t('field.name') } }
              : field,
          )}
          text={text}
          onChange={setText}
          judged={judged}
          wrong={refusals(save.error, wording)}
          strict={false}
        />
        {lacking.length > 0 && (
          <p className="small soft" role="status">
            {t('fonds.lacking', { n: lacking.length })}
          </p>
        )}
      </div>
    </Drawer>
  );
}
