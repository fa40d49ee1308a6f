import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { documentText, XmlTokenizer } from '#formats/xml';
import { DocumentHandler, type LateElements } from './document-handler.ts';
import { DEFAULT_LIMITS, type EadLimits } from './limits.ts';
import { refuse, tooLarge, xmlRefusals } from './refusals.ts';
import type { EadDescription } from './types.ts';

const CHUNK = 64 * 1024;

/** A finding aid that has been read through once, so that it is known to be whole. */
export interface EadDocument {
  /** Archdescs and components in it. */
  readonly descriptions: number;
  /** Names of the elements that we wrote where EAD has none; in a description under `OWN_ELEMENT` and the name. */
  readonly own: readonly string[];
  /** The descriptions in batches, in the order of the document: what lies above comes first. May be read again. */
  read(): AsyncGenerator<EadDescription[], void, undefined>;
  /** How much the latest reading has taken in, 0 to 1. */
  progress(): number;
}

/** Web pages, which are often no XML. */
const PAGE = /^<(?:!doctype\s+html|html|head|body|table|meta|script)\b/i;

/**
 * Whether a file begins as XML does.
 *
 * @param head its first bytes, 64 or more where there are so many
 */
export function beginsAsXml(head: Buffer): boolean {
  const swapped = head[0] === 0xfe || head[0] === 0;
  const bytes = swapped ? Buffer.from(head.subarray(0, head.length & ~1)).swap16() : head;
  const wide = bytes[1] === 0 || (bytes[0] === 0xff && bytes[1] === 0xfe);
  const text = bytes
    .toString(wide ? 'utf16le' : 'utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  return /^<(?:\?xml\b|!--|!DOCTYPE\b|[A-Za-z_][\w.:-]*[\s/>])/.test(text) && !PAGE.test(text);
}

/**
 * Opens a finding aid: EAD 2002 by document type or schema, EAD3 (the schemas' namespaces are not insisted on). The
 * whole document is read once, so that a broken one is refused before anything is made of it.
 *
 * @throws Refusal `ead.*` for XML of another kind, damaged or hostile XML, and what passes the limits
 */
export async function openEad(path: string, changed: Partial<EadLimits> = {}): Promise<EadDocument> {
  const limits = { ...DEFAULT_LIMITS, ...changed };
  const size = await sizeOf(path, limits);
  const survey = new DocumentHandler(limits);
  for await (const _ of tokens(path, survey, () => {}));
  if (!survey.hasArchdesc)
    throw refuse('noArchdesc', 'The finding aid is empty: it has no archdesc, which describes the holdings.');
  let progress = 0;
  return {
    descriptions: survey.count,
    own: [...survey.own],
    progress: () => progress,
    read: () =>
      batches(path, limits, survey.late, (done) => {
        progress = size > 0 ? done / size : 1;
      }),
  };
}

async function sizeOf(path: string, limits: EadLimits): Promise<number> {
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    const missing = cause.code === 'ENOENT';
    const message = missing
      ? `There is no file "${path}".`
      : `The file "${path}" can not be opened (${cause.code}).`;
    throw refuse(missing ? 'notFound' : 'unreadable', message, { path }, cause);
  });
  try {
    const { size } = await file.stat();
    if (size > limits.fileBytes)
      throw tooLarge(`it has more than ${Math.round(limits.fileBytes / 2 ** 20)} MiB`);
    return size;
  } finally {
    await file.close();
  }
}

/** Reads the document through `handler`, giving way after each piece. */
async function* tokens(
  path: string,
  handler: DocumentHandler,
  onBytes: (done: number) => void,
): AsyncGenerator<void, void, undefined> {
  const refusals = xmlRefusals(() => xml.reached);
  const xml: XmlTokenizer = new XmlTokenizer(handler, refusals, { doctype: 'pass', lines: true });
  const stream = createReadStream(path, { highWaterMark: CHUNK });
  try {
    for await (const piece of documentText(stream, refusals)) {
      xml.write(piece);
      onBytes(stream.bytesRead);
      yield;
    }
    xml.end();
  } finally {
    stream.destroy();
  }
}

async function* batches(
  path: string,
  limits: EadLimits,
  late: LateElements,
  onBytes: (done: number) => void,
): AsyncGenerator<EadDescription[], void, undefined> {
  const handler = new DocumentHandler(limits, late);
  for await (const _ of tokens(path, handler, onBytes)) {
    if (handler.ready.length === 0) continue;
    const { ready } = handler;
    handler.ready = [];
    yield ready;
  }
  if (handler.ready.length > 0) yield handler.ready;
}
