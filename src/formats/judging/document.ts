import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { METS, validateMets } from '#formats/mets';
import { premisVersion, validatePremis } from '#formats/premis';
import { readElements, type XmlElement } from '#formats/xml';
import { type Finding, isRefusal, Refusal } from '#kernel/errors';

/** A document that is no package and stands in many: METS or PREMIS by itself. */
export type DocumentKind = 'mets' | 'premis';

/** The root of a document stands in so many of its bytes; comments may go before. */
const HEAD = 1 << 20;

const refusals = {
  damaged: (what: string) => new Refusal('document.damaged', what),
  forbidden: (what: string) => new Refusal('document.forbidden', what),
};

/** Which of them a file is, by its root; null for neither. */
export async function recogniseDocument(path: string): Promise<DocumentKind | null> {
  try {
    const root = await rootOf(path);
    if (root?.space === METS) return root.name === 'mets' ? 'mets' : null;
    return root && premisVersion(root) !== undefined ? 'premis' : null;
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return null;
  }
}

async function rootOf(path: string): Promise<XmlElement | undefined> {
  await using file = await open(path);
  const head = Buffer.alloc(4);
  await file.read(head, 0, 4, 0);
  // A mark, white space or the sign a document begins with: other files are not read any further.
  if (!/^(?:\uFEFF|[\t\r\n ]|<)/.test(head.toString('utf8')) && head.readUInt16BE() < 0xfe00)
    return undefined;
  const bytes = createReadStream(path, { end: HEAD }) as AsyncIterable<Buffer>;
  const reading = { isContainer: (_: XmlElement, above: readonly unknown[]) => above.length === 0 };
  for await (const e of readElements(bytes, reading, refusals)) if (e.kind === 'open') return e.element;
  return undefined;
}

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;

/** Everything that is wrong with such a document by itself; what it leads to is not looked at. */
export async function judgeDocument(
  path: string,
  kind: DocumentKind,
): Promise<{ findings: readonly Finding[]; what: string }> {
  const bytes = createReadStream(path) as AsyncIterable<Buffer>;
  if (kind === 'mets') {
    const { findings, counts } = await validateMets(bytes, basename(path));
    return { findings, what: `METS document, ${count(counts.files, 'file')}; they are not looked at` };
  }
  const { findings, counts, versions } = await validatePremis(bytes, basename(path));
  const held = (['object', 'event', 'agent'] as const)
    .filter((k) => counts[k] > 0)
    .map((k) => count(counts[k], k));
  if (counts.rights > 0) held.push(`${counts.rights} of rights`);
  const version = versions.length > 0 ? ` ${versions.join(' and ')}` : '';
  return { findings, what: `PREMIS${version} document, ${held.join(', ') || 'nothing in it'}` };
}
