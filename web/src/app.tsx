import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { ApiError } from './api/client.ts';
import type { Language } from './api/shapes.ts';
import { LanguageSwitch } from './lib/language.ts';
import { router } from './router.tsx';
import { themeFor } from './theme.ts';
import { initialLanguage, keepLanguage, useWording, WordingProvider } from './wording.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (failures, error) => !(error instanceof ApiError && error.status > 0) && failures < 2,
    },
  },
});

const antLocale: Record<Language, () => Promise<{ default: Locale }>> = {
  'zh-CN': () => import('antd/es/locale/zh_CN'),
  'zh-TW': () => import('antd/es/locale/zh_TW'),
  en: () => import('antd/es/locale/en_US'),
};

export function App(): ReactNode {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  const [locale, setLocale] = useState<Locale>();
  useEffect(() => {
    let current = true;
    void antLocale[language]().then((loaded) => current && setLocale(loaded.default));
    return () => {
      current = false;
    };
  }, [language]);
  const choose = (next: Language): void => {
    keepLanguage(next);
    setLanguage(next);
  };
  return (
    <QueryClientProvider client={queries}>
      <ConfigProvider
        theme={themeFor(language)}
        {...(locale ? { locale } : {})}
        button={{ autoInsertSpace: false }}
      >
        <AntApp message={{ maxCount: 2, duration: 4 }}>
          <LanguageSwitch value={choose}>
            <Suspense fallback={null}>
              <WordingProvider language={language}>
                <Closers>
                  <RouterProvider router={router} />
                </Closers>
              </WordingProvider>
            </Suspense>
          </LanguageSwitch>
        </AntApp>
      </ConfigProvider>
    </QueryClientProvider>
  );
}

/** What closes a panel says so in a word. */
function Closers({ children }: { children: ReactNode }): ReactNode {
  const { t } = useWording();
  const closeIcon = <span className="closer">{t('act.close')}</span>;
  return (
    <ConfigProvider drawer={{ closable: { placement: 'end', closeIcon } }} modal={{ closeIcon }}>
      {children}
    </ConfigProvider>
  );
}
