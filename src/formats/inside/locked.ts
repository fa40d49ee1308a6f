import { openPdf } from '#formats/pdf';
import { Refusal } from '#kernel/errors';
import type { Inside } from './types.ts';

/** Pages of an enciphered PDF that opens without a password all the same. */
export async function pagesOfLocked(path: string, inside: Inside, signal?: AbortSignal): Promise<Inside> {
  try {
    const pdf = await openPdf(path, signal);
    await pdf.close();
    return { ...inside, pages: pdf.pageCount };
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    const { pages: _, ...rest } = inside;
    return { ...rest, notPerformed: [...inside.notPerformed, e.message] };
  }
}
