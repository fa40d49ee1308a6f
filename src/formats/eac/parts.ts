import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from '#formats/xml';
import { spanIn } from './dates.ts';
import { flat, line } from './flat.ts';
import type { EacIdentifier, EacName, EacRelation, EacText } from './types.ts';

export const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
const HAN = /\p{Script=Han}/u;

/** Which field an element of the description, or of the control section, is read into. */
export const FIELD_OF: Readonly<Record<string, EacText>> = {
  biogHist: 'history',
  place: 'places',
  places: 'places',
  legalStatus: 'legalStatus',
  legalStatuses: 'legalStatus',
  function: 'functions',
  functions: 'functions',
  occupation: 'functions',
  occupations: 'functions',
  mandate: 'mandates',
  mandates: 'mandates',
  structureOrGenealogy: 'structure',
  generalContext: 'context',
  conventionDeclaration: 'rules',
  languageDeclaration: 'languages',
  sources: 'sources',
};

const orNull = (text: string | undefined): string | null =>
  text === undefined || text.trim() === '' ? null : text.trim();

/** A name as a reader writes it: its parts one after the other, with a blank where letters meet. */
function nameIn(of: XmlElement): string {
  return childrenOf(of, 'part')
    .map(line)
    .filter((p) => p !== '')
    .reduce(
      (all, part) =>
        all === ''
          ? part
          : HAN.test(all.slice(-1)) && HAN.test(part[0] ?? '')
            ? all + part
            : `${all} ${part}`,
      '',
    );
}

const isAuthorised = (of: XmlElement) =>
  childOf(of, 'authorizedForm') !== undefined || childOf(of, 'preferredForm') !== undefined;

/** A `nameEntry`. @param form what it stands for where it says nothing of the kind */
function nameOf(of: XmlElement, form: EacName['form']): EacName {
  const note = childOf(of, 'descriptiveNote');
  return {
    ...spanIn(childOf(of, 'useDates')),
    form: isAuthorised(of) ? 'authorised' : form,
    name: nameIn(of),
    lang: orNull(attributeOf(of, 'lang', XML) ?? attributeOf(of, 'scriptCode')),
    note: note ? orNull(flat(note)) : null,
    kept: {},
  };
}

/** The names of one element of the identity: one, or those of a parallel entry. */
export function namesIn(of: XmlElement): EacName[] {
  if (of.name === 'nameEntry') return [nameOf(of, 'other')];
  const authorised = isAuthorised(of);
  return childrenOf(of, 'nameEntry').map((n, i) =>
    nameOf(n, authorised && i === 0 ? 'authorised' : 'parallel'),
  );
}

export function identifierOf(of: XmlElement): EacIdentifier {
  return { type: attributeOf(of, 'localType')?.trim() ?? '', value: line(of) };
}

const RELATION: Readonly<Record<string, EacRelation['type']>> = {
  identity: 'identity',
  hierarchical: 'hierarchical',
  'hierarchical-parent': 'superior',
  'hierarchical-child': 'subordinate',
  temporal: 'temporal',
  'temporal-earlier': 'earlier',
  'temporal-later': 'later',
  family: 'family',
  associative: 'associative',
};
export const RELATION_NAME: Readonly<Partial<Record<EacRelation['type'], string>>> = Object.fromEntries(
  Object.entries(RELATION).map(([name, type]) => [type, name]),
);

/** A relation to another agent, or to a function that is performed; undefined for any other, or without a name. */
export function relationOf(of: XmlElement): EacRelation | undefined {
  const entry = childOf(of, 'relationEntry') ?? childOf(of, 'relationEntryText');
  const name = line(entry);
  if (name === '') return undefined;
  const isFunction = of.name === 'functionRelation';
  if (of.name !== 'cpfRelation' && !(isFunction && attributeOf(of, 'functionRelationType') === 'performs'))
    return undefined;
  const note = childOf(of, 'descriptiveNote');
  const href = attributeOf(of, 'href', XLINK)?.trim() ?? '';
  return {
    ...spanIn(of),
    type: isFunction ? 'performs' : (RELATION[attributeOf(of, 'cpfRelationType') ?? ''] ?? 'associative'),
    name,
    recordId: orNull(/^[\w.:-]{1,200}$/.test(href) ? href : undefined),
    note: note ? orNull(flat(note)) : null,
    kept: {},
  };
}

const KINDS: Readonly<Record<string, 'body' | 'person' | 'family'>> = {
  corporateBody: 'body',
  person: 'person',
  family: 'family',
};
export const kindOf = (identity: XmlElement): 'body' | 'person' | 'family' =>
  KINDS[textOf(childOf(identity, 'entityType'))] ?? 'body';
