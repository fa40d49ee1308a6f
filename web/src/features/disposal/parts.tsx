import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

/** The pages of destruction, beside each other. */
export function DisposalParts(): ReactNode {
  const { t } = useWording();
  const archive = useArchive();
  const at = archive ? `?archive=${archive.code}` : '';
  return (
    <nav className="parts no-print" aria-label={t('disposal.parts')}>
      <NavLink to={`/disposals${at}`}>{t('disposal.part.lists')}</NavLink>
      <NavLink to={`/legal-holds${at}`}>{t('disposal.part.holds')}</NavLink>
    </nav>
  );
}
