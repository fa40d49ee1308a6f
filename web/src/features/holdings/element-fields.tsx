import { type ReactNode, useRef, useState } from 'react';
import type { FormField, Judged } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { listOf } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { WithSuggestions } from '../desk/suggestions.tsx';
import type { Desk } from '../desk/use-desk.ts';
import { BY_NUMBER, LIST_FIELDS } from './areas.ts';
import { ElementControl } from './element-control.tsx';
import { termName } from './form-queries.ts';
import type { UnitText } from './unit-values.ts';
import '../../styles/holdings.css';

/** The elements of a form by the areas of DA/T 18; optional ones that are empty stay folded, each with its rule beside it. */
export function ElementFields(props: {
  fields: readonly FormField[];
  text: UnitText;
  onChange: (text: UnitText) => void;
  judged: Judged | undefined;
  /** What may be meant, where one describes an entry. */
  desk?: Desk;
  /** Messages of the server or of the form itself, by field; they come before what was judged. */
  wrong: Readonly<Record<string, string>>;
  /** Whether what is lacking is told in the colour of a mistake. */
  strict: boolean;
}): ReactNode {
  const { t, language } = useWording();
  const { fields, text, onChange, judged, desk, wrong, strict } = props;
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  // What one has begun to fill in does not fold away while it is emptied again.
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  // Two fields may change before the form is drawn again: each goes on from what the other left.
  const latest = useRef(text);
  latest.current = text;
  const put = (key: string, next: string): void => {
    latest.current = { ...latest.current, [key]: next };
    onChange(latest.current);
  };
  const areas = [...new Set(fields.map((field) => field.area))];
  const isShown = (field: FormField): boolean =>
    (text[field.key] ?? '') !== '' ||
    touched.has(field.key) ||
    wrong[field.key] !== undefined ||
    (field.obligation !== 'optional' && !BY_NUMBER.has(field.key)) ||
    Boolean(judged?.filled[field.key]) ||
    (desk?.of(field.key).length ?? 0) > 0;
  const draw = (field: FormField): ReactNode => {
    const { key } = field;
    const value = text[key] ?? '';
    const found = judged?.findings.filter((f) => f.field === key) ?? [];
    const bad = found.find((f) => f.weight === 'error' && (value !== '' || strict));
    const gap = found.find((f) => f.weight === 'gap');
    // What the desk says of it, with what it might be instead, need not be said twice.
    const told = desk?.of(key).some((s) => s.kind === 'flags');
    const odd = value === '' || told ? undefined : found.find((f) => f.weight === 'warning');
    const says = (f: { says: string; source: string }): string =>
      f.source ? t('unitForm.bySource', { says: f.says, source: f.source }) : f.says;
    const inherited = value === '' ? judged?.inherited[key] : undefined;
    const filled = value === '' ? judged?.filled[key] : undefined;
    const hints = [
      odd && says(odd),
      inherited &&
        t('unitForm.inherited', {
          from: inherited.from.referenceCode ?? inherited.from.title,
          value: termName(field, inherited.value, language),
        }),
      filled && t('unitForm.filled', { value: termName(field, filled, language) }),
      field.help?.[language],
      key === 'date' ? t('unitForm.dateHint') : undefined,
      LIST_FIELDS.has(key) ? t('unitForm.listHint') : undefined,
      field.obligation === 'conditional' && value === '' ? t('unitForm.conditional') : undefined,
    ].filter((hint): hint is string => Boolean(hint));
    const change = (next: string): void => {
      if (!touched.has(key)) setTouched(new Set([...touched, key]));
      put(key, next);
    };
    return (
      <Field
        key={key}
        label={field.names[language]}
        needed={field.obligation === 'required'}
        wide={field.long || key === 'title'}
        wrong={wrong[key] ?? (bad && says(bad)) ?? (gap && strict ? says(gap) : undefined)}
        hint={
          hints.length > 0 &&
          hints.map((hint) => (
            <span key={hint} style={{ display: 'block' }}>
              {hint}
            </span>
          ))
        }
      >
        {(id) => {
          const control = <ElementControl id={id} field={field} value={value} onChange={change} />;
          return desk ? (
            <WithSuggestions field={key} label={field.names[language]} desk={desk} onTake={change}>
              {control}
            </WithSuggestions>
          ) : (
            control
          );
        }}
      </Field>
    );
  };
  return (
    <>
      {areas.map((area) => {
        const all = fields.filter((field) => field.area === area);
        const open = unfolded.has(area);
        const shown = all.filter((field) => open || isShown(field));
        const folded = all.filter((field) => !isShown(field));
        return (
          <fieldset key={area}>
            <h2 className="fields-title">{t(`area.${area}`)}</h2>
            {shown.length > 0 && <div className="fields">{shown.map(draw)}</div>}
            {folded.length > 0 && (
              <button
                type="button"
                className="plain small fold"
                aria-expanded={open}
                onClick={() => {
                  const next = new Set(unfolded);
                  if (!next.delete(area)) next.add(area);
                  setUnfolded(next);
                }}
              >
                {open
                  ? `▾ ${t('unitForm.hideOptional')}`
                  : `▸ ${t('unitForm.showOptional', { n: folded.length })}`}{' '}
                {!open && (
                  <span className="soft">
                    {listOf(
                      language,
                      folded.slice(0, 8).map((field) => field.names[language]),
                    )}
                  </span>
                )}
              </button>
            )}
          </fieldset>
        );
      })}
    </>
  );
}
