import { attributes, textElement, xmlText } from '#formats/xml';
import { utcSeconds } from './dates.ts';
import type {
  Identity,
  MetadataFormat,
  OaiRecord,
  OaiReply,
  RecordHeader,
  ReplyHead,
  ResumptionToken,
} from './reply.ts';

const OAI = 'http://www.openarchives.org/OAI/2.0/';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';
const IDENTIFIERS = `${OAI}oai-identifier`;

// Of what XML 1.0 can not hold nothing is left: harvesters stop at a single such character.
const UNHOLDABLE =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
export const cleanText = (text: string): string => text.replace(UNHOLDABLE, '');
const el = (name: string, text: string) => textElement(name, cleanText(text));

/** Writes an answer of OAI-PMH 2.0 (section 3.2) as an XML document. */
export function writeOaiReply({ baseUrl, at, arguments: given }: ReplyHead, reply: OaiReply): string {
  const unread =
    reply.kind === 'errors' && reply.errors.some((e) => e.code === 'badVerb' || e.code === 'badArgument');
  const shown = unread
    ? {}
    : Object.fromEntries(Object.entries(given).map(([name, value]) => [name, cleanText(value)]));
  const request = `<request${attributes(shown)}>${xmlText(cleanText(baseUrl))}</request>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH${attributes({ xmlns: OAI, 'xmlns:xsi': XSI, 'xsi:schemaLocation': `${OAI} ${OAI}OAI-PMH.xsd` })}>\n` +
    `${el('responseDate', utcSeconds(at))}\n${request}\n${contentOf(reply)}</OAI-PMH>\n`
  );
}

function contentOf(reply: OaiReply): string {
  switch (reply.kind) {
    case 'errors':
      return reply.errors
        .map((e) => `<error${attributes({ code: e.code })}>${xmlText(cleanText(e.message))}</error>\n`)
        .join('');
    case 'Identify':
      return within(reply.kind, identityXml(reply.identity));
    case 'ListMetadataFormats':
      return within(reply.kind, reply.formats.map(formatXml).join(''));
    case 'ListSets':
      return within(
        reply.kind,
        reply.sets.map((s) => `<set>${el('setSpec', s.spec)}${el('setName', s.name)}</set>\n`).join('') +
          tokenXml(reply.resumption),
      );
    case 'GetRecord':
      return within(reply.kind, recordXml(reply.record));
    case 'ListIdentifiers':
      return within(
        reply.kind,
        reply.headers.map((h) => `${headerXml(h)}\n`).join('') + tokenXml(reply.resumption),
      );
    case 'ListRecords':
      return within(reply.kind, reply.records.map(recordXml).join('') + tokenXml(reply.resumption));
  }
}

const within = (name: string, xml: string) => `<${name}>\n${xml}</${name}>\n`;

function identityXml(o: Identity): string {
  const described = o.identifiers
    ? `<description><oai-identifier${attributes({ xmlns: IDENTIFIERS, 'xsi:schemaLocation': `${IDENTIFIERS} ${IDENTIFIERS}.xsd` })}>` +
      `${el('scheme', 'oai')}${el('repositoryIdentifier', o.identifiers.repository)}${el('delimiter', ':')}` +
      `${el('sampleIdentifier', o.identifiers.sample)}</oai-identifier></description>\n`
    : '';
  return `${[
    el('repositoryName', o.repositoryName),
    el('baseURL', o.baseUrl),
    el('protocolVersion', '2.0'),
    ...o.adminEmails.map((address) => el('adminEmail', address)),
    el('earliestDatestamp', utcSeconds(o.earliestDatestamp)),
    el('deletedRecord', 'persistent'),
    el('granularity', 'YYYY-MM-DDThh:mm:ssZ'),
  ].join('\n')}\n${described}`;
}

const formatXml = (f: MetadataFormat) =>
  `<metadataFormat>${el('metadataPrefix', f.metadataPrefix)}${el('schema', f.schema)}${el('metadataNamespace', f.namespace)}</metadataFormat>\n`;

function headerXml(h: RecordHeader): string {
  return (
    `<header${attributes({ status: h.deleted ? 'deleted' : undefined })}>${el('identifier', h.identifier)}` +
    `${el('datestamp', utcSeconds(h.datestamp))}${h.sets.map((s) => el('setSpec', s)).join('')}</header>`
  );
}

function recordXml({ header, metadata }: OaiRecord): string {
  const shown = header.deleted || metadata === undefined ? '' : `<metadata>${metadata}</metadata>`;
  return `<record>${headerXml(header)}${shown}</record>\n`;
}

function tokenXml(t: ResumptionToken | undefined): string {
  if (!t) return '';
  const said = attributes({ completeListSize: t.completeListSize, cursor: t.cursor });
  return `<resumptionToken${said}>${xmlText(t.token)}</resumptionToken>\n`;
}
