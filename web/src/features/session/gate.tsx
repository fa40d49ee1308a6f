import type { ReactNode } from 'react';
import { LANGUAGE_NAMES, useLanguageSwitch } from '../../lib/language.ts';
import { useWording } from '../../wording.tsx';

/** The sheet before the door: sign-in and set-up. */
export function Gate({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: string;
  children: ReactNode;
}): ReactNode {
  const { t, language } = useWording();
  const switchLanguage = useLanguageSwitch();
  return (
    <main className="gate">
      <div className="gate-sheet stack">
        <div>
          <h1>{title}</h1>
          {lead && <p className="soft">{lead}</p>}
        </div>
        {children}
        <nav className="row small" aria-label={t('shell.language')}>
          {LANGUAGE_NAMES.map(([code, name]) => (
            <button
              key={code}
              type="button"
              className="plain"
              lang={code}
              aria-pressed={code === language}
              style={{ textDecoration: code === language ? 'underline' : 'none' }}
              onClick={() => switchLanguage(code)}
            >
              {name}
            </button>
          ))}
        </nav>
      </div>
    </main>
  );
}
