import type { ReactNode } from 'react';
import { Trouble } from '../../components/trouble.tsx';
import { KeySilent } from '../../lib/security-key.ts';
import { useWording } from '../../wording.tsx';

/** What went wrong, also where it was the key that did not answer. */
export function KeyTrouble({ error }: { error: unknown }): ReactNode {
  const { t } = useWording();
  if (!(error instanceof KeySilent)) return <Trouble error={error} />;
  return (
    <div className="notice is-wrong" role="alert">
      <p>{t('account.keyCancelled')}</p>
    </div>
  );
}
