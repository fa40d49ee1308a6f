import { open } from 'node:fs/promises';
import { limitsWith } from './limits.ts';
import { refuse } from './refusals.ts';
import { openText } from './text/index.ts';
import type { OpenOptions, SheetBook } from './types.ts';
import { openXls } from './xls/index.ts';
import { openXlsx } from './xlsx/index.ts';

type Container = 'zip' | 'compound' | 'oldBinary' | 'text';

function containerOf(head: Buffer): Container {
  const start = head.toString('latin1', 0, 8);
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
  if (start === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') return 'compound';
  // BIFF 2 to 4 came without a container: a bare BOF record.
  if (/^\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00/.test(start)) return 'oldBinary';
  return 'text';
}

/**
 * Opens a tabular file, told by its content and not by its name: .xlsx (transitional and strict), .xls (Excel 5
 * to 2003), and delimited text in UTF-8, UTF-16, GB18030, Big5 or windows-1252. Nothing but the outline is read yet.
 *
 * @throws Refusal with a code `sheet.*` and a sentence for the person, for whatever can not be read as it stands
 */
export async function openSheets(path: string, options: OpenOptions = {}): Promise<SheetBook> {
  const limits = limitsWith(options.limits);
  const head = Buffer.alloc(16);
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') throw refuse('notFound', `there is no file "${path}".`, {}, {}, cause);
    throw refuse('unreadable', `the file "${path}" can not be opened (${cause.code}).`, {}, {}, cause);
  });
  try {
    const about = await file.stat();
    if (!about.isFile()) throw refuse('unreadable', `"${path}" is not a file.`);
    if (about.size === 0) throw refuse('empty', 'the file is empty.');
    if (about.size > limits.fileBytes) {
      throw refuse(
        'tooLarge',
        `the file is larger than ${Math.round(limits.fileBytes / 2 ** 20)} MiB: divide it.`,
      );
    }
    await file.read(head, 0, 16, 0);
  } finally {
    await file.close();
  }
  const container = containerOf(head);
  if (container === 'zip') return openXlsx(path, options, limits);
  if (container === 'compound') return openXls(path, options, limits);
  if (container === 'oldBinary') {
    throw refuse(
      'unsupportedFormat',
      'the file comes from an Excel older than 5.0: save it as .xlsx and try again.',
    );
  }
  return openText(path, options, limits);
}
