import { Checkbox } from 'antd';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useWording } from '../../wording.tsx';

const Shown = createContext(false);

/**
 * What the checks say word by word is English. A reader of English sees it at once; others see titles and advice in their
 * own language, and the original when they ask for it.
 */
export function Original({ children }: { children: ReactNode }): ReactNode {
  const { t, language } = useWording();
  const [asked, setAsked] = useState(false);
  const english = language === 'en';
  return (
    <Shown value={english || asked}>
      {!english && (
        <Checkbox checked={asked} onChange={(event) => setAsked(event.target.checked)}>
          {t('examination.detail')}
        </Checkbox>
      )}
      {children}
    </Shown>
  );
}

export const useOriginal = (): boolean => useContext(Shown);

/** Words of a check as they are, where they are asked for. */
export function Detail({ children }: { children: ReactNode }): ReactNode {
  return useOriginal() ? (
    <p className="soft small check-detail" lang="en">
      {children}
    </p>
  ) : null;
}
