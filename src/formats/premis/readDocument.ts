import { type ElementEvent, readElements, type XmlChild, type XmlElement } from '#formats/xml';
import { Refusal } from '#kernel/errors';
import type { ReadPremisEntity } from './entity.ts';
import { entityOf } from './readEntities.ts';

/** Versions of PREMIS by their namespaces. */
const VERSIONS: ReadonlyMap<string, 1 | 2 | 3> = new Map([
  ['http://www.loc.gov/premis/v3', 3],
  ['info:lc/xmlns/premis-v2', 2],
  ['http://www.loc.gov/standards/premis', 1],
  ['http://www.loc.gov/standards/premis/v1', 1],
]);
const ROOTS = new Set(['premis', 'object', 'event', 'agent', 'rights', 'rightsStatement']);

/** An entity, and the element that says it, in which what extends PREMIS stands in its own words. */
export interface PremisRead {
  entity: ReadPremisEntity;
  version: 1 | 2 | 3;
  element: XmlElement;
}

const refusals = {
  damaged: (what: string, cause?: unknown) =>
    new Refusal('premis.damaged', `The PREMIS document can not be read: ${what}.`, {}, { cause }),
  forbidden: (what: string) =>
    new Refusal('premis.forbidden', `The PREMIS document is not read: it ${what}.`),
};

export function premisVersion(e: XmlElement): 1 | 2 | 3 | undefined {
  return VERSIONS.get(e.space);
}

/** Extensions, environments' included, and whatever is not PREMIS. */
const isRaw = (e: XmlElement) => !VERSIONS.has(e.space) || e.name.endsWith('Extension');
const isContainer = (e: XmlElement, parents: readonly XmlElement[]) =>
  e.name === 'premis' && parents.length === 0 && VERSIONS.has(e.space);

/**
 * A PREMIS document of version 1, 2 or 3 as it goes by: `premis` opens and closes, what it holds comes whole. The root
 * may also be a single entity, as some systems keep them. `writeElements` writes it back without loss.
 *
 * @throws Refusal `premis.damaged`, `premis.forbidden`
 */
export async function* premisElements(bytes: AsyncIterable<Buffer>): AsyncGenerator<ElementEvent> {
  let begun = false;
  for await (const e of readElements(bytes, { isContainer, isRaw }, refusals)) {
    if (!begun) demandPremis(e);
    begun = true;
    yield e;
  }
}

function demandPremis(e: ElementEvent): void {
  const root = e.kind === 'stray' ? undefined : e.element;
  if (root === undefined || !ROOTS.has(root.name))
    throw refusals.damaged(`its root is "${root?.name.slice(0, 100) ?? ''}"`);
  if (!VERSIONS.has(root.space))
    throw refusals.damaged(`"${root.space.slice(0, 100)}" is the namespace of no version of PREMIS`);
}

/** The entities of a PREMIS document, one by one. @throws like `premisElements` */
export async function* readPremis(bytes: AsyncIterable<Buffer>): AsyncGenerator<PremisRead> {
  for await (const e of premisElements(bytes)) if (e.kind === 'whole') yield* readOf(e.element);
}

/**
 * The entities that another document, such as METS, wraps.
 *
 * @param child words that were kept as they stood; anything else holds none
 */
export async function* wrappedPremis(child: XmlChild): AsyncGenerator<PremisRead> {
  if (!('raw' in child)) return;
  const declared = [...child.scope]
    .filter(([prefix]) => prefix !== 'xml')
    .map(
      ([prefix, space]) =>
        ` xmlns${prefix && `:${prefix}`}="${space.replace(/[&<"]/g, (c) => `&#${c.charCodeAt(0)};`)}"`,
    );
  const document = Buffer.from(`<wrapped${declared.join('')}>${child.raw}</wrapped>`);
  const reading = {
    isContainer: (e: XmlElement, parents: readonly XmlElement[]) =>
      parents.length === 0 || (parents.length === 1 && isContainer(e, [])),
    isRaw,
  };
  for await (const e of readElements(once(document), reading, refusals))
    if (e.kind === 'whole') yield* readOf(e.element);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** The entity an element says, if it says one. */
export function* readOf(element: XmlElement): Generator<PremisRead> {
  const version = VERSIONS.get(element.space);
  const entity = entityOf(element);
  if (version !== undefined && entity !== undefined) yield { entity, version, element };
}
