import { describe, expect, test } from 'vitest';
import { documentText } from './document-text.ts';

const REFUSALS = {
  damaged: (what: string) => new Error(`damaged: ${what}`),
  forbidden: (what: string) => new Error(`forbidden: ${what}`),
};

async function read(bytes: Buffer, size = 7): Promise<string> {
  async function* pieces() {
    for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
  }
  const parts: Buffer[] = [];
  for await (const part of documentText(pieces(), REFUSALS)) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

const utf16 = (text: string, swap: boolean) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return swap ? bytes.swap16() : bytes;
};
const long = '卷'.repeat(300);

describe('the text of an XML document', () => {
  test.each([
    ['UTF-8', Buffer.from(`<a>${long}</a>`)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff<a>${long}</a>`)],
    ['UTF-16, little end first', utf16(`<a>${long}</a>`, false)],
    ['UTF-16, big end first', utf16(`<a>${long}</a>`, true)],
    ['UTF-16 without a mark', utf16(`<a>${long}</a>`, true).subarray(2)],
  ])('is read from %s, however it is cut', async (_, bytes) => {
    for (const size of [1, 7, 64, 100_000]) expect(await read(bytes, size)).toBe(`<a>${long}</a>`);
  });
  test('is read in the encoding it declares', async () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>caf\u00e9</a>', 'latin1');
    expect(await read(latin)).toContain('café');
    const gb = Buffer.concat([
      Buffer.from("<?xml version='1.0' encoding='GB18030'?><a>"),
      Buffer.from([0xb5, 0xb5, 0xb0, 0xb8]),
      Buffer.from('</a>'),
    ]);
    expect(await read(gb)).toContain('<a>档案</a>');
  });
  test('may be short', async () => {
    expect(await read(Buffer.from('<a/>'))).toBe('<a/>');
    expect(await read(Buffer.alloc(0))).toBe('');
  });
  test.each([
    ['bytes that are no text', Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xff])],
    ['a character that breaks off', Buffer.from('<a>卷').subarray(0, 5)],
    ['half a character of UTF-16', utf16('<a>卷', false).subarray(0, 9)],
    ['an encoding nobody knows', Buffer.from('<?xml version="1.0" encoding="x-none"?><a/>')],
  ])('is refused with %s', async (_, bytes) => {
    await expect(read(bytes)).rejects.toThrow(/damaged/);
  });
});
