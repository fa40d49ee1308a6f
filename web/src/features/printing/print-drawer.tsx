import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Drawer, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Field, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { LANGUAGE_NAMES } from '../../lib/language.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { OrderProgress } from './order-progress.tsx';
import { Preview } from './preview.tsx';
import type { WhatToPrint } from './print-button.tsx';
import {
  type FormLanguage,
  ORDERS,
  type PrintForm,
  type PrintFormat,
  type Settings,
  settingsOf,
} from './queries.ts';
import { SettingsFields } from './settings-fields.tsx';
import '../../styles/printing.css';

/** What is printed, on which form, how; its first pages; then the job that makes the file. */
export function PrintDrawer(props: WhatToPrint & { onClose: () => void }): ReactNode {
  const { t, language } = useWording();
  const { archiveId, choice, onClose } = props;
  const list = useQuery(settingsOf(archiveId));
  const [form, setForm] = useState<PrintForm>(props.form);
  const [format, setFormat] = useState<PrintFormat>('pdf');
  /** Changed here for this job, by form. */
  const [changed, setChanged] = useState<Partial<Record<PrintForm, Settings>>>({});
  const [order, setOrder] = useState<string>();
  const queries = useQueryClient();
  const can = useCan();
  const kind = list.data?.items.find((one) => one.form === form);
  // A workbook is data taken out; paper is for all who read.
  const formats = kind?.formats.filter((one) => one === 'pdf' || can('content.export', archiveId)) ?? [];
  const settings = changed[form] ?? kind?.settings;
  // Papers of a Chinese office are Chinese whatever language one works in; others are asked for.
  const [words, setWords] = useState<FormLanguage>(language === 'zh-TW' ? 'zh-TW' : 'zh-CN');
  const asFormat = formats.includes(format) ? format : 'pdf';
  const print = useMutation({
    mutationFn: (with_: Settings) =>
      body(
        api.POST('/archives/{archiveId}/print-orders', {
          params: { path: { archiveId } },
          body: {
            form,
            format: asFormat,
            language: words,
            choice,
            settings: with_,
            name: [t(`printForm.${form}`), props.label].filter(Boolean).join(' '),
          },
        }),
      ),
    onSuccess: (made) => {
      setOrder(made.id);
      void queries.invalidateQueries({ queryKey: ORDERS });
    },
  });
  return (
    <Drawer
      open
      title={t('printing.print')}
      size={980}
      onClose={onClose}
      footer={
        order ? (
          <Button onClick={() => setOrder(undefined)}>{t('printing.again')}</Button>
        ) : (
          <div className="row">
            <Button
              type="primary"
              disabled={!settings}
              loading={print.isPending}
              onClick={() => settings && print.mutate(settings)}
            >
              {t('printing.start')}
            </Button>
            <Button onClick={onClose}>{t('act.cancel')}</Button>
          </div>
        )
      }
    >
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {print.error && <Trouble error={print.error} />}
      {!kind || !settings ? (
        !list.error && <Loading />
      ) : order ? (
        <OrderProgress id={order} onRemoved={() => setOrder(undefined)} />
      ) : (
        <div className="print-panes">
          <div className="stack">
            <p>
              {t('printing.ofWhat')}：<b>{props.words}</b>
            </p>
            <div className="row print-what">
              <Field label={t('printing.form')} wide>
                {(id) => (
                  <Select
                    id={id}
                    value={form}
                    onChange={setForm}
                    options={list.data?.items.map((one) => ({
                      value: one.form,
                      label: t(`printForm.${one.form}`),
                    }))}
                  />
                )}
              </Field>
              <Field label={t('printing.format')}>
                {(id) => (
                  <Radio.Group
                    id={id}
                    optionType="button"
                    value={asFormat}
                    onChange={(event) => setFormat(event.target.value)}
                    options={formats.map((value) => ({ value, label: `.${value}` }))}
                  />
                )}
              </Field>
            </div>
            <Field label={t('printing.words')}>
              {(id) => (
                <Select
                  id={id}
                  value={words}
                  onChange={setWords}
                  options={LANGUAGE_NAMES.map(([value, label]) => ({ value, label }))}
                />
              )}
            </Field>
            <h3>{t('printing.settings')}</h3>
            <SettingsFields
              form={form}
              uses={asFormat === 'xlsx' ? kind.uses.filter((part) => part === 'columns') : kind.uses}
              columns={kind.columns}
              settings={settings}
              onChange={(next) => setChanged({ ...changed, [form]: next })}
            />
            <Keep
              archiveId={archiveId}
              form={form}
              settings={settings}
              changed={form in changed}
              own={kind.own !== null}
              onKept={() =>
                setChanged(Object.fromEntries(Object.entries(changed).filter(([key]) => key !== form)))
              }
            />
          </div>
          {asFormat === 'pdf' && (
            <Preview archiveId={archiveId} wanted={{ form, language: words, choice, settings }} />
          )}
        </div>
      )}
    </Drawer>
  );
}

/** Makes the settings those of the archive, or goes back to those as shipped; for who may. */
function Keep(props: {
  archiveId: string;
  form: PrintForm;
  settings: Settings;
  changed: boolean;
  own: boolean;
  onKept: () => void;
}): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { archiveId, form, settings, changed, own, onKept } = props;
  const path = { archiveId, form };
  const after = (): void => {
    void queries.invalidateQueries({ queryKey: settingsOf(archiveId).queryKey });
    onKept();
  };
  const keep = useMutation({
    mutationFn: () =>
      done(api.PUT('/archives/{archiveId}/print-settings/{form}', { params: { path }, body: settings })),
    onSuccess: () => {
      message.success(t('printing.kept'));
      after();
    },
  });
  const restore = useMutation({
    mutationFn: () => done(api.DELETE('/archives/{archiveId}/print-settings/{form}', { params: { path } })),
    onSuccess: after,
  });
  const mayKeep = can('holdings.write', archiveId);
  return (
    <div className="row">
      <span className="small soft">{t(own ? 'printing.own' : 'printing.shipped')}</span>
      {mayKeep && changed && (
        <Button size="small" loading={keep.isPending} onClick={() => keep.mutate()}>
          {t('printing.keep')}
        </Button>
      )}
      {changed && (
        <Button size="small" type="link" onClick={onKept}>
          {t('act.clear')}
        </Button>
      )}
      {mayKeep && own && !changed && (
        <Button size="small" type="link" loading={restore.isPending} onClick={() => restore.mutate()}>
          {t('printing.restore')}
        </Button>
      )}
      {(keep.error ?? restore.error) && <Trouble error={keep.error ?? restore.error} />}
    </div>
  );
}
