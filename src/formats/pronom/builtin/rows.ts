import { readExpression } from '../reading/expression.ts';
import type { ContainerKind, ContainerSignature, Format, Sequence, Signature } from '../types.ts';

/**
 * A sequence in a few words: where, then what in PRONOM's notation. `0 'GIF'`: there; `0-1024 '%PDF'`: begins somewhere
 * in the first bytes; `end 0-4 3B`: that many bytes before the end; `any 'IEND'`: anywhere in what is looked at.
 */
export type Words = string;

/** A format of the built-in table. Names, versions and media types are PRONOM's where it has the format. */
export interface Row {
  readonly puid: string;
  readonly name: string;
  readonly version?: string;
  readonly mime?: string;
  /** Parted by spaces. */
  readonly ext?: string;
  /** Each of these shows the format; of a list, all have to be there. */
  readonly bytes?: readonly (Words | readonly Words[])[];
  /** Formats that step back, parted by spaces. */
  readonly over?: string;
  /** Files inside a container: each of these shows the format; all parts of one have to be there. */
  readonly inside?: readonly Inside[];
}

/** Names of files inside, and what they have to hold (a sequence in words); '' for any content. */
export interface Inside {
  readonly kind: ContainerKind;
  readonly files: Readonly<Record<string, Words>>;
}

export const zip = (files: Inside['files']): Inside => ({ kind: 'ZIP', files });
export const ole = (files: Inside['files']): Inside => ({ kind: 'OLE2', files });

const WHERE = /^(?:(any)|(end )?(\d+)(?:-(\d+))?) /;

/** @throws when a row of the table is miswritten, which its test finds */
export function sequenceOf(words: Words): Sequence {
  const found = WHERE.exec(words);
  if (!found) throw new Error(`"${words}" does not say where`);
  const { items, trailing } = readExpression(words.slice(found[0].length));
  const infinity = Number.POSITIVE_INFINITY;
  const first = items[0]!;
  if (found[1]) {
    const anywhere = { ...first, max: infinity };
    return { anchor: 'none', items: [anywhere, ...items.slice(1)], endMin: 0, endMax: infinity };
  }
  const min = Number(found[3]);
  const max = Number(found[4] ?? found[3]);
  if (found[2]) return { anchor: 'end', items, endMin: min + trailing.min, endMax: max + trailing.max };
  const placed = { ...first, min: first.min + min, max: first.max + max };
  return { anchor: 'begin', items: [placed, ...items.slice(1)], endMin: 0, endMax: infinity };
}

/** The rows as the matcher wants them. */
export function tableOf(rows: readonly Row[]): {
  formats: Format[];
  signatures: Signature[];
  containers: ContainerSignature[];
} {
  const formats: Format[] = [];
  const signatures: Signature[] = [];
  const containers: ContainerSignature[] = [];
  for (const { puid, name, version = '', mime = '', ext = '', bytes = [], over = '', inside = [] } of rows) {
    const ids = bytes.map((one, i) => {
      const id = `${puid} ${i}`;
      const words = typeof one === 'string' ? [one] : one;
      signatures.push({ id, sequences: words.map(sequenceOf) });
      return id;
    });
    const split = (text: string) => text.split(' ').filter((word) => word !== '');
    formats.push({
      id: puid,
      puid,
      name,
      version,
      mime,
      extensions: split(ext),
      signatureIds: ids,
      over: split(over),
    });
    for (const [i, { kind, files }] of inside.entries()) {
      const wanted = Object.entries(files).map(([path, words]) => ({
        path,
        signatures: words === '' ? [] : [{ id: `${puid} ${path}`, sequences: [sequenceOf(words)] }],
      }));
      containers.push({ id: `${puid} ${i}`, kind, description: name, puid, files: wanted });
    }
  }
  return { formats, signatures, containers };
}
