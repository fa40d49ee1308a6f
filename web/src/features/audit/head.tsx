import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useWording } from '../../wording.tsx';

/** The three pages about the trail, one click from each other. */
export function TrailPages(): ReactNode {
  const { t } = useWording();
  return (
    <nav className="audit-pages no-print" aria-label={t('rail.audit')}>
      <NavLink to="/audit" end>
        {t('audit.title')}
      </NavLink>
      <NavLink to="/audit/checkpoints">{t('trail.title')}</NavLink>
      <NavLink to="/audit/countersigning">{t('peers.title')}</NavLink>
    </nav>
  );
}
