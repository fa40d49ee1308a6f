import { Checkbox, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { Field } from '../../components/small.tsx';
import { type MessageKey, useWording } from '../../wording.tsx';
import { ColumnsField } from './columns-field.tsx';
import type { FormSettings, PrintForm, SettingPart, Settings } from './queries.ts';

const PAPERS = ['A4', 'A3', 'A5', 'B5', 'K16'] as const;
const SIDES = ['top', 'right', 'bottom', 'left'] as const;
const PLACES = ['left', 'center', 'right'] as const;
const THICKNESSES = [20, 30, 40, 50] as const;
const CODES = ['both', 'code128', 'qr'] as const;
const PLACEHOLDERS = ['{page}', '{pages}', '{title}', '{archive}', '{fondsNo}', '{fondsName}', '{date}'];

/** What of the settings a form uses. */
export function SettingsFields({
  form,
  uses,
  columns,
  settings,
  onChange,
}: {
  form: PrintForm;
  uses: readonly SettingPart[];
  columns: FormSettings['columns'];
  settings: Settings;
  onChange: (next: Settings) => void;
}): ReactNode {
  const { t } = useWording();
  const set = (change: Partial<Settings>): void => onChange({ ...settings, ...change });
  const has = (part: SettingPart): boolean => uses.includes(part);
  const box = (
    key: 'landscape' | 'fillRows' | 'cover' | 'perClass' | 'trueSize' | 'bilingual',
    word: MessageKey,
  ) => (
    <Checkbox checked={settings[key]} onChange={(event) => set({ [key]: event.target.checked })}>
      {t(word)}
    </Checkbox>
  );
  return (
    <div className="stack print-settings">
      {has('page') && (
        <div className="row">
          <Field label={t('printing.paper')}>
            {(id) => (
              <Select
                id={id}
                size="small"
                value={settings.paper}
                onChange={(paper) => set({ paper })}
                options={PAPERS.map((value) => ({ value, label: t(`printing.paper.${value}`) }))}
              />
            )}
          </Field>
          {box('landscape', 'printing.landscape')}
        </div>
      )}
      {has('page') && (
        <fieldset className="plain">
          <legend>{t('printing.margins')}</legend>
          <div className="row">
            {SIDES.map((side) => (
              <Measure
                key={side}
                label={t(`printing.margin.${side}`)}
                value={settings.margins[side]}
                least={0}
                most={100}
                onChange={(value) => set({ margins: { ...settings.margins, [side]: value } })}
              />
            ))}
          </div>
        </fieldset>
      )}
      {(has('type') || has('rows')) && (
        <div className="row">
          {has('type') && (
            <>
              <Measure
                label={t('printing.fontSize')}
                value={settings.fontSize}
                least={6}
                most={24}
                onChange={(fontSize) => set({ fontSize })}
              />
              <Measure
                label={t('printing.titleSize')}
                value={settings.titleSize}
                least={8}
                most={60}
                onChange={(titleSize) => set({ titleSize })}
              />
            </>
          )}
          {has('rows') && (
            <Measure
              label={t('printing.rowHeight')}
              value={settings.rowHeight}
              least={4}
              most={60}
              onChange={(rowHeight) => set({ rowHeight })}
            />
          )}
        </div>
      )}
      <div className="row">
        {has('rows') && box('fillRows', 'printing.fillRows')}
        {has('cover') && box('cover', 'printing.cover')}
        {has('perClass') && box('perClass', 'printing.perClass')}
        {has('bilingual') && box('bilingual', 'printing.bilingual')}
        {has('box') && box('trueSize', 'printing.trueSize')}
      </div>
      {has('box') && (
        <Field label={t('printing.thickness')}>
          {(id) => (
            <Select
              id={id}
              size="small"
              value={settings.thickness}
              onChange={(thickness) => set({ thickness })}
              options={THICKNESSES.map((value) => ({ value, label: String(value) }))}
            />
          )}
        </Field>
      )}
      {has('labels') && (
        <fieldset className="plain">
          <legend>{t('printing.labelGrid')}</legend>
          <div className="row">
            {(['columns', 'rows', 'width', 'height', 'gapX', 'gapY'] as const).map((key) => (
              <Measure
                key={key}
                label={t(`printing.label.${key}`)}
                value={settings.labels[key]}
                least={key === 'gapX' || key === 'gapY' ? 0 : 1}
                most={300}
                whole={key === 'columns' || key === 'rows'}
                onChange={(value) => set({ labels: { ...settings.labels, [key]: value } })}
              />
            ))}
          </div>
          <Field label={t('printing.labelCode')}>
            {(id) => (
              <Select
                id={id}
                size="small"
                value={settings.labelCode}
                onChange={(labelCode) => set({ labelCode })}
                options={CODES.map((value) => ({ value, label: t(`printing.labelCode.${value}`) }))}
              />
            )}
          </Field>
        </fieldset>
      )}
      {has('title') && (
        <Field label={t('printing.formTitle')} wide>
          {(id) => (
            <Input
              id={id}
              size="small"
              maxLength={100}
              value={settings.title}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Field>
      )}
      {has('running') &&
        (['header', 'footer'] as const).map((band) => (
          <fieldset key={band} className="plain">
            <legend>{t(`printing.${band}`)}</legend>
            <div className="print-running">
              {PLACES.map((place) => (
                <Input
                  key={place}
                  size="small"
                  maxLength={200}
                  aria-label={`${t(`printing.${band}`)} ${t(`printing.running.${place}`)}`}
                  value={settings[band][place]}
                  onChange={(event) => set({ [band]: { ...settings[band], [place]: event.target.value } })}
                />
              ))}
            </div>
          </fieldset>
        ))}
      {has('running') && (
        <p className="small soft">{t('printing.placeholders', { list: PLACEHOLDERS.join(' ') })}</p>
      )}
      {has('columns') && (
        <ColumnsField
          form={form}
          known={columns}
          shown={settings.columns}
          onChange={(next) => set({ columns: next })}
        />
      )}
    </div>
  );
}

function Measure(props: {
  label: string;
  value: number;
  least: number;
  most: number;
  whole?: boolean;
  onChange: (value: number) => void;
}): ReactNode {
  const { label, value, least, most, whole = false, onChange } = props;
  return (
    <Field label={label}>
      {(id) => (
        <InputNumber
          id={id}
          size="small"
          style={{ width: 76 }}
          min={least}
          max={most}
          step={whole ? 1 : 0.5}
          {...(whole && { precision: 0 })}
          value={value}
          onChange={(next) => next !== null && onChange(next)}
        />
      )}
    </Field>
  );
}
