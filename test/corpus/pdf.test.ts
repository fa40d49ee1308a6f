import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPdfText } from '#formats/pdf';
import { isRefusal } from '#kernel/errors';

const corpora = process.env.LANTAI_CORPORA;
const folder = join(corpora ?? '', 'pdf');
const below = (name: string) =>
  corpora
    ? readdirSync(join(folder, name), { recursive: true })
        .map(String)
        .filter((file) => file.toLowerCase().endsWith('.pdf'))
        .map((file) => join(folder, name, file))
    : [];

async function outcome(path: string): Promise<string> {
  try {
    let text = '';
    for await (const page of readPdfText(path, { maxPages: 3 })) text += page.text;
    return `text ${text}`;
  } catch (e) {
    if (isRefusal(e)) return e.code;
    throw e;
  }
}

describe.skipIf(!corpora)('PDF on the corpus (skipped without LANTAI_CORPORA)', () => {
  it('refuses what is locked', async () => {
    expect(await outcome(join(folder, 'cabinet-of-horrors/encryption_openpassword.pdf'))).toBe(
      'pdf.encrypted',
    );
    expect(await outcome(join(folder, 'cabinet-of-horrors/encryption_noprinting.pdf'))).toMatch(/^text /);
  });

  it.each(['handbuilt', 'govdocs1-error', 'cabinet-of-horrors', 'bfo'])(
    'reads or refuses every file of %s, and outlives it',
    async (name) => {
      for (const path of below(name)) expect(await outcome(path), path).toMatch(/^(text |pdf\.)/);
    },
    600_000,
  );
});
