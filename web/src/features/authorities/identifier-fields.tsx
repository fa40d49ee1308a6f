import { AutoComplete, Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import { type Draft, newKey } from './draft.ts';

const SCHEMES = ['uscc', 'gb2260', 'isni', 'viaf', 'local'] as const;

/** Numbers by which others know it. */
export function IdentifierFields(props: {
  identifiers: Draft['identifiers'];
  onChange: (identifiers: Draft['identifiers']) => void;
}): ReactNode {
  const { t } = useWording();
  const { identifiers, onChange } = props;
  const change = (key: number, to: Partial<Draft['identifiers'][number]>): void =>
    onChange(identifiers.map((i) => (i.key === key ? Object.assign({}, i, to) : i)));
  return (
    <fieldset className="choices">
      <legend>{t('authority.identifiers')}</legend>
      <div className="stack">
        {identifiers.map((i) => (
          <span key={i.key} className="row">
            <AutoComplete
              aria-label={t('authority.identifierType')}
              value={i.type}
              onChange={(type) => change(i.key, { type })}
              options={SCHEMES.map((s) => ({ value: s, label: t(`authority.id.${s}`) }))}
              style={{ width: 180 }}
            />
            <Input
              aria-label={t('authority.identifierValue')}
              value={i.value}
              onChange={(e) => change(i.key, { value: e.target.value })}
              style={{ width: 260 }}
            />
            <Button
              size="small"
              type="text"
              aria-label={t('authority.removeIdentifier', { value: i.value })}
              onClick={() => onChange(identifiers.filter((x) => x.key !== i.key))}
            >
              ✕
            </Button>
          </span>
        ))}
        <div>
          <Button
            size="small"
            onClick={() => onChange([...identifiers, { key: newKey(), type: 'local', value: '' }])}
          >
            {t('authority.addIdentifier')}
          </Button>
        </div>
      </div>
    </fieldset>
  );
}
