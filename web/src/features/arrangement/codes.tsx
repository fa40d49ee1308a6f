import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Pager } from '../../components/pager.tsx';
import { Code, Loading } from '../../components/small.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { arrangedCodes } from './queries.ts';

/** What codes were and became, as it is put on record. */
export function ArrangedCodes({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const [view] = useUrlState(['cursor', 'from_row']);
  const codes = useQuery(arrangedCodes(id, view.cursor));
  if (codes.error) return null;
  if (!codes.data) return <Loading lines={4} />;
  return (
    <section>
      <h2 className="fields-title">{t('arrange.codesTitle')}</h2>
      <div className="scroll-x">
        <table className="data wrap" aria-label={t('arrange.codesTitle')}>
          <thead>
            <tr>
              <th scope="col">{t('arrange.old')}</th>
              <th scope="col">{t('arrange.new')}</th>
              <th scope="col">{t('field.title')}</th>
            </tr>
          </thead>
          <tbody>
            {codes.data.items.map((one) => (
              <tr key={one.unitId}>
                <td>
                  <Code value={one.from} />
                </td>
                <td>
                  <Code value={one.to} />
                </td>
                <td>
                  <Link to={`/units/${one.unitId}`}>{one.title}</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager list={codes.data} />
    </section>
  );
}
