import { attributes, element, elementXml, readElements, textElement, type XmlElement } from '#formats/xml';
import { dateElements, sameSpan, spanIn } from './dates.ts';
import { flat, same } from './flat.ts';
import { namesIn, RELATION_NAME, relationOf } from './parts.ts';
import { XML_REFUSALS } from './refusals.ts';
import {
  EAC_TEXTS,
  type EacKept,
  type EacName,
  type EacPiece,
  type EacRecord,
  type EacRelation,
  type EacText,
} from './types.ts';

/** Who makes a record, and what was done to it here since it came. */
export interface EacMade {
  agencyCode: string;
  agencyName: string;
  /** An identifier for a record that has no number of its own. */
  recordId: string;
  created: { at: Date; by: string };
  /** Absent where nothing was changed. */
  revised?: { at: Date; by: string };
  /** Further resources: fonds formed. */
  creatorOf?: readonly { entry: string; href: string }[];
}

const NAMESPACES = { xmlns: 'urn:isbn:1-931666-33-4', 'xmlns:xlink': 'http://www.w3.org/1999/xlink' };

/**
 * Writes one record, its root included. What was read of a document and was not changed since goes out in that document's own words;
 * the rest is written anew.
 */
export async function writeEac(r: EacRecord, made: EacMade): Promise<string> {
  const root = { ...NAMESPACES, ...r.kept.root };
  const old = await Kept.of(r.kept, root, r);
  const description = descriptionXml(r, old);
  const relations = relationsXml(r, old, made);
  const inside =
    `<identity>\n${identityXml(r, old)}</identity>\n` +
    (description === '' ? '' : `<description>\n${description}</description>\n`) +
    (relations === '' ? '' : `<relations>\n${relations}</relations>\n`);
  const more = r.kept.more ?? [];
  const identities = more.filter((x) => x.startsWith('<cpfDescription') || x.startsWith('<descriptiveNote'));
  const sets = more.filter((x) => !identities.includes(x));
  const first = `<cpfDescription>\n${inside}${sets.map(newline).join('')}</cpfDescription>\n`;
  const body =
    identities.length > 0
      ? `<multipleIdentities>\n${first}${identities.map(newline).join('')}</multipleIdentities>\n`
      : first;
  return `<eac-cpf${attributes(root)}>\n<control>\n${controlXml(r, old, made)}</control>\n${body}</eac-cpf>\n`;
}

const newline = (xml: string) => `${xml}\n`;
const xml = (e: XmlElement) => elementXml(e);

/** What came with a record, read once more, so that it can be told whether it still holds. */
class Kept {
  readonly #read: ReadonlyMap<string, XmlElement>;
  readonly control: readonly EacPiece[];
  readonly description: readonly EacPiece[];
  private constructor(kept: EacKept, read: ReadonlyMap<string, XmlElement>) {
    this.#read = read;
    this.control = kept.control ?? [];
    this.description = kept.description ?? [];
  }

  static async of(kept: EacKept, root: Readonly<Record<string, string>>, r: EacRecord): Promise<Kept> {
    const words = [
      ...[...(kept.control ?? []), ...(kept.description ?? [])].map((p) => p.xml),
      ...[...r.names, ...r.relations].flatMap((n) => (n.kept.eac ? [n.kept.eac] : [])),
    ];
    const read = new Map<string, XmlElement>();
    const open = Buffer.from(`<kept${attributes(root)}>`);
    const bytes = (async function* () {
      yield open;
      for (const w of words) yield Buffer.from(w);
      yield Buffer.from('</kept>');
    })();
    let at = 0;
    const reading = { isContainer: (_: XmlElement, parents: readonly XmlElement[]) => parents.length === 0 };
    for await (const e of readElements(bytes, reading, XML_REFUSALS))
      if (e.kind === 'whole') read.set(words[at++] ?? '', e.element);
    return new Kept(kept, read);
  }

  element(words: string | undefined): XmlElement | undefined {
    return words === undefined ? undefined : this.#read.get(words);
  }

  /** Whether what the pieces of a field say, together, is still what the field says. */
  holds(pieces: readonly EacPiece[], field: EacText, text: string | undefined): boolean {
    const said = pieces
      .filter((p) => p.as === field)
      .map((p) => this.element(p.xml))
      .map((e) => (e ? flat(e) : ''))
      .join('\n');
    return same(said, text);
  }
}

function paragraphs(text: string): XmlElement[] {
  return text
    .split('\n')
    .map((l) =>
      element('p', /^\s|\s$|\s\s|[\t]/.test(l) ? { 'xml:space': 'preserve' } : {}, l === '' ? [] : [l]),
    );
}

/** Pieces in their order; a field that was changed is written anew where it first stood, new ones at the end. */
function fieldsXml(r: EacRecord, old: Kept, pieces: readonly EacPiece[], fields: readonly EacText[]): string {
  const done = new Set<EacText>();
  const write = (field: EacText): string => {
    done.add(field);
    const text = r.texts[field];
    return text === undefined || text === '' ? '' : anew(field, text);
  };
  let out = '';
  for (const p of pieces) {
    const field = fields.find((f) => f === p.as);
    if (!field) out += p.as === '' ? newline(p.xml) : '';
    else if (old.holds(pieces, field, r.texts[field])) {
      done.add(field);
      out += newline(p.xml);
    } else if (!done.has(field)) out += write(field);
  }
  return (
    out +
    fields
      .filter((f) => !done.has(f))
      .map(write)
      .join('')
  );
}

function anew(field: EacText, text: string): string {
  const note = () => element('descriptiveNote', {}, paragraphs(text));
  switch (field) {
    case 'history':
      return xml(element('biogHist', {}, paragraphs(text)));
    case 'structure':
      return xml(element('structureOrGenealogy', {}, paragraphs(text)));
    case 'context':
      return xml(element('generalContext', {}, paragraphs(text)));
    case 'places':
      return xml(element('places', {}, [note()]));
    case 'legalStatus':
      return xml(element('legalStatuses', {}, [note()]));
    case 'functions':
      return xml(element('functions', {}, [note()]));
    case 'mandates':
      return xml(element('mandates', {}, [note()]));
    case 'rules':
      return xml(element('conventionDeclaration', {}, [element('citation', {}, []), note()]));
    case 'languages':
      return xml(
        element('languageDeclaration', {}, [
          element('language', { languageCode: 'und' }),
          element('script', { scriptCode: 'Zyyy' }),
          note(),
        ]),
      );
    case 'sources':
      return xml(
        element(
          'sources',
          {},
          text.split('\n').map((l) => element('source', {}, [element('sourceEntry', {}, [l])])),
        ),
      );
  }
}

const OF_CONTROL: readonly EacText[] = ['rules', 'languages', 'sources'];
const OF_DESCRIPTION: readonly EacText[] = EAC_TEXTS.filter((f) => !OF_CONTROL.includes(f));

function controlXml(r: EacRecord, old: Kept, made: EacMade): string {
  const own = (as: string) => old.control.find((p) => p.as === as)?.xml;
  const rest = old.control.filter(
    (p) => !['recordId', 'publicationStatus', 'maintenanceHistory', 'maintenanceAgency'].includes(p.as),
  );
  const status = own('publicationStatus');
  const wasFinal = status?.includes('>approved<') ?? false;
  const withStatus =
    status !== undefined && wasFinal === r.final
      ? newline(status)
      : r.final || status
        ? newline(textElement('publicationStatus', r.final ? 'approved' : 'inProcess'))
        : '';
  const isHere = (name: string) => rest.some((p) => p.xml.startsWith(`<${name}`));
  return [
    newline(textElement('recordId', r.recordId ?? made.recordId)),
    isHere('maintenanceStatus')
      ? ''
      : newline(textElement('maintenanceStatus', made.revised ? 'revised' : 'new')),
    withStatus,
    newline(
      own('maintenanceAgency') ??
        `<maintenanceAgency>${textElement('agencyCode', made.agencyCode)}${textElement('agencyName', made.agencyName)}</maintenanceAgency>`,
    ),
    fieldsXml(r, old, rest, OF_CONTROL),
    historyXml(own('maintenanceHistory'), made),
  ].join('');
}

function historyXml(words: string | undefined, made: EacMade): string {
  const event = (type: string, { at, by }: { at: Date; by: string }) =>
    `<maintenanceEvent>${textElement('eventType', type)}<eventDateTime standardDateTime="${at.toISOString()}"/>` +
    `${textElement('agentType', 'human')}${textElement('agent', by)}</maintenanceEvent>\n`;
  const revised =
    made.revised && !words?.includes(made.revised.at.toISOString()) ? event('revised', made.revised) : '';
  if (words === undefined)
    return `<maintenanceHistory>\n${event('created', made.created)}${revised}</maintenanceHistory>\n`;
  return newline(
    revised === '' ? words : words.replace(/<\/maintenanceHistory>$/, `${revised}</maintenanceHistory>`),
  );
}

const ENTITY = { body: 'corporateBody', person: 'person', family: 'family' } as const;

function identityXml(r: EacRecord, old: Kept): string {
  return [
    ...r.identifiers.map((i) => xml(element('entityId', { localType: i.type || undefined }, [i.value]))),
    newline(textElement('entityType', ENTITY[r.kind])),
    namesXml(r.names, old),
    ...(r.kept.identity ?? []).map((p) => newline(p.xml)),
  ].join('');
}

function namesXml(names: readonly EacName[], old: Kept): string {
  const out: string[] = [];
  const written = new Set<EacName>();
  for (const n of names) {
    if (written.has(n)) continue;
    const together = n.kept.group === undefined ? [n] : names.filter((x) => x.kept.group === n.kept.group);
    const inOrder = together.toSorted((a, b) => (a.kept.at ?? 0) - (b.kept.at ?? 0));
    const words = inOrder[0]?.kept.eac;
    const was = old.element(words);
    if (words !== undefined && was && sameNames(inOrder, namesIn(was))) {
      out.push(newline(words));
      for (const x of together) written.add(x);
    } else {
      out.push(nameXml(n));
      written.add(n);
    }
  }
  return out.join('');
}

const sameNames = (now: readonly EacName[], was: readonly EacName[]): boolean =>
  now.length === was.length &&
  now.every((n, i) => {
    const w = was[i];
    return (
      w !== undefined &&
      n.form === n.kept.form &&
      same(n.name, w.name) &&
      same(n.lang, w.lang) &&
      same(n.note, w.note) &&
      sameSpan(n, w)
    );
  });

function nameXml(n: EacName): string {
  const dates = dateElements(n);
  const form = n.form === 'authorised' ? 'authorizedForm' : 'alternativeForm';
  return xml(
    element(
      'nameEntry',
      {
        'xml:lang': n.lang ?? undefined,
        localType: n.form === 'parallel' || n.form === 'rules' ? n.form : undefined,
      },
      [
        element('part', {}, [n.name]),
        ...(dates.length > 0 ? [element('useDates', {}, dates)] : []),
        element(form, {}, ['lantai']),
        ...(n.note === null ? [] : [element('descriptiveNote', {}, paragraphs(n.note))]),
      ],
    ),
  );
}

function descriptionXml(r: EacRecord, old: Kept): string {
  const was = old.description.find((p) => p.as === 'exist');
  const holds = was !== undefined && sameSpan(r.exist, spanIn(old.element(was.xml)));
  const dates = dateElements(r.exist);
  const exist = holds ? newline(was.xml) : dates.length > 0 ? xml(element('existDates', {}, dates)) : '';
  const located = r.relations.filter((x) => x.type === 'located').map(placeXml);
  return (
    exist +
    located.join('') +
    fieldsXml(
      r,
      old,
      old.description.filter((p) => p.as !== 'exist'),
      OF_DESCRIPTION,
    )
  );
}

function placeXml(x: EacRelation): string {
  return xml(
    element('place', { localType: 'located' }, [
      element('placeEntry', { vocabularySource: x.recordId ?? undefined }, [x.name]),
      ...dateElements(x),
      ...(x.note === null ? [] : [element('descriptiveNote', {}, paragraphs(x.note))]),
    ]),
  );
}

function relationsXml(r: EacRecord, old: Kept, made: EacMade): string {
  const others = (r.kept.relations ?? []).map((p) => p.xml);
  const fonds = (made.creatorOf ?? []).filter((f) => !others.some((o) => o.includes(f.href)));
  return [
    ...r.relations.filter((x) => x.type !== 'located').map((x) => relationXml(x, old)),
    ...others.map(newline),
    ...fonds.map((f) =>
      xml(
        element(
          'resourceRelation',
          { resourceRelationType: 'creatorOf', 'xlink:type': 'simple', 'xlink:href': f.href },
          [element('relationEntry', {}, [f.entry])],
        ),
      ),
    ),
  ].join('');
}

function relationXml(x: EacRelation, old: Kept): string {
  const was = old.element(x.kept.eac);
  const read = was && relationOf(was);
  if (read && x.kept.eac && read.type === x.type && same(read.note, x.note) && sameSpan(read, x))
    return newline(x.kept.eac);
  const tag = x.type === 'performs' ? 'functionRelation' : 'cpfRelation';
  const type =
    x.type === 'performs' ? { functionRelationType: 'performs' } : { cpfRelationType: RELATION_NAME[x.type] };
  return xml(
    element(tag, { ...type, 'xlink:type': 'simple', 'xlink:href': x.recordId ?? undefined }, [
      element('relationEntry', {}, [x.name]),
      ...dateElements(x),
      ...(x.note === null ? [] : [element('descriptiveNote', {}, paragraphs(x.note))]),
    ]),
  );
}
