import { en } from './wording/en.ts';
import { fill, type Params } from './wording/message.ts';
import { type MessageKey, zhCN } from './wording/zh-CN.ts';
import { zhTW } from './wording/zh-TW.ts';

export type { Params } from './wording/message.ts';
export type { MessageKey } from './wording/zh-CN.ts';

export const LANGUAGES = ['zh-CN', 'zh-TW', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const catalogues: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  'zh-CN': zhCN,
  'zh-TW': zhTW,
  en,
};

/** One message of the catalogue in a language, its values filled in. */
export function t(language: Language, key: MessageKey, params?: Params): string {
  return fill(catalogues[language][key], params);
}

/** Whether the catalogue has this key: for codes that come from elsewhere (`error.` + code). */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(zhCN, key);
}

/** A retention period in words: `Y`, `Dn` and the legacy terms; any other code as it is. */
export function retentionIn(language: Language, code: string): string {
  const key = `retention.${code}`;
  if (isMessageKey(key)) return t(language, key);
  const years = /^D(\d{1,3})$/.exec(code)?.[1];
  return years ? t(language, 'retention.years', { n: Number(years) }) : code;
}

/** The language the catalogue has that fits an Accept-Language value or a tag best; zh-CN when none fits. */
export function chooseLanguage(wanted: string | undefined): Language {
  for (const part of (wanted ?? '').split(',')) {
    const tag = part.split(';')[0]?.trim().toLowerCase() ?? '';
    if (/^zh-(tw|hk|mo|hant)/.test(tag)) return 'zh-TW';
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}
