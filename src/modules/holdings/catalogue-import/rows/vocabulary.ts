import { categories, readCategory, readRetention } from '#formats/reference-codes';
import { isMessageKey, LANGUAGES, t } from '#kernel/wording';
import { normaliseHeading } from '../headings/normalise.ts';
import { remember } from './remember.ts';
import { readAccess, readClassification, readLevel, readPages, readYear } from './values.ts';

/** Categories by their names on the screen, in every language: a table that was taken out says them so. */
const NAMED = new Map(
  categories.flatMap((category) =>
    LANGUAGES.flatMap((language) => {
      const key = `category.${category.code}`;
      return isMessageKey(key) ? [[normaliseHeading(t(language, key)), category] as const] : [];
    }),
  ),
);

const categoryOf = (text: string) => readCategory(text) ?? NAMED.get(normaliseHeading(text));

/** All vocabularies of a catalogue's columns, their latest answers kept. */
export function createVocabulary() {
  return {
    classification: remember(readClassification),
    retention: remember(readRetention),
    category: remember(categoryOf),
    access: remember(readAccess),
    level: remember(readLevel),
    pages: remember(readPages),
    year: remember(readYear),
  };
}
