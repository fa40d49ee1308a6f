import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useStoreName } from './copies-table.tsx';
import { storeList } from './keeping-queries.ts';
import { useMayForHouse } from './may-for-house.ts';
import { KeepingParts } from './parts.tsx';
import type { Store } from './shapes.ts';
import { StoreActs } from './store-acts.tsx';
import { StoreForm } from './store-form.tsx';
import { StoreSpace, StoreState } from './store-state.tsx';
import '../../styles/preservation.css';
import '../../styles/table.css';

/** The places that hold copies: how each is, and for who looks after them adding, draining, losing, removing. */
export function StoresPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const mayManage = useMayForHouse('stores.manage');
  const stores = useQuery({ ...storeList, enabled: can('preservation.read') });
  const [added, setAdded] = useState<string>();
  if (!can('preservation.read')) return <NothingHere />;
  const all = stores.data?.items ?? [];
  const inUse = all.filter((store) => store.state === 'active' || store.state === 'draining');
  const ended = all.filter((store) => store.state === 'lost' || store.state === 'removed');
  return (
    <div className="page">
      <PageHead title={t('keeping.stores')} />
      <KeepingParts />
      <p className="soft">{t('stores.lead')}</p>
      {stores.error && <Trouble error={stores.error} retry={() => void stores.refetch()} />}
      {stores.isPending && <Loading />}
      <ul className="stores">
        {inUse.map((store) => (
          <OneStore key={store.id} store={store} mayManage={mayManage} />
        ))}
      </ul>
      {added && (
        <p className="notice is-done" role="status">
          {t('stores.addedAs', { name: added })}
        </p>
      )}
      {mayManage ? <StoreForm onDone={setAdded} /> : <p className="soft small">{t('stores.who')}</p>}
      {ended.length > 0 && <EndedStores stores={ended} />}
    </div>
  );
}

function OneStore({ store, mayManage }: { store: Store; mayManage: boolean }): ReactNode {
  const { t } = useWording();
  const nameOf = useStoreName();
  const { damaged, missing, behind, wanted, sound } = store.copies;
  const wrong = damaged + missing + behind;
  return (
    <li className="store" aria-label={nameOf(store)}>
      <div className="spread">
        <h2>{nameOf(store)}</h2>
        <div className="store-state">
          <StoreState store={store} />
        </div>
      </div>
      <p className="small soft">
        {store.address ? (
          <span className="code store-place">{store.address}</span>
        ) : (
          t('stores.addressHidden')
        )}{' '}
        · {t('stores.addedBy', { who: store.addedBy === 'lantai' ? t('product.name') : store.addedBy })} ·{' '}
        <When at={store.addedAt} />
      </p>
      <dl className="store-facts">
        <div>
          <dt>{t('keeping.store.space')}</dt>
          <dd>
            <StoreSpace store={store} />
          </dd>
        </div>
        <div>
          <dt>{t('keeping.store.held')}</dt>
          <dd>
            {count(sound)} <span className="soft">({bytes(store.bytes)})</span>
          </dd>
        </div>
        <div>
          <dt>{t('keeping.store.wanted')}</dt>
          <dd>{count(wanted)}</dd>
        </div>
        <div>
          <dt>{t('keeping.store.wrong')}</dt>
          <dd className={wrong > 0 ? 'is-bad' : undefined}>{count(wrong)}</dd>
        </div>
        <div>
          <dt>{t('copy.checkedAt')}</dt>
          <dd>{store.fixity.lastCheck ? <When at={store.fixity.lastCheck} /> : t('copy.never')}</dd>
        </div>
        {store.megabytesPerSecond !== null && (
          <div>
            <dt>{t('stores.pace')}</dt>
            <dd>{count(store.megabytesPerSecond)}</dd>
          </div>
        )}
      </dl>
      {store.trouble && <p className="notice is-wrong small">{store.trouble}</p>}
      {mayManage && <StoreActs store={store} />}
    </li>
  );
}

function EndedStores({ stores }: { stores: readonly Store[] }): ReactNode {
  const { t } = useWording();
  return (
    <section aria-labelledby="ended-title">
      <h2 className="fields-title" id="ended-title">
        {t('stores.ended')}
      </h2>
      <ul className="history">
        {stores.map((store) => (
          <li key={store.id}>
            {store.name} · {t(`keeping.store.state.${store.state}`)}
            <span className="small soft">
              {store.endedBy} · <When at={store.endedAt} /> · {store.endedReason}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
