import { readCategory, readRetention } from '#formats/reference-codes';
import { remember } from './remember.ts';
import { readAccess, readClassification, readLevel, readPages, readYear } from './values.ts';

/** All vocabularies of a catalogue's columns, their latest answers kept. */
export function createVocabulary() {
  return {
    classification: remember(readClassification),
    retention: remember(readRetention),
    category: remember(readCategory),
    access: remember(readAccess),
    level: remember(readLevel),
    pages: remember(readPages),
    year: remember(readYear),
  };
}
