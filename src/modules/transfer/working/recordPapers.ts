import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type PremisAgent, type PremisEvent, premisXml } from '#formats/premis';
import type { FiledEvent, FiledRecord } from '#modules/filing';
import type { ConsignedDocument } from '#modules/packages';

const document = (path: string, text: string): ConsignedDocument => {
  const whole = Buffer.from(text);
  return { path, whole, open: async () => Readable.from([whole]) };
};

/** Acts of the agency by the terms of the Library of Congress. */
const TYPES: Readonly<Record<string, string>> = {
  'record.registered': 'creation',
  'record.filesAttached': 'ingestion start',
  'record.corrected': 'metadata modification',
  'record.classified': 'metadata modification',
  'record.fileDetached': 'deletion',
  'filing.prepared': 'accession',
  'filing.confirmed': 'accession',
};

/** The same acts by the words a scheme of checks asks for (standards reference 5.2, process metadata). */
const WORDS: Readonly<Record<string, string>> = {
  'record.registered': '登记',
  'record.filesAttached': '挂接',
  'record.corrected': '修改',
  'record.classified': '整理',
  'record.fileDetached': '修改',
  'filing.prepared': '整理',
  'filing.confirmed': '归档',
};

/** What was done with a record at the agency (过程元数据), as PREMIS has it: kept in its object at the archive. */
export function eventsDocument(record: FiledRecord): ConsignedDocument {
  const entity = { type: 'URN', value: `urn:uuid:${record.id}` };
  const agents = new Map<string, PremisAgent>();
  const agentOf = (name: string) => {
    const identifier = { type: 'name', value: name };
    agents.set(name, { identifier, name, type: 'person' });
    return { identifier, role: 'implementer' };
  };
  const origin = record.origin.flatMap((e, n): PremisEvent[] => {
    const at = new Date(e.at);
    // Without a moment it is no event of PREMIS; it stands in the record's own paper all the same.
    if (Number.isNaN(at.getTime())) return [];
    const { action: act, agent, basis, note } = e;
    return [
      {
        identifier: { type: 'UUID', value: idOf(`${record.id}\norigin`, n, { act, at }) },
        type: 'creation',
        at,
        detail: JSON.stringify({ act, word: act, ...(basis && { basis }), ...(note && { note }) }),
        outcome: 'success',
        agents: agent ? [agentOf(agent)] : [],
        objects: [entity],
      },
    ];
  });
  const done = record.events.map(
    (e, n): PremisEvent => ({
      identifier: { type: 'UUID', value: idOf(record.id, n, e) },
      type: TYPES[e.act] ?? 'metadata modification',
      at: e.at,
      detail: JSON.stringify({ act: e.act, word: WORDS[e.act], ...e.detail }),
      outcome: 'success',
      agents: [agentOf(e.by)],
      objects: [entity],
    }),
  );
  const codes = [{ type: 'reference code', value: record.referenceCode }];
  const pieces = premisXml({
    objects: [
      {
        category: 'intellectualEntity',
        identifiers: [entity, ...codes],
        name: String(record.metadata.title ?? ''),
      },
    ],
    events: [...origin, ...done],
    agents: agents.values(),
  });
  return document('metadata/premis/events-v1.xml', [...pieces].join(''));
}

/** The same however often it is written. */
function idOf(recordId: string, n: number, e: Pick<FiledEvent, 'act' | 'at'>): string {
  const h = createHash('sha256').update(`${recordId}\n${n}\n${e.act}\n${e.at.toISOString()}`).digest('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-8${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** The record as the agency had it, by the keys of its metadata scheme: documents within it, and which file is of which. */
export function filingDocument({
  metadata,
  documents,
  files,
  events,
  origin,
}: FiledRecord): ConsignedDocument {
  const said = {
    format: 'lantai filed record',
    version: 1,
    metadata,
    documents: documents.map((d) => ({ part: d.part, metadata: d.metadata })),
    files: files.map(({ name, bytes, sha512, part, documentTitle }) => {
      return { name, bytes, sha512, part, document: documentTitle };
    }),
    origin,
    events: events.map(({ act, at, by, detail }) => ({ act, at: at.toISOString(), by, detail })),
  };
  return document('checks/filing.json', `${JSON.stringify(said, null, 2)}\n`);
}
