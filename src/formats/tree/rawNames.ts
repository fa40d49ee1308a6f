import { isUtf8 } from 'node:buffer';
import { type NameEncoding, readFileName } from '#kernel/fileNames';

/** A name as text: UTF-8 without more ado, else as {@link readFileName} makes it out. */
export function nameText(bytes: Buffer): { text: string; encoding: NameEncoding } {
  return isUtf8(bytes) ? { text: bytes.toString('utf8'), encoding: 'utf-8' } : readFileName(bytes);
}
