import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import type { PrintOrder } from './queries.ts';

/** What was not printed as it stands: characters the type has not, values that did not fit, codes without bars. */
export function Told({
  told,
}: {
  told: Pick<PrintOrder, 'missing' | 'shortened' | 'unbarred'> & { leftOut?: number };
}): ReactNode {
  const { t } = useWording();
  const { missing, shortened, unbarred, leftOut = 0 } = told;
  if (missing.length === 0 && shortened === 0 && unbarred === 0 && leftOut === 0) return null;
  return (
    <div className="notice is-waiting" role="note">
      {leftOut > 0 && <p>{t('printing.leftOut', { n: leftOut })}</p>}
      {missing.length > 0 && (
        <>
          <p>{t('printing.missing')}</p>
          <ul className="small">
            {missing.slice(0, 50).map((one) => (
              <li key={one.code}>
                {t('printing.missingAt', {
                  character: one.character,
                  code: one.code,
                  n: one.count,
                  places: one.places.join('; '),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {shortened > 0 && <p>{t('printing.shortened', { n: shortened })}</p>}
      {unbarred > 0 && <p>{t('printing.unbarred', { n: unbarred })}</p>}
    </div>
  );
}
