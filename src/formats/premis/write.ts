import { textElement as el } from '#formats/xml';
import type {
  PremisAgent,
  PremisDocument,
  PremisEvent,
  PremisFile,
  PremisIdentifier,
  PremisObject,
  PremisRights,
} from './types.ts';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<premis xmlns="http://www.loc.gov/premis/v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0">
`;

/** An identifier under the names its place gives it: `objectIdentifier`, `linkingAgentIdentifier` … */
const identifier = (name: string, { type, value }: PremisIdentifier, more = '') =>
  `<${name}>${el(`${name}Type`, type)}${el(`${name}Value`, value)}${more}</${name}>\n`;

const within = (name: string, parts: readonly string[]) => {
  const inner = parts.join('');
  return inner === '' ? '' : `<${name}>${inner}</${name}>\n`;
};

const properties = (o: PremisObject) =>
  (o.properties ?? []).map((p) =>
    within('significantProperties', [
      el('significantPropertiesType', p.type),
      el('significantPropertiesValue', p.value),
    ]),
  );

const relation = (type: string, subType: string, to: PremisIdentifier) =>
  within('relationship', [
    el('relationshipType', type),
    el('relationshipSubType', subType),
    identifier('relatedObjectIdentifier', to),
  ]);

/**
 * A PREMIS 3 document, in pieces: what is given lazily is asked for as the document goes on, and nothing is kept.
 * The order of elements is the schema's, which knows no other.
 */
export function* premisXml(document: PremisDocument): Generator<string> {
  yield HEAD;
  for (const o of document.objects) yield objectXml(o);
  for (const e of document.events ?? []) yield eventXml(e);
  for (const a of document.agents ?? []) yield agentXml(a);
  for (const r of document.rights ?? []) yield rightsXml(r);
  yield '</premis>\n';
}

function objectXml(o: PremisObject): string {
  const ids = o.identifiers.map((i) => identifier('objectIdentifier', i));
  const inner = (() => {
    switch (o.category) {
      case 'intellectualEntity':
        return [
          ...properties(o),
          el('originalName', o.name),
          ...(o.rights ?? []).map((r) => identifier('linkingRightsStatementIdentifier', r)),
        ];
      case 'representation':
        return [...properties(o), relation('structural', 'represents', o.represents)];
      case 'file':
        return fileXml(o);
    }
  })();
  return `<object xsi:type="${o.category}">\n${ids.join('')}${inner.join('')}</object>\n`;
}

function fileXml(f: PremisFile): string[] {
  const app = f.creatingApplication;
  const characteristics = [
    el('compositionLevel', 0),
    ...f.fixity.map((x) =>
      within('fixity', [
        el('messageDigestAlgorithm', x.algorithm),
        el('messageDigest', x.digest),
        el('messageDigestOriginator', x.originator),
      ]),
    ),
    el('size', f.size),
    within('format', [
      within('formatDesignation', [el('formatName', f.format.name), el('formatVersion', f.format.version)]),
      f.format.registry
        ? within('formatRegistry', [
            el('formatRegistryName', f.format.registry.name),
            el('formatRegistryKey', f.format.registry.key),
          ])
        : '',
      ...(f.format.notes ?? []).map((n) => el('formatNote', n)),
    ]),
    app
      ? within('creatingApplication', [
          el('creatingApplicationName', app.name),
          el('creatingApplicationVersion', app.version),
          el('dateCreatedByApplication', app.made),
        ])
      : '',
    f.inhibitor ? within('inhibitors', [el('inhibitorType', f.inhibitor)]) : '',
  ];
  return [
    ...properties(f),
    within('objectCharacteristics', characteristics),
    el('originalName', f.originalName),
    within('storage', [
      within('contentLocation', [
        el('contentLocationType', 'path in the object'),
        el('contentLocationValue', f.location),
      ]),
    ]),
    f.partOf ? relation('structural', 'is part of', f.partOf) : '',
    f.derivedFrom ? relation('derivation', 'has source', f.derivedFrom) : '',
  ];
}

const AUTHORITY = ' authority="eventType" authorityURI="http://id.loc.gov/vocabulary/preservation/eventType"';

function eventXml(e: PremisEvent): string {
  return within('event', [
    identifier('eventIdentifier', e.identifier),
    el('eventType', e.type).replace('<eventType>', `<eventType${AUTHORITY}>`),
    el('eventDateTime', e.at.toISOString()),
    e.detail === undefined ? '' : within('eventDetailInformation', [el('eventDetail', e.detail)]),
    e.outcome === undefined ? '' : within('eventOutcomeInformation', [el('eventOutcome', e.outcome)]),
    ...e.agents.map((a) =>
      identifier('linkingAgentIdentifier', a.identifier, el('linkingAgentRole', a.role)),
    ),
    ...e.objects.map((o) => identifier('linkingObjectIdentifier', o)),
  ]);
}

function agentXml(a: PremisAgent): string {
  return within('agent', [
    identifier('agentIdentifier', a.identifier),
    el('agentName', a.name),
    el('agentType', a.type),
    el('agentNote', a.note),
  ]);
}

function rightsXml(r: PremisRights): string {
  const statement = within('rightsStatement', [
    identifier('rightsStatementIdentifier', r.identifier),
    el('rightsBasis', 'other'),
    within('otherRightsInformation', [
      el('otherRightsBasis', r.basis),
      ...(r.notes ?? []).map((n) => el('otherRightsNote', n)),
    ]),
    ...r.granted.map((g) =>
      within('rightsGranted', [
        el('act', g.act),
        ...g.restrictions.map((x) => el('restriction', x)),
        within('termOfGrant', [el('startDate', g.from)]),
        g.restrictedUntil
          ? within('termOfRestriction', [el('startDate', 'open'), el('endDate', g.restrictedUntil)])
          : '',
      ]),
    ),
    ...r.objects.map((o) => identifier('linkingObjectIdentifier', o)),
    ...r.agents.map((a) =>
      identifier('linkingAgentIdentifier', a.identifier, el('linkingAgentRole', a.role)),
    ),
  ]);
  return within('rights', [statement]);
}
