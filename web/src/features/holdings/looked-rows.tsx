import type { ReactNode } from 'react';
import { fill } from '#kernel/wording/message';
import type { RuleFinding } from '../../api/shapes.ts';
import { useWording } from '../../wording.tsx';
import { type Difference, useFieldName, useFieldValue } from '../changes/differences.tsx';
import '../../styles/changes.css';

export interface LookedRow {
  key: string;
  code: string;
  differences: readonly Difference[];
  finding: RuleFinding | null;
  /** Said where nothing is otherwise. */
  otherwise: string;
}

/** Entries as they are and as they would be, a line for each field; what a rule refuses, with its sentence. */
export function LookedRows(props: {
  rows: readonly LookedRow[];
  titleOf: (field: string) => string | undefined;
}): ReactNode {
  const { t } = useWording();
  const nameOf = useFieldName();
  const shown = useFieldValue();
  const findingOf = useFinding();
  return (
    <table className="data wrap differences looked">
      <thead>
        <tr>
          <th scope="col" style={{ width: 190 }}>
            {t('field.referenceCode')}
          </th>
          <th scope="col" style={{ width: 110 }}>
            {t('conflict.field')}
          </th>
          <th scope="col">{t('changes.before')}</th>
          <th scope="col">{t('changes.after')}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ key, code, differences, finding, otherwise }) =>
          finding || differences.length === 0 ? (
            <tr key={key}>
              <td className="code">{code}</td>
              <td colSpan={3} className={finding ? 'is-wrong' : 'soft'}>
                {finding ? findingOf(finding) : otherwise}
              </td>
            </tr>
          ) : (
            differences.map(({ field, before, after }, nth) => (
              <tr key={`${key} ${field}`}>
                <td className="code">{nth === 0 && code}</td>
                <td>{props.titleOf(field) ?? nameOf(field)}</td>
                <td className="is-before">
                  <del>{shown(field, before)}</del>
                </td>
                <td>
                  <ins>{shown(field, after)}</ins>
                </td>
              </tr>
            ))
          ),
        )}
      </tbody>
    </table>
  );
}

/** A rule's finding in words. */
function useFinding(): (finding: RuleFinding) => string {
  const { word } = useWording();
  return ({ code, message, values }) => {
    const told = Object.entries(values).filter(
      (one): one is [string, string | number] => typeof one[1] === 'string' || typeof one[1] === 'number',
    );
    return fill(word('error', code, message), Object.fromEntries(told));
  };
}
