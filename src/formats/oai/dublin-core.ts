import { attributes, textElement } from '#formats/xml';
import { cleanText } from './write.ts';

/** The fifteen elements of simple Dublin Core (ISO 15836-1). */
export const DUBLIN_CORE = [
  'title',
  'creator',
  'subject',
  'description',
  'publisher',
  'contributor',
  'date',
  'type',
  'format',
  'identifier',
  'source',
  'language',
  'relation',
  'coverage',
  'rights',
] as const;
export type DublinCoreElement = (typeof DUBLIN_CORE)[number];

/** Each element any number of times. */
export type DublinCore = Partial<Record<DublinCoreElement, readonly string[]>>;

const OAI_DC = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
const SCHEMA = 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd';

/** How simple Dublin Core is told of among a repository's formats. */
export const OAI_DC_FORMAT = { metadataPrefix: 'oai_dc', schema: SCHEMA, namespace: OAI_DC };

/** Writes a description in `oai_dc`, the format every repository has (OAI-PMH 2.0, section 2.5). Empty values are left out. */
export function writeOaiDc(record: DublinCore): string {
  const names = {
    'xmlns:oai_dc': OAI_DC,
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${OAI_DC} ${SCHEMA}`,
  };
  const elements = DUBLIN_CORE.flatMap((name) =>
    (record[name] ?? [])
      .map((value) => cleanText(value).trim())
      .filter((value) => value !== '')
      .map((value) => textElement(`dc:${name}`, value)),
  );
  return `<oai_dc:dc${attributes(names)}>${elements.join('')}</oai_dc:dc>`;
}
