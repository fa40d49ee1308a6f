import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Code } from '../../components/small.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import type { CatalogueImport, PreviewRow } from './shapes.ts';

/** What the import does, or would do, to entries that are held: in which fields, and some of them before and after. */
export function Held({ one }: { one: CatalogueImport }): ReactNode {
  const { t } = useWording();
  const { fields, rows } = one.preview;
  if (rows.length === 0) return null;
  const done = one.state !== 'checked';
  return (
    <section className="stack">
      <h2 className="fields-title">{t(done ? 'imports.held.done' : 'imports.held.title')}</h2>
      {Object.keys(fields).length > 0 && (
        <p>
          {t('imports.held.fields')}{' '}
          {Object.entries(fields)
            .sort(([, a], [, b]) => b - a)
            .map(([field, n]) => (
              <Tag key={field}>
                <FieldName field={field} /> {count(n)}
              </Tag>
            ))}
        </p>
      )}
      <div className="table-scroll">
        <table className="data wrap">
          <thead>
            <tr>
              <th scope="col" style={{ width: 56 }}>
                {t('imports.row')}
              </th>
              <th scope="col" style={{ width: 190 }}>
                {t('field.referenceCode')}
              </th>
              <th scope="col" style={{ width: 120 }}>
                {t('imports.held.known')}
              </th>
              <th scope="col" style={{ width: 110 }}>
                {t('imports.held.does')}
              </th>
              <th scope="col">{t('imports.held.changes')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.sheet} ${row.row}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ row }: { row: PreviewRow }): ReactNode {
  const { t } = useWording();
  return (
    <tr>
      <td className="numeric">{count(row.row)}</td>
      <td>
        <Link to={row.fondsId ? `/holdings?fonds=${row.fondsId}` : `/units/${row.unitId}`}>
          {row.code ? <Code value={row.code} /> : t('act.open')}
        </Link>
      </td>
      <td>{row.fondsId ? t('field.fondsNo') : t(`imports.held.how.${row.how}`)}</td>
      <td>{t(`imports.held.does.${row.does}`)}</td>
      <td>
        {row.changes.map(({ field, before, after }) => (
          <div key={field}>
            <b>
              <FieldName field={field} />
            </b>{' '}
            <del>{before || t('description.none')}</del> → <ins>{after || t('description.none')}</ins>
          </div>
        ))}
      </td>
    </tr>
  );
}

/** A field by its name; what is kept under a heading by that. */
function FieldName({ field }: { field: string }): ReactNode {
  const { word } = useWording();
  return field.startsWith('extra:') ? field.slice('extra:'.length) : word('field', field, field);
}
