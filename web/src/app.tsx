import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import { type ReactNode, Suspense, useState } from 'react';
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

export function App(): ReactNode {
  const [language, setLanguage] = useState<Language>(initialLanguage);
  const choose = (next: Language): void => {
    keepLanguage(next);
    setLanguage(next);
  };
  return (
    <QueryClientProvider client={queries}>
      <LanguageSwitch value={choose}>
        <Suspense fallback={null}>
          <WordingProvider language={language}>
            <Components>
              <AntApp message={{ maxCount: 2, duration: 4 }}>
                <RouterProvider router={router} />
              </AntApp>
            </Components>
          </WordingProvider>
        </Suspense>
      </LanguageSwitch>
    </QueryClientProvider>
  );
}

/**
 * How the components look and speak. Their words are there from the first moment: given later they would wrap the page
 * anew, and what was typed or chosen meanwhile would be lost. What closes a panel says so in a word.
 */
function Components({ children }: { children: ReactNode }): ReactNode {
  const { t, language, components } = useWording();
  const closeIcon = <span className="closer">{t('act.close')}</span>;
  return (
    <ConfigProvider
      theme={themeFor(language)}
      locale={components}
      button={{ autoInsertSpace: false }}
      drawer={{ closable: { placement: 'end', closeIcon } }}
      modal={{ closeIcon }}
    >
      {children}
    </ConfigProvider>
  );
}
