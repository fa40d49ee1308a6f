import { Structure, type StructureFault, type XmlElement } from '#formats/xml';
import { GRAMMAR, VALUES } from './grammar.ts';
import { METS } from './names.ts';

/** The codes of what is not built as METS 1.12 has it. */
export const STRUCTURE_CODES = {
  element: 'mets.element',
  order: 'mets.order',
  lacks: 'mets.lacks',
  attribute: 'mets.attribute',
  value: 'mets.value',
} as const satisfies Record<StructureFault['what'], string>;

const isOwn = ({ space }: XmlElement) => space === METS;
/** What others put in is in their own words. */
const isWrapping = ({ name }: XmlElement) => name === 'xmlData' || name === 'binData';

/** Compares a document, as it goes by (`readMets`), with the elements, their order and the attributes of METS. */
export const metsStructure = (): Structure =>
  new Structure({
    name: 'METS',
    isOwn,
    rule: (e) => (isOwn(e) && !isWrapping(e) ? GRAMMAR.get(e.name) : undefined),
    holds: (e, attribute, value) =>
      (VALUES.get(`${e.name} ${attribute}`) ?? VALUES.get(attribute))?.(value) ?? true,
  });
