import { createEadWriter } from '#formats/ead';
import { attributes } from '#formats/xml';
import { eadEntries } from '#modules/holdings';
import type { OpenRecord } from './dublinCore.ts';
import { forReaders } from './forReaders.ts';

/** How EAD3 is told of among the formats of the repository. */
export const EAD_FORMAT = {
  metadataPrefix: 'ead',
  schema: 'https://www.loc.gov/ead/ead3.xsd',
  namespace: 'http://ead3.archivists.org/schema/',
};

/** An open entry alone as a document in EAD3: its own description, with nothing above or below it. */
export function eadOf({ unit, archive, fonds, address }: OpenRecord): string {
  const writer = createEadWriter({
    recordId: unit.id,
    title: unit.title,
    agency: archive,
    made: unit.updatedAt,
    software: 'Lantai',
  });
  const entry = eadEntries('zh-CN').unit(
    // Days and status are the house's own; what is here is open.
    {
      ...unit,
      description: forReaders(unit.description),
      opensOn: null,
      embargoUntil: null,
      formerCodes: [],
    },
    fonds.number,
  );
  const xml = writer.begin({ ...entry, objects: [{ href: address }] }) + writer.end();
  const schema = attributes({
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${EAD_FORMAT.namespace} ${EAD_FORMAT.schema}`,
  });
  // It is no document of its own here, and says its schema; a finding aid without components has no list of them.
  return xml
    .replace(/^<\?xml[^>]*>\s*<ead/, `<ead${schema}`)
    .replace(/\n<dsc>\n<\/dsc>(?=<\/archdesc><\/ead>\n$)/, '');
}
