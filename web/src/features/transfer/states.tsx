import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { Loading, PageHead } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import '../../styles/table.css';

/** The table of states as code has it: who may take which step, and who may not take two. */
export function TransferStates(): ReactNode {
  const { t, word } = useWording();
  const moves = useQuery({
    queryKey: ['transfer-moves'],
    queryFn: () => body(api.GET('/transfers/moves')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="page narrow">
      <PageHead crumbs={[{ to: '/transfers', text: t('transfer.title') }]} title={t('transfer.states')} />
      <p className="soft">{t('transfer.statesText')}</p>
      {moves.error && <Trouble error={moves.error} />}
      {moves.isPending && <Loading />}
      {moves.data && (
        <div className="table-scroll">
          <table className="data wrap" aria-label={t('transfer.states')}>
            <thead>
              <tr>
                <th scope="col">{t('transfer.from')}</th>
                <th scope="col">{t('transfer.what')}</th>
                <th scope="col">{t('transfer.to')}</th>
                <th scope="col">{t('transfer.who')}</th>
                <th scope="col">{t('transfer.notBy')}</th>
              </tr>
            </thead>
            <tbody>
              {moves.data.moves.map((m) => (
                <tr key={`${m.act} ${m.from.join()}`}>
                  <td>{m.from.map((state) => t(`transfer.state.${state}`)).join(' / ')}</td>
                  <td>{t(`transfer.act.${m.act}`)}</td>
                  <td>{t(`transfer.state.${m.to}`)}</td>
                  <td>{m.who === 'system' ? t('transfer.who.system') : word('capability', m.who)}</td>
                  <td>{m.notBy.map((part) => t(`transfer.part.${part}`)).join(' / ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}
