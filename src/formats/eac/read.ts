import {
  attributeOf,
  childOf,
  childrenOf,
  elementXml,
  readElements,
  textOf,
  type XmlElement,
} from '#formats/xml';
import { spanIn } from './dates.ts';
import { flat, line } from './flat.ts';
import { FIELD_OF, identifierOf, kindOf, namesIn, relationOf } from './parts.ts';
import { refuse, XML_REFUSALS } from './refusals.ts';
import type { EacKept, EacName, EacPiece, EacRecord, EacRelation, EacTexts } from './types.ts';

/** Elements within which records may lie: exports of several stand in one. */
const DEEPEST = 4;

/**
 * Reads a document record by record; only the present one is in memory. Nothing outside the document is fetched, and a document type
 * declaration is refused.
 *
 * @throws Refusal `eac.damaged`, `eac.forbiddenXml`; `eac.notEac` where no record lies in it, `eac.noName` for one without any name
 */
export async function* readEac(bytes: AsyncIterable<Buffer>): AsyncGenerator<EacRecord> {
  let records = 0;
  let root = '';
  const reading = {
    isContainer: (e: XmlElement, parents: readonly XmlElement[]) => {
      if (parents.length === 0) root = e.name;
      return e.name !== 'eac-cpf' && parents.length < DEEPEST;
    },
  };
  const around: XmlElement[] = [];
  for await (const event of readElements(bytes, reading, XML_REFUSALS)) {
    if (event.kind === 'open') around.push(event.element);
    if (event.kind === 'close') around.pop();
    if (event.kind !== 'whole' || event.element.name !== 'eac-cpf') continue;
    records++;
    yield recordOf(event.element, around);
  }
  if (records === 0)
    throw refuse(
      'notEac',
      `The file is XML but holds no EAC-CPF record: it is a document of "${root.slice(0, 40)}".`,
      {
        root: root.slice(0, 40),
      },
    );
}

const xmlOf = (e: XmlElement) => elementXml(e).trimEnd();
const piece = (e: XmlElement, as: string): EacPiece => ({ as, xml: xmlOf(e) });

/** Prefixes that these declare: what is kept of elements within them goes on using them. */
function declaredBy(...elements: readonly (XmlElement | undefined)[]): Record<string, string> {
  const all = elements.flatMap((e) => (e ? e.attributes : [])).filter((a) => a.name.startsWith('xmlns:'));
  return Object.fromEntries(all.map((a) => [a.name, a.value]));
}

function recordOf(root: XmlElement, around: readonly XmlElement[]): EacRecord {
  const control = childOf(root, 'control');
  const { first, more } = descriptionsOf(root);
  const identity = first && childOf(first, 'identity');
  const description = first && childOf(first, 'description');
  const relations = first && childOf(first, 'relations');
  const names = identity ? readNames(identity) : [];
  if (!identity || names.length === 0)
    throw refuse('noName', 'A record of the file has no name.', { line: root.line });
  const related = readRelations(relations);
  const located = description ? childrenOf(description).filter(isLocated) : [];
  const texts: EacTexts = {};
  const kept: EacKept = {
    root: {
      ...declaredBy(...around, control, first, identity, description, relations),
      ...Object.fromEntries(root.attributes.map((a) => [a.name, a.value])),
    },
    control: control ? childrenOf(control).map((c) => readControl(c, texts)) : [],
    identity: childrenOf(identity).flatMap((c) =>
      ['nameEntry', 'nameEntryParallel', 'entityType'].includes(c.name) ||
      (c.name === 'entityId' && line(c) !== '')
        ? []
        : [piece(c, '')],
    ),
    description: description
      ? childrenOf(description).flatMap((c) => (isLocated(c) ? [] : [readText(c, texts)]))
      : [],
    relations: related.others,
    more,
  };
  return {
    recordId: line(control && childOf(control, 'recordId')) || null,
    kind: kindOf(identity),
    final: textOf(control && childOf(control, 'publicationStatus')) === 'approved',
    names,
    identifiers: childrenOf(identity, 'entityId')
      .map(identifierOf)
      .filter((i) => i.value !== ''),
    exist: spanIn(description && childOf(description, 'existDates')),
    texts,
    relations: [...related.relations, ...located.map(placeRelation)],
    kept,
  };
}

/** The description that is read, and what is kept whole: further identities of the same, records of other systems. */
function descriptionsOf(root: XmlElement): { first: XmlElement | undefined; more: string[] } {
  const multiple = childOf(root, 'multipleIdentities');
  const all = multiple ? childrenOf(multiple, 'cpfDescription') : childrenOf(root, 'cpfDescription');
  const [first, ...others] = all;
  const foreign = first ? childOf(first, 'alternativeSet') : undefined;
  const around = multiple ? childrenOf(multiple).filter((c) => c.name !== 'cpfDescription') : [];
  return { first, more: [...others, ...around, ...(foreign ? [foreign] : [])].map(xmlOf) };
}

/** A place of the list that the agent is at, as this house writes it. */
const isLocated = (e: XmlElement) =>
  e.name === 'place' && attributeOf(e, 'localType') === 'located' && line(childOf(e, 'placeEntry')) !== '';

function placeRelation(e: XmlElement): EacRelation {
  const entry = childOf(e, 'placeEntry');
  const note = childOf(e, 'descriptiveNote');
  const recordId = (entry && attributeOf(entry, 'vocabularySource')) || null;
  return {
    ...spanIn(e),
    type: 'located',
    name: line(entry),
    recordId,
    note: note ? flat(note) || null : null,
    kept: {},
  };
}

/** One name is the authorised form: the first that says so, or the first of all; others that say so too are forms by other rules. */
function readNames(identity: XmlElement): EacName[] {
  const found: EacName[] = [];
  let group = 0;
  for (const entry of childrenOf(identity)) {
    if (entry.name !== 'nameEntry' && entry.name !== 'nameEntryParallel') continue;
    const names = namesIn(entry);
    const together = entry.name === 'nameEntryParallel' ? ++group : undefined;
    names.forEach((name, at) => {
      const kept = at === 0 ? { eac: xmlOf(entry) } : {};
      found.push({ ...name, kept: together === undefined ? kept : { ...kept, group: together, at } });
    });
  }
  const named = found.filter((n) => n.name !== '');
  const authorised = named.find((n) => n.form === 'authorised') ?? named[0];
  return named.map((n) => {
    const form = n === authorised ? 'authorised' : n.form === 'authorised' ? 'rules' : n.form;
    return { ...n, form, kept: { ...n.kept, form } };
  });
}

function readControl(c: XmlElement, texts: EacTexts): EacPiece {
  if (
    c.name === 'recordId' ||
    c.name === 'publicationStatus' ||
    c.name === 'maintenanceHistory' ||
    c.name === 'maintenanceAgency'
  )
    return piece(c, c.name);
  return readText(c, texts);
}

/** A field of text takes what all its elements say, one after the other. */
function readText(c: XmlElement, texts: EacTexts): EacPiece {
  if (c.name === 'existDates') return piece(c, 'exist');
  const field = FIELD_OF[c.name];
  const text = field ? flat(c) : '';
  // What says nothing in words is only kept.
  if (!field || text === '') return piece(c, '');
  texts[field] = texts[field] === undefined ? text : `${texts[field]}\n${text}`;
  return piece(c, field);
}

function readRelations(of: XmlElement | undefined): { relations: EacRelation[]; others: EacPiece[] } {
  const relations: EacRelation[] = [];
  const others: EacPiece[] = [];
  for (const c of of ? childrenOf(of) : []) {
    const relation = relationOf(c);
    if (relation) relations.push({ ...relation, kept: { eac: xmlOf(c) } });
    else others.push(piece(c, ''));
  }
  return { relations, others };
}
