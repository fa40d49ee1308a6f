import { AutoComplete, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { UnitLevel } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { listOf } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { FORM_AREAS, LIST_FIELDS, LONG_FIELDS, OFFERED } from './areas.ts';
import { CATEGORIES, RETENTIONS } from './filters.tsx';
import { type UnitText, wrongFields } from './unit-values.ts';

export interface UnitFieldsProps {
  text: UnitText;
  /** What the unit says already. */
  kept?: UnitText;
  level: UnitLevel;
  onChange: (text: UnitText) => void;
  /** Messages of the server, by field. */
  refused?: Readonly<Record<string, string>>;
  /** Whether mistakes are shown already (after the first attempt to save). */
  strict: boolean;
}

/** The fields of a unit: what is required first, the rest by areas that stay folded until wanted. */
export function UnitFieldsForm({
  text,
  kept,
  level,
  onChange,
  refused = {},
  strict,
}: UnitFieldsProps): ReactNode {
  const { t, word, language } = useWording();
  const wrong = wrongFields(text, kept);
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () =>
      new Set(FORM_AREAS.filter(({ fields }) => fields.some((field) => text[field])).map(({ area }) => area)),
  );
  const put = (field: string, value: string): void => onChange({ ...text, [field]: value });
  const problem = (field: string): string | undefined => {
    if (refused[field]) return refused[field];
    const code = wrong[field];
    return code && (strict || text[field]) ? t(`unitForm.wrong.${code}`) : undefined;
  };
  const control = (field: string, id: string): ReactNode => {
    const value = text[field] ?? '';
    if (LONG_FIELDS.has(field) || field === 'title')
      return (
        <Input.TextArea
          id={id}
          rows={field === 'title' ? 2 : 3}
          className="grows"
          value={value}
          onChange={(event) => put(field, event.target.value)}
        />
      );
    if (field === 'category' || field === 'retention' || field === 'classification') {
      const codes =
        field === 'category'
          ? CATEGORIES
          : field === 'retention'
            ? RETENTIONS
            : (['public', 'internal'] as const);
      return (
        <Select
          id={id}
          allowClear={field !== 'classification'}
          value={value || null}
          onChange={(next: string | null) => put(field, next ?? '')}
          options={codes.map((code) => ({ value: code, label: word(field, code) }))}
        />
      );
    }
    if (OFFERED[field])
      return (
        <AutoComplete
          id={id}
          value={value}
          onChange={(next: string) => put(field, next)}
          options={OFFERED[field].filter((o) => o.includes(value)).map((offered) => ({ value: offered }))}
        />
      );
    return <Input id={id} value={value} onChange={(event) => put(field, event.target.value)} />;
  };
  const field = (name: string, more: { needed?: boolean; wide?: boolean } = {}): ReactNode => (
    <Field
      key={name}
      label={word('field', name)}
      hint={
        name === 'date' ? t('unitForm.dateHint') : LIST_FIELDS.has(name) ? t('unitForm.listHint') : undefined
      }
      wrong={problem(name)}
      {...more}
      wide={more.wide ?? LONG_FIELDS.has(name)}
    >
      {(id) => control(name, id)}
    </Field>
  );
  return (
    <>
      <div className="fields">
        {field('title', { needed: true, wide: true })}
        {field('date')}
        {level === 'item' && field('docNo')}
        {field('category')}
        {field('year')}
        {level !== 'series' && field('retention')}
        {level !== 'series' && field('pages')}
      </div>
      {FORM_AREAS.map(({ area, fields }) => {
        const open = opened.has(area);
        return (
          <fieldset key={area}>
            <h2 className="fields-title">
              <button
                type="button"
                className="plain"
                aria-expanded={open}
                onClick={() => {
                  const next = new Set(opened);
                  if (!next.delete(area)) next.add(area);
                  setOpened(next);
                }}
              >
                {open ? '▾' : '▸'} {area === 'identity' ? t('unitForm.more') : t(`area.${area}`)}{' '}
                <span className="small soft">
                  {!open &&
                    listOf(
                      language,
                      fields.map((name) => word('field', name)),
                    )}
                </span>
              </button>
            </h2>
            {open && <div className="fields">{fields.map((name) => field(name))}</div>}
          </fieldset>
        );
      })}
    </>
  );
}
