import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demandWholePdf } from './whole.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-pdf-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const BODY = `1 0 obj\n<</Type/Catalog>>\nendobj\n${'% filling '.repeat(400)}\n`;
const TRAILER = 'trailer<</Size 2/Root 1 0 R>>';

/** The end of a file whose table of objects stands at `table`. */
const ending = (table: number) => `xref\n0 1\n0000000000 65535 f \n${TRAILER}\nstartxref\n${table}\n%%EOF\n`;

const plain = `%PDF-1.4\n${BODY}${ending(9 + BODY.length)}`;

/** Arranged for the web: a first end mark near the head, and the length of the whole. */
function linearized(): string {
  const head = (length: number) =>
    `%PDF-1.4\n5 0 obj\n<</Linearized 1/L ${String(length).padStart(8, '0')}/H[1 2]/O 6/N 1>>\nendobj\n`;
  const first = head(0).length;
  const rest = `${ending(first)}${BODY}${ending(first)}`;
  return head(first + rest.length) + rest;
}

async function outcome(text: string): Promise<string> {
  const path = join(folder, 'a.pdf');
  await writeFile(path, text, 'latin1');
  return demandWholePdf(path).then(
    () => 'whole',
    (e: { code: string }) => e.code,
  );
}

describe('a PDF whose file breaks off', () => {
  it.each([
    ['a plain file', plain],
    ['a file arranged for the web', linearized()],
  ])('%s is refused wherever it is cut', async (_, whole) => {
    expect(await outcome(whole)).toBe('whole');
    for (let cut = whole.length - 2; cut > 20; cut -= cut > whole.length - 100 ? 1 : 97)
      expect(await outcome(whole.slice(0, cut)), `cut at ${cut}`).toBe('pdf.truncated');
  });

  it('is whole with bytes before its head or behind its end, or with a wrong place of its table', async () => {
    expect(await outcome(`junk of a mail gateway\n${plain}`)).toBe('whole');
    expect(await outcome(`${plain}${'\0'.repeat(50_000)}`)).toBe('whole');
    expect(await outcome(`%PDF-1.4\n${BODY}${ending(3)}`)).toBe('whole');
  });
});
