import { Checkbox, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { OWN_TYPES } from '#kernel/ownTypes';
import type { OwnElement, OwnVocabulary, SchemeLevel } from '../../../api/shapes.ts';
import { Field } from '../../../components/small.tsx';
import { useWording } from '../../../wording.tsx';
import { AREAS } from '../areas.ts';
import { HelpField, NamesFields } from './names-fields.tsx';
import { ObligationFields } from './obligations.tsx';

const AUTHORITIES = ['agent', 'place', 'subject', 'function'] as const;

/** All that an archive says of an element of its own. */
export function ElementEditor(props: {
  element: OwnElement;
  levels: readonly SchemeLevel[];
  vocabularies: readonly OwnVocabulary[];
  /** Put in force before: it keeps its key and type. */
  isOld: boolean;
  onChange: (change: Partial<OwnElement>) => void;
}): ReactNode {
  const { t, language } = useWording();
  const { element: e, levels, vocabularies, isOld, onChange } = props;
  const text = (key: 'pattern' | 'initial' | 'derive', hint?: string): ReactNode => (
    <Field label={t(`schemes.${key}`)} hint={hint}>
      {(id) => (
        <Input
          id={id}
          maxLength={200}
          value={e[key] ?? ''}
          onChange={(event) => onChange({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="fields">
      <NamesFields names={e.names} onChange={(names) => onChange({ names })} />
      <Field label={t('schemes.key')} needed hint={t('schemes.keyHint')}>
        {(id) => (
          <Input
            id={id}
            disabled={isOld}
            maxLength={40}
            style={{ fontFamily: 'var(--mono)' }}
            value={e.key}
            onChange={(event) => onChange({ key: event.target.value.trim() })}
          />
        )}
      </Field>
      <Field label={t('schemes.type')}>
        {(id) => (
          <Select
            id={id}
            disabled={isOld}
            value={e.type}
            onChange={(type: OwnElement['type']) => onChange({ type })}
            options={OWN_TYPES.map((one) => ({ value: one, label: t(`schemes.type.${one}`) }))}
          />
        )}
      </Field>
      {(e.type === 'one' || e.type === 'many') && (
        <Field label={t('schemes.vocabulary')} needed>
          {(id) => (
            <Select
              id={id}
              value={e.vocabulary ?? null}
              onChange={(vocabulary: string) => onChange({ vocabulary })}
              options={vocabularies.map((v) => ({ value: v.key, label: v.names[language] || v.key }))}
            />
          )}
        </Field>
      )}
      {e.type === 'authority' && (
        <Field label={t('schemes.authority')} needed>
          {(id) => (
            <Select
              id={id}
              value={e.authority ?? null}
              onChange={(authority: NonNullable<OwnElement['authority']>) => onChange({ authority })}
              options={AUTHORITIES.map((one) => ({ value: one, label: t(`schemes.authority.${one}`) }))}
            />
          )}
        </Field>
      )}
      <Field label={t('schemes.area')}>
        {(id) => (
          <Select
            id={id}
            value={e.area}
            onChange={(area: OwnElement['area']) => onChange({ area })}
            options={AREAS.map((one) => ({ value: one, label: t(`area.${one}`) }))}
          />
        )}
      </Field>
      <ObligationFields
        levels={levels}
        value={(level) => e.obligations[level]}
        onChange={(level, obligation) => onChange({ obligations: { ...e.obligations, [level]: obligation } })}
      />
      {(e.type === 'text' || e.type === 'longText') && (
        <Field label={t('schemes.maxLength')}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={e.type === 'text' ? 2_000 : 20_000}
              value={e.maxLength ?? null}
              onChange={(maxLength) => onChange({ maxLength: maxLength ?? undefined })}
            />
          )}
        </Field>
      )}
      {e.type === 'text' && text('pattern', t('schemes.patternHint'))}
      {text('initial')}
      {text('derive', t('schemes.deriveHint'))}
      <HelpField help={e.help} onChange={(help) => onChange({ help })} />
      <Checkbox
        checked={e.inherits ?? false}
        onChange={(event) => onChange({ inherits: event.target.checked })}
      >
        {t('schemes.inherits')}
      </Checkbox>
    </div>
  );
}
