import { Button, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import { emptyName, type NameDraft } from './draft.ts';
import { classOf, type Kind } from './queries.ts';
import { formWord } from './words.ts';

/** Names with their forms and dates, a row each; the authorised form first. */
export function NameFields(props: {
  kind: Kind;
  names: readonly NameDraft[];
  onChange: (names: NameDraft[]) => void;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const { names, kind, onChange } = props;
  const change = (key: number, to: Partial<NameDraft>): void =>
    onChange(names.map((n) => (n.key === key ? Object.assign({}, n, to) : n)));
  /** Another authorised form puts the one before among the others. */
  const setForm = (key: number, form: NameDraft['form']): void =>
    onChange(
      names.map((n) => {
        if (n.key === key) return Object.assign({}, n, { form });
        return form === 'authorised' && n.form === 'authorised' ? Object.assign({}, n, { form: 'other' }) : n;
      }),
    );
  return (
    <fieldset className="choices">
      <legend>{t('authority.names')}</legend>
      <div className="table-scroll">
        <table className="lines-table authority-names">
          <thead>
            <tr>
              <th scope="col">{t('authority.formLabel')}</th>
              <th scope="col">{t('authority.names')}</th>
              <th scope="col">{t('authority.from')}</th>
              <th scope="col">{t('authority.to')}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {names.map((n, i) => (
              <tr key={n.key}>
                <td>
                  <Select
                    aria-label={t('authority.formLabel')}
                    value={n.form}
                    onChange={(form) => setForm(n.key, form)}
                    options={(['authorised', 'parallel', 'rules', 'other'] as const).map((f) => ({
                      value: f,
                      label: formWord(wording, f, kind),
                    }))}
                    style={{ width: 180 }}
                  />
                </td>
                <td>
                  <Input
                    aria-label={
                      n.form === 'authorised' ? t('authority.name') : formWord(wording, n.form, kind)
                    }
                    value={n.name}
                    onChange={(e) => change(n.key, { name: e.target.value })}
                    autoFocus={i === 0 && n.name === ''}
                  />
                </td>
                <td>
                  <Input
                    aria-label={t('authority.from')}
                    placeholder="1949-10"
                    value={n.from}
                    onChange={(e) => change(n.key, { from: e.target.value })}
                    style={{ width: 110 }}
                    disabled={classOf(kind) === 'subject'}
                  />
                </td>
                <td>
                  <Input
                    aria-label={t('authority.to')}
                    value={n.to}
                    onChange={(e) => change(n.key, { to: e.target.value })}
                    style={{ width: 110 }}
                    disabled={classOf(kind) === 'subject'}
                  />
                </td>
                <td>
                  {n.form !== 'authorised' && (
                    <Button
                      size="small"
                      type="text"
                      aria-label={t('authority.removeName', { name: n.name })}
                      onClick={() => onChange(names.filter((x) => x.key !== n.key))}
                    >
                      ✕
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button size="small" onClick={() => onChange([...names, emptyName('other')])}>
        {t('authority.addName')}
      </Button>
    </fieldset>
  );
}
