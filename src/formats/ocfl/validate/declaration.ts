import type { Entry, StoreReader } from '../storage.ts';
import type { Say } from './say.ts';

/** Codes of a version declaration: of an object, or of a storage root. */
export interface DeclarationCodes {
  readonly prefix: 'ocfl_object_' | 'ocfl_';
  readonly missing: string;
  readonly namaste: string;
  readonly pattern: string;
  readonly tag: string;
  readonly value: string;
  readonly contents: string;
}
export const objectDeclaration: DeclarationCodes = { prefix: 'ocfl_object_', missing: 'E003', namaste: 'E002', pattern: 'E004', tag: 'E005', value: 'E006', contents: 'E007' }; // biome-ignore format: one row
export const rootDeclaration: DeclarationCodes = { prefix: 'ocfl_', missing: 'E069', namaste: 'E075', pattern: 'E077', tag: 'E078', value: 'E079', contents: 'E080' }; // biome-ignore format: one row

const KNOWN = new Set(['1.0', '1.1']);

/** Whether a name is meant as a declaration of this kind. */
export function isDeclaration(name: string, codes: DeclarationCodes): boolean {
  return name.startsWith('0=') && name.slice(2).startsWith(codes.prefix);
}

/**
 * Finds and checks the one declaration (NAMASTE) among the entries of a folder.
 *
 * @returns the specification version, null when it can not be told.
 */
export async function checkDeclaration(
  reader: StoreReader,
  folder: string,
  entries: readonly Entry[],
  codes: DeclarationCodes,
  say: Say,
): Promise<'1.0' | '1.1' | null> {
  const names = entries.filter((e) => e.kind === 'file').map((e) => e.name);
  const good = names.filter((n) => isDeclaration(n, codes) && KNOWN.has(n.slice(2 + codes.prefix.length)));
  if (good.length === 0) {
    say.error(codes.missing, '', 'There is no version declaration.');
    for (const name of names) {
      const m = /^(\d+)(=?)(.*)$/.exec(name);
      if (!m || !(m[3]!.startsWith('ocfl_') || name.startsWith('0='))) continue;
      if (m[2] === '')
        for (const code of [codes.namaste, codes.pattern])
          say.error(code, name, 'The name of the declaration has no "=".');
      else if (m[1] !== '0')
        say.error(codes.tag, name, 'The name of the declaration does not begin with "0=".');
      else
        say.error(
          codes.value,
          name,
          `The declaration is not one of ${codes.prefix} and a version known here.`,
        );
    }
    return null;
  }
  if (good.length > 1)
    say.error(
      codes.missing === 'E069' ? 'E076' : codes.missing,
      good[1]!,
      'There are several version declarations.',
    );
  const name = good.sort().at(-1)!;
  const text = await reader.readAll(folder === '' ? name : `${folder}/${name}`, 1024).catch(() => null);
  if (text?.toString('utf8') !== `${name.slice(2)}\n`)
    say.error(codes.contents, name, 'The declaration does not hold its own value and a line feed.');
  return name.endsWith('1.1') ? '1.1' : '1.0';
}
