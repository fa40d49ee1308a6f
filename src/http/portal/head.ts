import { DUBLIN_CORE, type DublinCore } from '#formats/oai';
import { dublinCoreOf, type OpenRecord } from '#modules/federation';
import { Html, html } from './html.ts';

/** What a page says of itself to programs. */
export function recordHead(record: OpenRecord): Html {
  const dc = dublinCoreOf(record);
  return html`${canonical(record.address)}
<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">
${DUBLIN_CORE.flatMap((name) => (dc[name] ?? []).map((value) => html`<meta name="DC.${name}" content="${value}">`))}
${jsonLd(archiveComponent(record, dc))}`;
}

/** The one address of a page that stands under several. */
export const canonical = (address: string): Html => html`<link rel="canonical" href="${address}">`;

/**
 * Data for search engines. It is no script to a browser, which runs none here by the policy of the page; still nothing in it
 * may end the element: every sign that could begin a tag or an entity is written as JSON's own escape.
 */
export function jsonLd(data: object): Html {
  const text = JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return new Html(`<script type="application/ld+json">${text}</script>`);
}

/** A record as schema.org knows it (schema.org/ArchiveComponent). */
export function archiveComponent({ unit, archive, fonds, address }: OpenRecord, dc: DublinCore): object {
  const some = (values: readonly string[] | undefined) => (values && values.length > 0 ? values : undefined);
  return {
    '@context': 'https://schema.org',
    '@type': 'ArchiveComponent',
    '@id': address,
    url: address,
    name: unit.title,
    identifier: unit.referenceCode ?? undefined,
    description: some(dc.description)?.join('\n'),
    dateCreated: unit.date ?? undefined,
    creator: some(dc.creator)?.map((name) => ({ '@type': 'Thing', name })),
    about: some(dc.subject),
    inLanguage: some(dc.language),
    isAccessibleForFree: true,
    holdingArchive: { '@type': 'ArchiveOrganization', name: archive.name, identifier: archive.code },
    isPartOf: { '@type': 'ArchiveComponent', name: fonds.name, identifier: fonds.number },
  };
}
