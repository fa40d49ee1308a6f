import {
  attributeOf,
  quotedXml,
  Structure,
  type StructureFault,
  textOf,
  type XmlElement,
} from '#formats/xml';
import { premisVersion } from '../readDocument.ts';
import { GRAMMARS, NAMES, TEXT } from './versions.ts';

/** The codes of what is not built as PREMIS has it. */
export const STRUCTURE_CODES = {
  element: 'premis.element',
  order: 'premis.order',
  lacks: 'premis.lacks',
  attribute: 'premis.attribute',
  value: 'premis.value',
} as const satisfies Record<StructureFault['what'], string>;

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Versions whose elements are compared; of version 1 only what is mandatory is. */
function versionOf(e: XmlElement): 2 | 3 | undefined {
  const version = premisVersion(e);
  return version === 1 ? undefined : version;
}

/** The category of an object, without the prefix it may be written with. */
const categoryOf = (e: XmlElement) => attributeOf(e, 'type', XSI)?.replace(/^.*:/, '').trim();

const ruleName = (e: XmlElement) => (e.name === 'object' ? `object ${categoryOf(e) ?? ''}` : e.name);

const isWrapping = ({ name }: XmlElement) =>
  name.endsWith('Extension') || name === 'mdSec' || name === 'keyInformation';

function ruleOf(e: XmlElement) {
  const version = versionOf(e);
  if (version === undefined || isWrapping(e)) return undefined;
  const rule = GRAMMARS[version].get(ruleName(e));
  // An object without a category, and what the version does not know, can not be compared; that is told by itself.
  return rule ?? (e.name !== 'object' && NAMES[version].has(e.name) ? TEXT : undefined);
}

const isWhole = (value: string) => /^\+?\d+$/.test(value);
const VALUES: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ['size', (value: string) => /^[+-]?\d+$/.test(value)],
  ['compositionLevel', isWhole],
  ['relatedEventSequence', isWhole],
  ['relatedObjectSequence', isWhole],
]);

/** What an element says that no value of it can be. */
function* judge(e: XmlElement): Generator<Pick<StructureFault, 'what' | 'message'>> {
  const version = versionOf(e);
  if (version === undefined) return;
  const holds = VALUES.get(e.name);
  const value = textOf(e);
  if (holds && !holds(value))
    yield { what: 'value', message: `"${e.name}" says ${quotedXml(value)}, which is no value it can have.` };
  const category = categoryOf(e);
  if (e.name === 'object' && category !== undefined && !GRAMMARS[version].has(`object ${category}`))
    yield {
      what: 'value',
      message: `The object is of the category ${quotedXml(category)}, which version ${version} does not have.`,
    };
}

/** Compares a document, as it goes by (`premisElements`), with the elements, order, attributes and values of its version, 2 or 3. */
export const premisStructure = (): Structure =>
  new Structure({
    name: 'PREMIS',
    isOwn: (e) => versionOf(e) !== undefined,
    rule: ruleOf,
    judge,
    holds: (e, attribute, value) =>
      attribute === 'version'
        ? value.startsWith(`${versionOf(e)}.`)
        : attribute !== 'unknown' || value === 'yes',
  });
