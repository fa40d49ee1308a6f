import { answerRequests } from '#kernel/threads';
import { readPage } from './readPage.ts';
import { tesseractRecogniser } from './tesseractRecogniser.ts';
import type { OcrLanguage } from './types.ts';

/** One reader in a thread of its own: it can be ended when a page makes it hang. */
export interface ReadRequest {
  image: string | Uint8Array;
  languages?: readonly OcrLanguage[];
  page?: number;
}

const recogniser = tesseractRecogniser();
answerRequests<ReadRequest>(({ image, languages, page }) => readPage(recogniser, image, { languages, page }));
