import type { DublinCore } from '#formats/oai';
import type { Fonds, UnitRecord } from '#modules/holdings';
import { forReaders } from './forReaders.ts';

/** An open entry with its place, as it is described to others. */
export interface OpenRecord {
  unit: UnitRecord;
  archive: { code: string; name: string };
  fonds: Pick<Fonds, 'number' | 'name'>;
  /** Address of its page. */
  address: string;
}

const names = (text: string | null | undefined): string[] =>
  (text ?? '')
    .split(/[;；\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
const one = (text: string | null | undefined): string[] => (text ? [text] : []);

/**
 * An open entry in simple Dublin Core. The elements follow the mapping of ISAD(G) that archives use among one another: scope and
 * content as description, the archive as publisher, the fonds as what it is part of.
 */
export function dublinCoreOf({ unit, archive, fonds, address }: OpenRecord): DublinCore {
  const said = forReaders(unit.description);
  return {
    title: [unit.title],
    creator: names(unit.creator),
    subject: [...new Set([...names(said.subjects), ...names(said.keywords)])],
    description: [...one(said.abstract), ...one(said.note)],
    publisher: [archive.name],
    date: one(unit.date),
    type: [...one(said.genre), ...(unit.level === 'item' ? [] : ['Collection'])],
    format: one(said.medium),
    identifier: [address, ...one(unit.referenceCode), ...one(unit.docNo)],
    language: names(said.language),
    relation: one([fonds.number, fonds.name].filter(Boolean).join(' ')),
  };
}
