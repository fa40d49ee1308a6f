import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPdfText } from '#formats/pdf';

/** What stands on the pages of a printed paper, as another reader finds it. */
export async function textOf(pdf: Buffer): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-print-'));
  try {
    const path = join(folder, 'a.pdf');
    await writeFile(path, pdf);
    const pages: string[] = [];
    for await (const page of readPdfText(path)) pages.push(page.text);
    return pages;
  } finally {
    await rm(folder, { recursive: true });
  }
}
