/** Thesauri in SKOS (RDF/XML), concept by concept. Usable alone. */
import {
  attributeOf,
  attributes,
  childrenOf,
  readElements,
  textElement,
  textOf,
  type XmlElement,
  type XmlRefusals,
  xmlText,
} from '#formats/xml';
import { Refusal } from '#kernel/errors';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const SKOS = 'http://www.w3.org/2004/02/skos/core#';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** A concept; others are named by their addresses. */
export interface SkosConcept {
  about: string;
  preferred: string;
  alternative: string[];
  broader: string[];
  narrower: string[];
  related: string[];
  scope: string | null;
  /** Where in the document it begins. */
  line: number;
}

const REFUSALS: XmlRefusals = {
  damaged: (what, cause) =>
    new Refusal(
      'skos.damaged',
      `The file is damaged: ${what}. Export it anew and try again.`,
      { what },
      { cause },
    ),
  forbidden: (what) => new Refusal('skos.forbiddenXml', `The file ${what}. It is not read.`, { what }),
};

/**
 * Reads a thesaurus concept by concept; of labels in several languages the Chinese one is preferred, then one without language.
 *
 * @throws Refusal `skos.damaged`, `skos.forbiddenXml`
 */
export async function* readSkos(bytes: AsyncIterable<Buffer>): AsyncGenerator<SkosConcept> {
  const reading = { isContainer: (_: XmlElement, parents: readonly XmlElement[]) => parents.length === 0 };
  for await (const e of readElements(bytes, reading, REFUSALS)) {
    if (e.kind !== 'whole' || !isConcept(e.element)) continue;
    const concept = conceptOf(e.element);
    if (concept.preferred !== '') yield concept;
  }
}

const isConcept = (e: XmlElement): boolean =>
  (e.space === SKOS && e.name === 'Concept') ||
  (e.space === RDF &&
    e.name === 'Description' &&
    childrenOf(e, 'type').some((t) => attributeOf(t, 'resource', RDF) === `${SKOS}Concept`));

const of = (e: XmlElement, name: string) => childrenOf(e, name).filter((c) => c.space === SKOS);

/** Addresses of other concepts: named, or described in place. */
function others(e: XmlElement, name: string): string[] {
  return of(e, name).flatMap((c) => {
    const about =
      attributeOf(c, 'resource', RDF) ??
      childrenOf(c)
        .map((x) => attributeOf(x, 'about', RDF))
        .find((x) => x);
    return about ? [about] : [];
  });
}

function conceptOf(e: XmlElement): SkosConcept {
  const labels = of(e, 'prefLabel').map((l) => ({
    text: textOf(l),
    lang: attributeOf(l, 'lang', XML) ?? '',
  }));
  const preferred =
    labels.find((l) => l.lang.startsWith('zh')) ??
    labels.find((l) => l.lang === '') ??
    labels.find((l) => l.lang.startsWith('en')) ??
    labels[0];
  const alternative = [...of(e, 'altLabel'), ...of(e, 'hiddenLabel')].map((l) => textOf(l));
  const notes = [...of(e, 'scopeNote'), ...of(e, 'definition')].map((n) => textOf(n)).filter((n) => n !== '');
  return {
    about: attributeOf(e, 'about', RDF) ?? attributeOf(e, 'ID', RDF) ?? '',
    preferred: preferred?.text ?? '',
    // What is said in other languages is a name too.
    alternative: [...labels.filter((l) => l !== preferred).map((l) => l.text), ...alternative].filter(
      (a) => a !== '',
    ),
    broader: others(e, 'broader'),
    narrower: others(e, 'narrower'),
    related: others(e, 'related'),
    scope: notes.length > 0 ? notes.join('\n') : null,
    line: e.line,
  };
}

/** Writes a thesaurus piece by piece: `begin`, concepts, `end`. @param scheme address of the vocabulary */
export function createSkosWriter(scheme: string, title: string) {
  const link = (name: string, about: string) => `<skos:${name}${attributes({ 'rdf:resource': about })}/>`;
  const label = (name: string, text: string) => `<skos:${name}>${xmlText(text)}</skos:${name}>`;
  return {
    begin: () =>
      `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="${RDF}" xmlns:skos="${SKOS}">\n` +
      `<skos:ConceptScheme${attributes({ 'rdf:about': scheme })}>${textElement('skos:prefLabel', title)}</skos:ConceptScheme>\n`,
    concept: (c: Omit<SkosConcept, 'line' | 'narrower'>) =>
      `<skos:Concept${attributes({ 'rdf:about': c.about })}>${link('inScheme', scheme)}${label('prefLabel', c.preferred)}` +
      c.alternative.map((a) => label('altLabel', a)).join('') +
      c.broader.map((b) => link('broader', b)).join('') +
      c.related.map((r) => link('related', r)).join('') +
      `${textElement('skos:scopeNote', c.scope)}</skos:Concept>\n`,
    end: () => '</rdf:RDF>\n',
  };
}
