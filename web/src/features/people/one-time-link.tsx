import type { ReactNode } from 'react';
import { useHref } from 'react-router';
import { CopiedLink } from '../../components/copied-link.tsx';
import { useWording } from '../../wording.tsx';

/** A link by which one person sets their password. The secret stands behind the #. */
export function OneTimeLink({ name, token }: { name: string; token: string }): ReactNode {
  const { t } = useWording();
  const path = useHref('/new-password');
  return (
    <CopiedLink url={`${window.location.origin}${path}#${token}`}>
      <p>{t('people.linkFor', { name })}</p>
    </CopiedLink>
  );
}
