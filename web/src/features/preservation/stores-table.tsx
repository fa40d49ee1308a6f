import type { ReactNode } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { useStoreName } from './copies-table.tsx';
import type { Store } from './shapes.ts';
import { StoreSpace, StoreState } from './store-state.tsx';

/** The stores in use: how they are, what they hold, what room they have. */
export function StoresTable({ stores }: { stores: readonly Store[] }): ReactNode {
  const { t } = useWording();
  const nameOf = useStoreName();
  return (
    <Scroll label={t('keeping.stores')}>
      <table className="data wrap" style={{ minWidth: 790 }}>
        <thead>
          <tr>
            <th scope="col">{t('keeping.store.name')}</th>
            <th scope="col" style={{ width: 160 }}>
              {t('keeping.store.state')}
            </th>
            <th scope="col" style={{ width: 150 }}>
              {t('keeping.store.space')}
            </th>
            <th scope="col" className="numeric" style={{ width: 84 }}>
              {t('keeping.store.held')}
            </th>
            <th scope="col" className="numeric" style={{ width: 84 }}>
              {t('keeping.store.size')}
            </th>
            <th scope="col" className="numeric" style={{ width: 84 }}>
              {t('keeping.store.wanted')}
            </th>
            <th scope="col" className="numeric" style={{ width: 72 }}>
              {t('keeping.store.wrong')}
            </th>
          </tr>
        </thead>
        <tbody>
          {stores.map((store) => {
            const { damaged, missing, behind, wanted, sound } = store.copies;
            const wrong = damaged + missing + behind;
            return (
              <tr key={store.id}>
                <td>
                  {nameOf(store)}
                  {store.address && (
                    <span className="small soft code block store-place">{store.address}</span>
                  )}
                </td>
                <td>
                  <StoreState store={store} />
                </td>
                <td>
                  <StoreSpace store={store} />
                </td>
                <td className="numeric">{count(sound)}</td>
                <td className="numeric">{bytes(store.bytes)}</td>
                <td className="numeric">{count(wanted)}</td>
                <td className={wrong > 0 ? 'numeric is-bad' : 'numeric'}>{count(wrong)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
