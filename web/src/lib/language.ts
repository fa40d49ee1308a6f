import { createContext, useContext } from 'react';
import type { Language } from '../api/shapes.ts';

/** Changes the language of the whole console; the provider keeps it for the next visit. */
export const LanguageSwitch = createContext<(language: Language) => void>(() => undefined);
export const useLanguageSwitch = (): ((language: Language) => void) => useContext(LanguageSwitch);
export const LANGUAGE_NAMES: readonly [Language, string][] = [
  ['zh-CN', '简体中文'],
  ['zh-TW', '繁體中文'],
  ['en', 'English'],
];
