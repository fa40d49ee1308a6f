import { isMessageKey, type Language, t } from '#kernel/wording';

/** A choice of the request form as a paper says it: 民生与落实政策 for `livelihood`; a person's own words as they stand. */
export function inWords(language: Language, kind: 'purpose' | 'idType', choice: string): string {
  const key = `${kind}.${choice}`;
  return isMessageKey(key) ? t(language, key) : choice;
}
