import { Checkbox, Input } from 'antd';
import type { ReactNode } from 'react';
import type { ElementChange, FormField, Obligation, SchemeLevel } from '../../../api/shapes.ts';
import { Field } from '../../../components/small.tsx';
import { useWording } from '../../../wording.tsx';
import { HelpField, NamesFields } from './names-fields.tsx';
import { ObligationFields } from './obligations.tsx';

const RANK: Readonly<Record<Obligation, number>> = { required: 3, conditional: 2, optional: 1, unused: 0 };

/** What an archive says otherwise of a standard's element. */
export function ChangeEditor(props: {
  field: FormField;
  change: ElementChange;
  levels: readonly SchemeLevel[];
  /** What the standard asks at a level. */
  standard: (level: SchemeLevel) => Obligation;
  onChange: (change: Partial<ElementChange>) => void;
}): ReactNode {
  const { t } = useWording();
  const { field, change, levels, standard, onChange } = props;
  const weaker = levels.some((level) => {
    const said = change.obligations?.[level];
    return said !== undefined && standard(level) === 'required' && RANK[said] < RANK.required;
  });
  const put = (level: SchemeLevel, obligation: Obligation): void => {
    const obligations = { ...change.obligations, [level]: obligation };
    if (obligation === standard(level)) delete obligations[level];
    onChange({ obligations });
  };
  return (
    <div className="fields">
      <p className="small soft wide">
        {field.source} · {t('schemes.maxLength')} {field.maxLength}
      </p>
      <NamesFields names={change.names ?? field.names} onChange={(names) => onChange({ names })} />
      <ObligationFields
        levels={levels}
        standard={standard}
        value={(level) => change.obligations?.[level] ?? standard(level)}
        onChange={put}
      />
      {(weaker || change.reason) && (
        <Field label={t('schemes.weaker')} needed wide>
          {(id) => (
            <Input
              id={id}
              maxLength={1_000}
              value={change.reason ?? ''}
              onChange={(event) => onChange({ reason: event.target.value })}
            />
          )}
        </Field>
      )}
      {field.terms.length > 0 && (
        <Field label={t('schemes.moreTerms')} wide>
          {(id) => (
            <Input.TextArea
              id={id}
              rows={3}
              className="grows"
              value={(change.terms ?? []).join('\n')}
              onChange={(event) => {
                const terms = event.target.value === '' ? undefined : event.target.value.split('\n');
                onChange({ terms });
              }}
            />
          )}
        </Field>
      )}
      {(['initial', 'derive'] as const).map((key) => (
        <Field
          key={key}
          label={t(`schemes.${key}`)}
          hint={key === 'derive' ? t('schemes.deriveHint') : undefined}
        >
          {(id) => (
            <Input
              id={id}
              maxLength={200}
              value={change[key] ?? ''}
              onChange={(event) => onChange({ [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <HelpField help={change.help} onChange={(help) => onChange({ help })} />
      <Checkbox
        checked={change.inherits ?? field.inherits !== null}
        onChange={(event) => onChange({ inherits: event.target.checked })}
      >
        {t('schemes.inherits')}
      </Checkbox>
    </div>
  );
}
