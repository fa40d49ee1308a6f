import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from '#formats/xml';
import type {
  ReadAgent,
  ReadCharacteristics,
  ReadEvent,
  ReadFormat,
  ReadIdentifier,
  ReadLink,
  ReadObject,
  ReadPremisEntity,
  ReadRights,
  ReadRightsStatement,
} from './entity.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const CATEGORIES = ['file', 'representation', 'bitstream', 'intellectualEntity'] as const;

/** An element of PREMIS as what it says; undefined for elements that are no entity. */
export function entityOf(e: XmlElement): ReadPremisEntity | undefined {
  switch (e.name) {
    case 'object':
      return objectOf(e);
    case 'event':
      return eventOf(e);
    case 'agent':
      return agentOf(e);
    case 'rights':
    case 'rightsStatement':
      return rightsOf(e);
    default:
      return undefined;
  }
}

function said(e: XmlElement | undefined, ...path: string[]): string | undefined {
  let at = e;
  for (const name of path) at = at && childOf(at, name);
  return at === undefined ? undefined : textOf(at);
}

const all = (e: XmlElement, name: string) => childrenOf(e, name).map(textOf);

/** Identifiers under a name, such as `linkingAgentIdentifier`, of which type and value are named after it. */
function identifiers(e: XmlElement, name: string): ReadLink[] {
  const unit = name.replace(/^related(Object|Event)Identification$/, 'related$1Identifier');
  return childrenOf(e, name).map((i) => ({
    type: said(i, `${unit}Type`) ?? '',
    value: said(i, `${unit}Value`) ?? '',
    roles: childrenOf(i)
      .filter((c) => c.name.endsWith('Role'))
      .map(textOf),
  }));
}

const plain = (links: ReadLink[]): ReadIdentifier[] => links.map(({ type, value }) => ({ type, value }));

function objectOf(e: XmlElement): ReadObject {
  const named = (attributeOf(e, 'type', XSI) ?? said(e, 'objectCategory') ?? '').replace(/^.*:/, '');
  return {
    kind: 'object',
    category: CATEGORIES.find((c) => c === named),
    identifiers: plain(identifiers(e, 'objectIdentifier')),
    preservationLevels: childrenOf(e, 'preservationLevel').map(
      (p) => said(p, 'preservationLevelValue') ?? textOf(p),
    ),
    properties: childrenOf(e, 'significantProperties').map((p) => ({
      type: said(p, 'significantPropertiesType'),
      value: said(p, 'significantPropertiesValue'),
    })),
    characteristics: childrenOf(e, 'objectCharacteristics').map(characteristicsOf),
    originalName: said(e, 'originalName'),
    locations: childrenOf(e, 'storage').flatMap((s) =>
      childrenOf(s, 'contentLocation').map((l) => ({
        type: said(l, 'contentLocationType') ?? '',
        value: said(l, 'contentLocationValue') ?? '',
      })),
    ),
    relationships: childrenOf(e, 'relationship').map((r) => ({
      type: said(r, 'relationshipType'),
      subType: said(r, 'relationshipSubType'),
      objects: plain([
        ...identifiers(r, 'relatedObjectIdentifier'),
        ...identifiers(r, 'relatedObjectIdentification'),
      ]),
      events: plain([
        ...identifiers(r, 'relatedEventIdentifier'),
        ...identifiers(r, 'relatedEventIdentification'),
      ]),
    })),
    events: plain(identifiers(e, 'linkingEventIdentifier')),
    rights: plain([
      ...identifiers(e, 'linkingRightsStatementIdentifier'),
      ...identifiers(e, 'linkingPermissionStatementIdentifier'),
    ]),
  };
}

function characteristicsOf(e: XmlElement): ReadCharacteristics {
  return {
    compositionLevel: said(e, 'compositionLevel'),
    fixity: childrenOf(e, 'fixity').map((f) => ({
      algorithm: said(f, 'messageDigestAlgorithm'),
      digest: said(f, 'messageDigest'),
      originator: said(f, 'messageDigestOriginator'),
    })),
    size: said(e, 'size'),
    formats: childrenOf(e, 'format').map(formatOf),
    applications: childrenOf(e, 'creatingApplication').map((a) => ({
      name: said(a, 'creatingApplicationName'),
      version: said(a, 'creatingApplicationVersion'),
      made: said(a, 'dateCreatedByApplication'),
    })),
    inhibitors: childrenOf(e, 'inhibitors').map((i) => said(i, 'inhibitorType') ?? ''),
  };
}

function formatOf(e: XmlElement): ReadFormat {
  const registry = childOf(e, 'formatRegistry');
  return {
    name: said(e, 'formatDesignation', 'formatName'),
    version: said(e, 'formatDesignation', 'formatVersion'),
    registry: registry && {
      name: said(registry, 'formatRegistryName'),
      key: said(registry, 'formatRegistryKey'),
      role: said(registry, 'formatRegistryRole'),
    },
    notes: all(e, 'formatNote'),
  };
}

function eventOf(e: XmlElement): ReadEvent {
  return {
    kind: 'event',
    identifiers: plain(identifiers(e, 'eventIdentifier')),
    type: said(e, 'eventType'),
    at: said(e, 'eventDateTime'),
    // PREMIS 3 has a wrapper around the detail, PREMIS 2 has not.
    details: [
      ...all(e, 'eventDetail'),
      ...childrenOf(e, 'eventDetailInformation').flatMap((d) => all(d, 'eventDetail')),
    ],
    outcomes: childrenOf(e, 'eventOutcomeInformation').map((o) => ({
      outcome: said(o, 'eventOutcome'),
      notes: childrenOf(o, 'eventOutcomeDetail').flatMap((d) => [
        ...all(d, 'eventOutcomeDetailNote'),
        ...(childrenOf(d).length === 0 && textOf(d) !== '' ? [textOf(d)] : []),
      ]),
    })),
    agents: identifiers(e, 'linkingAgentIdentifier'),
    objects: identifiers(e, 'linkingObjectIdentifier'),
  };
}

function agentOf(e: XmlElement): ReadAgent {
  return {
    kind: 'agent',
    identifiers: plain(identifiers(e, 'agentIdentifier')),
    names: all(e, 'agentName'),
    type: said(e, 'agentType'),
    version: said(e, 'agentVersion'),
    notes: all(e, 'agentNote'),
  };
}

/** A `rightsStatement` may stand without the `rights` around it, as METS wraps it. */
function rightsOf(e: XmlElement): ReadRights {
  const statements = e.name === 'rightsStatement' ? [e] : childrenOf(e, 'rightsStatement');
  return { kind: 'rights', statements: statements.map(statementOf) };
}

function statementOf(e: XmlElement): ReadRightsStatement {
  return {
    identifiers: plain(identifiers(e, 'rightsStatementIdentifier')),
    basis: said(e, 'rightsBasis'),
    terms: childrenOf(e)
      .filter((c) => c.name.endsWith('Information'))
      .flatMap((c) => childrenOf(c))
      .flatMap((t) => (childrenOf(t).length === 0 ? [{ name: t.name, value: textOf(t) }] : termsWithin(t))),
    granted: childrenOf(e, 'rightsGranted').map((g) => ({
      act: said(g, 'act'),
      restrictions: all(g, 'restriction'),
      from: said(g, 'termOfGrant', 'startDate'),
      until: said(g, 'termOfGrant', 'endDate'),
      notes: all(g, 'rightsGrantedNote'),
    })),
    objects: identifiers(e, 'linkingObjectIdentifier'),
    agents: identifiers(e, 'linkingAgentIdentifier'),
  };
}

const termsWithin = (e: XmlElement) =>
  childrenOf(e).map((t) => ({ name: `${e.name}/${t.name}`, value: textOf(t) }));
