import type { ReactNode } from 'react';
import { LinkButton } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { OneTimeLink } from '../people/one-time-link.tsx';
import { Gate } from './gate.tsx';

type Administrator = 'administrator' | 'security-administrator' | 'auditor';

/** The links of the three administrators, shown once: each hands theirs a password of their own. */
export function SetupDone(props: {
  administrators: readonly { role: Administrator; username: string; displayName: string; link: string }[];
}): ReactNode {
  const { t } = useWording();
  return (
    <Gate title={t('setup.done')} lead={t('setup.doneText')}>
      <div className="stack">
        {props.administrators.map((a) => (
          <section key={a.role} aria-label={t(`setup.${a.role}`)}>
            <h2 className="fields-title">{t(`setup.${a.role}`)}</h2>
            <p>
              {a.displayName} · {a.username}
            </p>
            <OneTimeLink name={a.displayName} token={a.link} />
          </section>
        ))}
        <LinkButton type="primary" block to="/sign-in">
          {t('setup.go')}
        </LinkButton>
      </div>
    </Gate>
  );
}
