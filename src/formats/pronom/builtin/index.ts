import type { Hit, Knowledge, Register } from '../register.ts';
import type { Held } from '../source.ts';
import type { ContainerKind } from '../types.ts';
import { DATA } from './data.ts';
import { DOCUMENTS, PDF_PUIDS } from './documents.ts';
import { claimsOf } from './pdf.ts';
import { PICTURES } from './pictures.ts';
import { tableOf } from './rows.ts';
import { SOUND } from './sound.ts';
import { PLAIN, textKind } from './texts.ts';
import { tiffKind } from './tiff.ts';
import { KINGSOFT, WORDS } from './words.ts';

const TRIGGERS: ReadonlyMap<string, ContainerKind> = new Map([
  ['x-fmt/263', 'ZIP'],
  ['fmt/111', 'OLE2'],
]);

/** The formats archives meet daily, written down here from their public specifications. */
export function builtIn(): Knowledge {
  return { ...tableOf([...DOCUMENTS, ...PICTURES, ...SOUND, ...DATA, ...WORDS]), triggers: TRIGGERS };
}

/**
 * A signature file's knowledge with what PRONOM lacks and China's archives hold: OFD, told by the file `OFD.xml` inside.
 * Text formats are added where the file has none of them.
 */
export function withOurs(given: Knowledge): Knowledge {
  const known = new Set(given.formats.map((f) => f.puid));
  const ours = tableOf([...DOCUMENTS.filter((row) => row.puid === 'lantai/ofd'), ...WORDS]);
  return {
    formats: [
      ...given.formats,
      // What is text is told by rules of ours; its endings are the signature file's affair.
      ...ours.formats
        .filter((f) => !known.has(f.puid))
        .map((f) => (f.puid === 'lantai/ofd' ? f : { ...f, extensions: [] })),
    ],
    signatures: given.signatures,
    containers: [...given.containers, ...ours.containers],
    triggers: new Map([['x-fmt/263', 'ZIP'], ...given.triggers]),
  };
}

/** What the content tells beyond signatures: what a PDF claims, what a TIFF's directory holds, what an office file is by name. */
export async function refined(
  hits: readonly Hit[],
  source: Held,
  register: Register,
  extension: string,
): Promise<Hit[]> {
  const first = hits[0];
  if (!first) return [];
  const { puid } = first.format;
  const hit = (other: string, basis: string): Hit[] => {
    const format = register.format(other);
    return format ? [{ format, basis }] : [];
  };
  if (hits.length === 1 && PDF_PUIDS.has(puid)) {
    const claims = await claimsOf(source);
    const found = claims.flatMap((c) => hit(c.puid, `${first.basis}; claimed in its metadata at ${c.at}`));
    return found.length > 0 ? found : [first];
  }
  if (hits.length === 1 && puid === 'fmt/353') {
    const kind = await tiffKind(source);
    return kind ? hit(kind.puid, `${first.basis}; ${kind.why}`) : [first];
  }
  const kingsoft = KINGSOFT[extension];
  const old = hits.every((h) => h.basis.startsWith('container ') || h.format.puid === 'fmt/111');
  return kingsoft && old ? [...hits, ...hit(kingsoft, 'extension only')] : [...hits];
}

/** What a file without any signature is, if it is text. */
export function asText(source: Held, register: Register, extension: string): Hit[] {
  const told = textKind(source, extension);
  const format = told && register.format(told.puid);
  return told && format ? [{ format, basis: told.why }] : [];
}

export { PLAIN };
