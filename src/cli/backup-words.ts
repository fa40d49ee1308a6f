import { readFile } from 'node:fs/promises';
import type { Config } from '#kernel/config';
import { messageOf, Refusal } from '#kernel/errors';

/** `1.5 GB` */
export function sizeOf(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let n = bytes;
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1000;
    unit++;
  }
  return `${unit === 0 ? n : n.toFixed(1)} ${units[unit]}`;
}

/**
 * The passphrase by a file named on the command line, else by the settings. Never by the command line itself, which
 * everybody on the machine can read.
 *
 * @throws Refusal backup.passphraseFile
 */
export async function passphraseOf(config: Config, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return config.backup.passphrase();
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new Refusal(
      'backup.passphraseFile',
      `The file with the passphrase can not be read: ${messageOf(cause)}.`,
      { file },
      { cause },
    );
  });
  return firstLine(text, file);
}

/** @throws Refusal backup.passphraseFile for less than eight characters */
export function firstLine(text: string, file: string): string {
  const line = text.replace(/^\ufeff/, '').split(/\r?\n/)[0]!;
  if (line.length >= 8) return line;
  throw new Refusal(
    'backup.passphraseFile',
    `The first line of ${file} is no passphrase: eight characters is the least.`,
    { file },
  );
}
