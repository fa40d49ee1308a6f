import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';

type Values = Record<string, unknown>;
const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : JSON.stringify(value);
}

/** Before and after, field by field; what else an entry tells below it. */
export function Changes({ detail }: { detail: Values }): ReactNode {
  const { t, word } = useWording();
  const { before, after, ...rest } = detail;
  const was = isValues(before) ? before : {};
  const is = isValues(after) ? after : {};
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const others = Object.entries(rest);
  return (
    <>
      {fields.length > 0 && (
        <table className="audit-changes">
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('audit.details')}</span>
              </th>
              <th scope="col">{t('audit.before')}</th>
              <th scope="col">{t('audit.after')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">{word('field', field)}</th>
                <td>{shown(was[field])}</td>
                <td>{shown(is[field])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {others.length > 0 && (
        <details open={fields.length === 0}>
          <summary>{t('audit.details')}</summary>
          <dl className="audit-facts">
            {others.map(([name, value]) => (
              <div key={name}>
                <dt>{word('field', name)}</dt>
                <dd className="code">{shown(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
