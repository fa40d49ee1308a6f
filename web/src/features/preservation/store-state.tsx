import type { ReactNode } from 'react';
import { Status, type Tone } from '../../components/small.tsx';
import { bytes, count, percent } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import type { Store } from './shapes.ts';

const REACH: Readonly<Record<Store['reach'], Tone>> = {
  unknown: 'waiting',
  reachable: 'done',
  slow: 'waiting',
  unreachable: 'wrong',
  foreign: 'wrong',
};

/** Whether a store is in use, and whether it can be reached. */
export function StoreState({ store }: { store: Store }): ReactNode {
  const { t } = useWording();
  if (store.state === 'lost' || store.state === 'removed')
    return <Status tone="closed">{t(`keeping.store.state.${store.state}`)}</Status>;
  return (
    <>
      <Status tone={REACH[store.reach]}>{t(`keeping.store.reach.${store.reach}`)}</Status>
      {store.state === 'draining' && (
        <span className="small soft block">{t('keeping.store.state.draining')}</span>
      )}
      {!store.planned && <span className="small soft block">{t('keeping.store.planning')}</span>}
      {store.planned && store.copies.wanted > 0 && (
        <span className="small soft block">
          {t('keeping.store.copying', {
            done: count(store.copies.sound),
            total: count(store.copies.sound + store.copies.wanted),
          })}
        </span>
      )}
    </>
  );
}

/** Free space as figures and a bar that fills as the disk does. */
export function StoreSpace({ store }: { store: Store }): ReactNode {
  const { t } = useWording();
  const { freeBytes: free, totalBytes: total } = store;
  if (free === null || total === null) return <span className="soft">—</span>;
  const used = percent(total - free, total);
  return (
    <>
      {t('keeping.store.spaceOf', { free: bytes(free), total: bytes(total) })}
      <div className="bar" aria-hidden="true">
        <span className={used >= 95 ? 'rejected' : undefined} style={{ width: `${used}%` }} />
      </div>
    </>
  );
}
