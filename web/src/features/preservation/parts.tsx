import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

/** The pages of preservation, beside each other. */
export function KeepingParts(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const at = archive ? `?archive=${archive.code}` : '';
  return (
    <nav className="parts no-print" aria-label={t('keeping.parts')}>
      <NavLink to={`/preservation${at}`} end>
        {t('keeping.part.state')}
      </NavLink>
      <NavLink to={`/preservation/stores${at}`}>{t('keeping.part.stores')}</NavLink>
      {can('preservation.read') && (
        <NavLink to={`/preservation/formats${at}`}>{t('keeping.part.formats')}</NavLink>
      )}
      <NavLink to={`/preservation/media${at}`}>{t('keeping.part.media')}</NavLink>
      {can('preservation.read') && (
        <NavLink to={`/preservation/backups${at}`}>{t('keeping.part.backups')}</NavLink>
      )}
    </nav>
  );
}
