import type { EadDescription } from '#formats/ead';
import { Seen } from '../../rows/seen.ts';

/** A fonds number may have 50 characters; a reference code, with the fonds number before it, 200. */
const FONDS_LIMIT = 50;
const CODE_LIMIT = 148;
const ADDRESS = /^(?:https?:|ark:|\/repositories\/)/i;

export interface Identifiers {
  fonds: string;
  code: string;
  /** Identifiers that could not be the reference code. */
  others: string[];
  /** Codes that were given up for the present one. */
  former: string[];
}

/**
 * Tells fonds numbers and reference codes of the descriptions of one document, which come in order.
 *
 * A unitid is often unique only where it stands (`Folder 1`): the first description of the document that bears one has it as
 * its code, the others keep it among their other identifiers.
 */
export function identifierReader(): (d: EadDescription) => Identifiers {
  const seen = new Seen();
  let fonds = '';
  return (d) => {
    const former = [...new Set(d.unitIds.filter((u) => u.type === 'former').map((u) => u.text))];
    const texts = d.unitIds.filter((u) => u.type !== 'former').map((u) => u.text);
    if (d.depth === 1) {
      fonds = fondsNumber(d);
      const record = d.recordId === '' ? [] : [d.recordId];
      const others = [...new Set([...texts, ...record, ...former])].filter((x) => x !== fonds);
      return { fonds, code: '', others, former: [] };
    }
    const code = texts.find((x) => x.length <= CODE_LIMIT && !ADDRESS.test(x)) ?? '';
    const free = code !== '' && seen.add(code, d.number) === undefined;
    const others = [...new Set(texts)].filter((x) => !free || x !== code);
    return { fonds, code: free ? code : '', others, former };
  };
}

function fondsNumber(d: EadDescription): string {
  const given = [...d.unitIds.map((u) => u.text), d.recordId];
  return given.find((x) => x !== '' && x.length <= FONDS_LIMIT && !ADDRESS.test(x)) ?? '';
}
