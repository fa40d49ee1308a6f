import { useSuspenseQuery } from '@tanstack/react-query';
import type { Locale } from 'antd/es/locale';
import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { fill, type Params } from '#kernel/wording/message';
import { sayRefusal } from '#kernel/wording/refusal';
import type { MessageKey } from '#kernel/wording/zh-CN';
import type { Language } from './api/shapes.ts';

export type { MessageKey } from '#kernel/wording/zh-CN';

type Catalogue = Readonly<Record<MessageKey, string>>;

/** Only the language in use is loaded: our words, and those of the components (their dates, their pages). */
const load: Record<Language, () => [Promise<Catalogue>, Promise<{ default: Locale }>]> = {
  'zh-CN': () => [import('#kernel/wording/zh-CN').then((m) => m.zhCN), import('antd/es/locale/zh_CN')],
  'zh-TW': () => [import('#kernel/wording/zh-TW').then((m) => m.zhTW), import('antd/es/locale/zh_TW')],
  en: () => [import('#kernel/wording/en').then((m) => m.en), import('antd/es/locale/en_US')],
};

async function wordsOf(language: Language): Promise<{ catalogue: Catalogue; components: Locale }> {
  const [catalogue, components] = await Promise.all(load[language]());
  return { catalogue, components: components.default };
}

export interface Wording {
  language: Language;
  /** The words of the components themselves. */
  components: Locale;
  t(key: MessageKey, params?: Params): string;
  /** A word for a code that came from the server (`category.` + WS), or the code itself. */
  word(prefix: string, code: string | null | undefined, otherwise?: string): string;
  /** The sentence of a refusal by its code, with what it speaks of; undefined for one this build has no words for. */
  refused(code: string, values?: Readonly<Record<string, unknown>>): string | undefined;
}

const WordingContext = createContext<Wording | null>(null);

export function WordingProvider({
  language,
  children,
}: {
  language: Language;
  children: ReactNode;
}): ReactNode {
  const { data } = useSuspenseQuery({
    queryKey: ['wording', language],
    queryFn: () => wordsOf(language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const { catalogue, components } = data;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = catalogue['product.name'];
  }, [language, catalogue]);
  const wording = useMemo<Wording>(() => {
    const known = (key: string): key is MessageKey => Object.hasOwn(catalogue, key);
    return {
      language,
      components,
      // A word this build does not know yet (a newer server) shows as its key and breaks nothing.
      t: (key, params) => fill(known(key) ? catalogue[key] : key, params),
      word: (prefix, code, otherwise) => {
        if (!code) return otherwise ?? '';
        const key = `${prefix}.${code}`;
        return known(key) ? catalogue[key] : (otherwise ?? code);
      },
      refused: (code, values) => sayRefusal((key) => (known(key) ? catalogue[key] : undefined), code, values),
    };
  }, [language, catalogue, components]);
  return <WordingContext value={wording}>{children}</WordingContext>;
}

export function useWording(): Wording {
  const wording = useContext(WordingContext);
  if (!wording) throw new Error('useWording outside its provider');
  return wording;
}

const KEPT = 'lantai.language';

/** The language chosen last on this machine, else what the browser asks for. */
export function initialLanguage(): Language {
  const kept = localStorage.getItem(KEPT) ?? navigator.language;
  if (/^zh-(tw|hk|mo|hant)/i.test(kept)) return 'zh-TW';
  return kept.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}
export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT, language);
}
