import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import '../../styles/changes.css';

export interface Difference {
  field: string;
  before: string | number | null;
  after: string | number | null;
}

/** What a field is called; headings of a foreign list, and elements an archive added, by their own names. */
export function useFieldName(): (field: string) => string {
  const { word } = useWording();
  return (field) => word('field', field, field.replace(/^(extra\.|own:)/, ''));
}

/** Codes that have words. */
const WORDED: Readonly<Record<string, string>> = {
  level: 'level',
  category: 'category',
  retention: 'retention',
  classification: 'classification',
};

/** A value as people read it; nothing there is said. */
export function useFieldValue(): (field: string, value: string | number | null) => string {
  const { t, word } = useWording();
  return (field, value) => {
    if (value === null || value === '') return t('description.none');
    const kind = WORDED[field];
    return kind ? word(kind, String(value), String(value)) : String(value);
  };
}

/** Field by field, what stood there and what stands there since. */
export function Differences({ of }: { of: readonly Difference[] }): ReactNode {
  const { t } = useWording();
  const nameOf = useFieldName();
  const shown = useFieldValue();
  return (
    <div className="scroll-x">
      <table className="data wrap differences">
        <thead>
          <tr>
            <th scope="col" style={{ width: 130 }}>
              {t('conflict.field')}
            </th>
            <th scope="col">{t('changes.before')}</th>
            <th scope="col">{t('changes.after')}</th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{nameOf(field)}</th>
              <td className="is-before">
                <del>{field === 'position' ? '—' : shown(field, before)}</del>
              </td>
              <td>
                <ins>{field === 'position' ? t('changes.moved') : shown(field, after)}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
