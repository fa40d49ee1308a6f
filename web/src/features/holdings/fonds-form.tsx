import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Fonds } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { type MessageKey, useWording } from '../../wording.tsx';

const FIELDS = ['number', 'name', 'dates', 'history', 'custody', 'scope'] as const;
type FondsField = (typeof FIELDS)[number];
const LONG: ReadonlySet<FondsField> = new Set(['history', 'custody', 'scope']);

/** Opens a new fonds, or corrects one (`fonds` given). */
export function FondsForm(props: { archiveId: string; fonds?: Fonds; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [, change] = useUrlState(['fonds']);
  const [form, setForm] = useState<Record<FondsField, string>>(() => ({
    number: props.fonds?.number ?? '',
    name: props.fonds?.name ?? '',
    dates: props.fonds?.dates ?? '',
    history: props.fonds?.history ?? '',
    custody: props.fonds?.custody ?? '',
    scope: props.fonds?.scope ?? '',
  }));
  const save = useMutation({
    mutationFn: () =>
      props.fonds
        ? body(
            api.PATCH('/fonds/{id}', {
              params: { path: { id: props.fonds.id } },
              body: { ...form, version: props.fonds.version },
            }),
          )
        : body(
            api.POST('/archives/{archiveId}/fonds', {
              params: { path: { archiveId: props.archiveId } },
              body: form,
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
  const label = (field: FondsField): MessageKey => (field === 'dates' ? 'field.dates' : `field.${field}`);
  return (
    <Drawer
      open
      size={480}
      title={t(props.fonds ? 'fonds.correct' : 'holdings.newFonds')}
      onClose={props.onClose}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={!form.number || !form.name}
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
        {FIELDS.map((field) => (
          <Field
            key={field}
            label={t(label(field))}
            needed={field === 'number' || field === 'name'}
            hint={field === 'number' ? t('fonds.numberHint') : undefined}
          >
            {(id) =>
              LONG.has(field) ? (
                <Input.TextArea
                  id={id}
                  rows={2}
                  className="grows"
                  value={form[field]}
                  onChange={(event) => setForm({ ...form, [field]: event.target.value })}
                />
              ) : (
                <Input
                  id={id}
                  value={form[field]}
                  onChange={(event) => setForm({ ...form, [field]: event.target.value })}
                />
              )
            }
          </Field>
        ))}
      </div>
    </Drawer>
  );
}
