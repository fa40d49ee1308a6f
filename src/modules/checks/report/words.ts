import { isMessageKey, type Language, type MessageKey, type Params, t } from '#kernel/wording';
import type { Details, Reason } from '../domain/result.ts';

/** What a detail says in a language: `@field.title` is the name of a field. */
const worded = (value: string | number, language: Language): string | number => {
  if (typeof value !== 'string' || !value.startsWith('@')) return value;
  const key = value.slice(1);
  return isMessageKey(key) ? t(language, key) : key;
};

function params(detail: Details, language: Language): Params {
  return Object.fromEntries(Object.entries(detail).map(([k, v]) => [k, worded(v, language)]));
}

/** A finding or a reason as a sentence. A message of an earlier version that is gone is told by its name. */
export function sentence(
  { message, detail }: { message: string; detail: Details },
  language: Language,
): string {
  if (!isMessageKey(message)) return message;
  const said = t(language, message, params(detail, language)).trim();
  // The checks' own words are English: for others the rule stands alone.
  const { words } = detail;
  const isRule =
    message.startsWith('rule.') && language === 'en' && typeof words === 'string' && words !== '';
  return isRule ? `${said}: ${words}` : said;
}

export const reasonWords = (reason: Reason | null, language: Language): string =>
  reason === null ? '' : sentence(reason, language);

/** What was measured, `name: value`. */
export function memoWords(memo: Details, language: Language): string {
  return Object.entries(memo)
    .map(([name, value]) => {
      const key = `check.memo.${name}`;
      return `${isMessageKey(key) ? t(language, key) : name}: ${typeof value === 'number' ? value.toLocaleString('en-US') : value}`;
    })
    .join('; ');
}

export const itemName = (slug: string, language: Language): string =>
  t(language, `check.item.${slug}` as MessageKey);
