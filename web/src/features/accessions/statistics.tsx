import { useQuery } from '@tanstack/react-query';
import { InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { MEASURES } from '#kernel/accessionWords';
import { api, body } from '../../api/client.ts';
import { Empty, Field, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count, today } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { moneyText } from './words.ts';

const yearOf = (text: string | undefined, otherwise: number): number =>
  /^\d{4}$/.test(text ?? '') ? Number(text) : otherwise;

/** What came by year and way; each figure leads to its lines. */
export function Statistics({ archiveId }: { archiveId: string }): ReactNode {
  const { t } = useWording();
  const [view, change] = useUrlState(['from', 'to']);
  const now = Number(today().slice(0, 4));
  const [from, to] = [yearOf(view.from, now - 9), yearOf(view.to, now)];
  const list = useQuery({
    queryKey: ['accession-statistics', archiveId, from, to],
    queryFn: () =>
      body(
        api.GET('/archives/{archiveId}/accession-statistics', {
          params: { path: { archiveId }, query: { from, to } },
        }),
      ),
  });
  const year = (label: string, value: number, key: 'from' | 'to'): ReactNode => (
    <Field label={label}>
      {(id) => (
        <InputNumber<number>
          id={id}
          min={1900}
          max={9999}
          precision={0}
          value={value}
          onChange={(n) => change({ [key]: n ? String(n) : undefined }, { replace: true })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="row accession-filters">
        {year(t('accession.stats.from'), from, 'from')}
        {year(t('accession.stats.to'), to, 'to')}
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('accession.stats.none')} />}
      {list.data && list.data.items.length > 0 && (
        <div className="table-scroll">
          <table className="data" aria-label={t('accession.tab.statistics')}>
            <thead>
              <tr>
                <th scope="col">{t('accession.year')}</th>
                <th scope="col">{t('accession.wayLabel')}</th>
                <th scope="col" className="numeric">
                  {t('accession.stats.count')}
                </th>
                {MEASURES.map((m) => (
                  <th key={m} scope="col" className="numeric">
                    {t(`accession.measure.${m}`)}
                  </th>
                ))}
                <th scope="col" className="numeric">
                  {t('accession.stats.paid')}
                </th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map((s) => (
                <tr key={`${s.year}-${s.way}`}>
                  <td>{s.year}</td>
                  <td>
                    <Link to={`/accessions?year=${s.year}&way=${s.way}`}>{t(`accession.way.${s.way}`)}</Link>
                  </td>
                  <td className="numeric">{count(s.accessions)}</td>
                  {MEASURES.map((m) => (
                    <td key={m} className="numeric">
                      {s.extent[m] === 0 ? '' : count(s.extent[m])}
                    </td>
                  ))}
                  <td className="numeric">{s.paid.map(moneyText).join(' ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
