import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DrawerForm } from '../../components/save-form.tsx';
import { Field } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { useChosenAgency } from '../filing/chosen-agency.ts';
import type { Agency } from '../filing/queries.ts';
import type { Settings, SystemRead } from './queries.ts';

const MB = 1_000_000;
const FRESH: Settings = {
  name: '',
  vendor: null,
  sends: ['records'],
  categories: null,
  dayItems: 2_000,
  dayBytes: 10_000 * MB,
  totalItems: null,
  totalBytes: null,
  addresses: null,
  validUntil: null,
  onward: 'prepare',
  drop: false,
};
const words = (text: string, by: RegExp): string[] | null => {
  const said = text
    .split(by)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return said.length > 0 ? said : null;
};

/** Registers a system, or asks for other settings of one. */
export function SystemForm(props: {
  agencies: readonly Agency[];
  system?: SystemRead;
  onClose: () => void;
}): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { system } = props;
  const [agencyId, setAgencyId] = useChosenAgency(props.agencies);
  const [form, setForm] = useState<Settings>(system?.wanted ?? system?.settings ?? FRESH);
  const [categories, setCategories] = useState(form.categories?.join(', ') ?? '');
  const [addresses, setAddresses] = useState(form.addresses?.join('\n') ?? '');
  const set = (part: Partial<Settings>): void => setForm({ ...form, ...part });
  const agency = props.agencies.find((a) => a.agencyId === agencyId);
  const save = useMutation({
    mutationFn: () => {
      const settings: Settings = {
        ...form,
        vendor: form.vendor?.trim() || null,
        categories: words(categories, /[,，、\s]+/),
        addresses: words(addresses, /[\n,，\s]+/),
      };
      if (system)
        return body(
          api.PUT('/intake/systems/{id}/settings', {
            params: { path: { id: system.id } },
            body: { settings, version: system.version },
          }),
        );
      return body(
        api.POST('/intake/systems', { body: { archiveId: agency?.archiveId ?? '', agencyId, settings } }),
      );
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['intake'] });
      props.onClose();
      navigate(`/intake/${made.id}`);
    },
  });
  const number = (
    label: string,
    value: number | null,
    apply: (n: number | null) => Partial<Settings>,
  ): ReactNode => (
    <Field label={label}>
      {(id) => (
        <InputNumber
          id={id}
          min={1}
          max={10_000_000}
          precision={0}
          style={{ width: '100%' }}
          value={value}
          onChange={(n) => set(apply(n))}
        />
      )}
    </Field>
  );
  return (
    <DrawerForm
      title={t(system ? 'intake.change' : 'intake.new')}
      size={520}
      save={save}
      act={t(system ? 'intake.change' : 'intake.new')}
      disabled={!form.name.trim() || form.sends.length === 0}
      onClose={props.onClose}
    >
      {!system && props.agencies.length > 1 && (
        <Field label={t('intake.agency')} needed>
          {(id) => (
            <Select
              id={id}
              value={agencyId}
              onChange={setAgencyId}
              options={props.agencies.map((a) => ({ value: a.agencyId, label: a.name }))}
            />
          )}
        </Field>
      )}
      <Field label={t('intake.name')} needed>
        {(id) => (
          <Input id={id} maxLength={200} value={form.name} onChange={(e) => set({ name: e.target.value })} />
        )}
      </Field>
      <Field label={t('intake.vendor')}>
        {(id) => (
          <Input
            id={id}
            maxLength={200}
            value={form.vendor ?? ''}
            onChange={(e) => set({ vendor: e.target.value })}
          />
        )}
      </Field>
      <fieldset className="field">
        <legend>{t('intake.sends')}</legend>
        <Checkbox.Group
          value={form.sends}
          onChange={(sends) => set({ sends })}
          options={(['records', 'packages', 'deposits'] as const).map((value) => ({
            value,
            label: t(`intake.sends.${value}`),
          }))}
        />
      </fieldset>
      {form.sends.includes('packages') && (
        <fieldset className="field">
          <legend>{t('intake.onward')}</legend>
          <Radio.Group
            value={form.onward}
            onChange={(e) => set({ onward: e.target.value === 'precheck' ? 'precheck' : 'prepare' })}
            options={(['prepare', 'precheck'] as const).map((value) => ({
              value,
              label: t(`intake.onward.${value}`),
            }))}
          />
        </fieldset>
      )}
      <Field label={t('intake.categories')} hint={t('intake.categoriesHint')}>
        {(id) => <Input id={id} value={categories} onChange={(e) => setCategories(e.target.value)} />}
      </Field>
      {number(t('intake.dayItems'), form.dayItems, (n) => ({ dayItems: n ?? FRESH.dayItems }))}
      {number(t('intake.dayMegabytes'), Math.round(form.dayBytes / MB), (n) => ({
        dayBytes: (n ?? 1) * MB,
      }))}
      {number(t('intake.totalItems'), form.totalItems, (n) => ({ totalItems: n }))}
      {number(t('intake.totalMegabytes'), form.totalBytes && Math.round(form.totalBytes / MB), (n) => ({
        totalBytes: n === null ? null : n * MB,
      }))}
      <Field label={t('intake.addresses')} hint={t('intake.addressesHint')}>
        {(id) => (
          <Input.TextArea id={id} rows={2} value={addresses} onChange={(e) => setAddresses(e.target.value)} />
        )}
      </Field>
      <Field label={t('intake.validUntil')}>
        {(id) => (
          <Input
            id={id}
            type="date"
            value={form.validUntil ?? ''}
            onChange={(e) => set({ validUntil: e.target.value || null })}
          />
        )}
      </Field>
      <Checkbox checked={form.drop} onChange={(e) => set({ drop: e.target.checked })}>
        {t('intake.dropWatch')}
      </Checkbox>
    </DrawerForm>
  );
}
