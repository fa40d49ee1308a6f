import type { ReactNode } from 'react';
import type { AccessSetting } from '../../api/shapes.ts';
import { Access } from '../../components/small.tsx';
import { useWording, type Wording } from '../../wording.tsx';
import { type AccessState, toCome } from './setting.ts';

/**
 * How a record stands: an embargo that lasts, its status, and the day it opens where that is to come.
 *
 * @param props.brief in a cell of a table: only what counts most
 */
export function AccessOf({ state, brief = false }: { state: AccessState; brief?: boolean }): ReactNode {
  const { t } = useWording();
  const { accessStatus, opensOn, embargoUntil } = state;
  const embargo = toCome(embargoUntil) && (
    <span className="status is-restricted" title={t('access.embargoHint')}>
      {t(brief ? 'access.closedUntilBrief' : 'access.closedUntil', { day: embargoUntil })}
    </span>
  );
  if (embargo && brief) return embargo;
  return (
    <>
      {embargo && <>{embargo} </>}
      {accessStatus === 'open' && toCome(opensOn) ? (
        <span className="status is-delayed" title={t('access.opensOnDay.meaning', { day: opensOn })}>
          {t('access.opensOnDay', { day: opensOn })}
        </span>
      ) : (
        <Access status={accessStatus} />
      )}
    </>
  );
}

/** The same in words, whole, for the hint of a cell. */
export function stateWords(
  { accessStatus, opensOn, embargoUntil }: AccessState,
  { t, word }: Wording,
): string {
  const status =
    accessStatus === 'open' && toCome(opensOn)
      ? t('access.opensOnDay', { day: opensOn })
      : word('access', accessStatus);
  return toCome(embargoUntil) ? `${t('access.closedUntil', { day: embargoUntil })} · ${status}` : status;
}

/** A change in words: the status with its day, the embargo, or both. */
export function settingWords(
  { status, opensOn, embargo, embargoUntil }: AccessSetting,
  { t }: Wording,
): string {
  const words: string[] = [];
  if (status) words.push(opensOn ? t('access.opensOnDay', { day: opensOn }) : t(`access.${status}`));
  if (embargo === 'set') words.push(t('access.closedUntil', { day: embargoUntil ?? '' }));
  if (embargo === 'lifted') words.push(t('access.lift'));
  return words.join(' · ');
}
