import type { ReactNode } from 'react';
import { Scroll } from '../../components/scroll.tsx';
import { Status, type Tone, When } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { type Copy, isProved, standing } from './copies.ts';

const TONES: Readonly<Record<Copy['condition'], Tone>> = {
  wanted: 'waiting',
  sound: 'done',
  behind: 'waiting',
  damaged: 'wrong',
  missing: 'wrong',
};

export function Condition({ copy }: { copy: Copy }): ReactNode {
  const { t } = useWording();
  const unproved = copy.condition === 'sound' && !isProved(copy);
  return (
    <Status tone={unproved ? 'waiting' : TONES[copy.condition]}>
      {t(unproved ? 'copy.condition.unproved' : `copy.condition.${copy.condition}`)}
    </Status>
  );
}

/** A store by its name; the main one has a word in every language. */
export function useStoreName(): (store: { name: string; isMain: boolean }) => string {
  const { t } = useWording();
  return (store) => (store.isMain && store.name === 'main' ? t('copy.main') : store.name);
}

/** Every copy of an object that a store holds or should hold. */
export function CopiesTable({
  copies,
  acts,
}: {
  copies: readonly Copy[];
  acts?: (copy: Copy) => ReactNode;
}): ReactNode {
  const { t } = useWording();
  const nameOf = useStoreName();
  return (
    <Scroll label={t('copy.heading')}>
      <table className="data wrap" style={{ minWidth: 540 }}>
        <thead>
          <tr>
            <th scope="col">{t('copy.store')}</th>
            <th scope="col" style={{ width: 150 }}>
              {t('copy.condition')}
            </th>
            <th scope="col" style={{ width: 64 }}>
              {t('copy.version')}
            </th>
            <th scope="col" style={{ width: 120 }}>
              {t('copy.copiedAt')}
            </th>
            <th scope="col" style={{ width: 120 }}>
              {t('copy.checkedAt')}
            </th>
            {acts && (
              <th scope="col" style={{ width: 150 }}>
                <span className="visually-hidden">{t('act.more')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {standing(copies).map((copy) => (
            <tr key={copy.storeId}>
              <td>{nameOf({ name: copy.storeName, isMain: copy.isMain })}</td>
              <td>
                <Condition copy={copy} />
              </td>
              <td className="code">{copy.head ?? '—'}</td>
              <td>{copy.copiedAt ? <When at={copy.copiedAt} /> : '—'}</td>
              <td>
                {copy.checkedAt ? (
                  <When at={copy.checkedAt} />
                ) : (
                  <span className="soft">{t('copy.never')}</span>
                )}
              </td>
              {acts && <td>{acts(copy)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
