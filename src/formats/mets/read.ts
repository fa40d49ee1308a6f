import { type ElementEvent, readElements, type XmlElement } from '#formats/xml';
import { METS } from './names.ts';
import { refusals } from './refusals.ts';

/** Elements of METS that are told piece by piece, because any number of others may stand in them. */
const CONTAINERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['mets', new Set([''])],
  ['amdSec', new Set(['mets'])],
  ['fileSec', new Set(['mets'])],
  ['fileGrp', new Set(['fileSec', 'fileGrp'])],
  ['structMap', new Set(['mets'])],
  ['div', new Set(['structMap', 'div'])],
  ['structLink', new Set(['mets'])],
]);
const EMBEDDED = new Set(['xmlData', 'binData']);

const isContainer = (e: XmlElement, parents: readonly XmlElement[]) =>
  e.space === METS && CONTAINERS.get(e.name)?.has(parents.at(-1)?.name ?? '') === true;

/** What METS wraps without knowing it, and whatever is not METS. */
const isRaw = (e: XmlElement) => e.space !== METS || EMBEDDED.has(e.name);

/**
 * A METS document as it goes by. `mets`, `amdSec`, `fileSec`, `fileGrp`, `structMap`, `div` and `structLink` open and
 * close; all other elements come whole, in the order of the document, with what they wrap in its own words. Memory does
 * not grow with the number of files.
 *
 * @param options `raw: 'drop'` passes over what is wrapped
 * @throws Refusal `mets.damaged`, `mets.forbidden`
 */
export async function* readMets(
  bytes: AsyncIterable<Buffer>,
  options: { raw?: 'keep' | 'drop' } = {},
): AsyncGenerator<ElementEvent> {
  let begun = false;
  for await (const e of readElements(bytes, { isContainer, isRaw, ...options }, refusals)) {
    if (!begun && (e.kind !== 'open' || e.element.name !== 'mets')) throw noMets(e);
    begun = true;
    yield e;
  }
}

function noMets(e: ElementEvent): Error {
  const { name, space } = e.kind === 'stray' ? { name: '', space: '' } : e.element;
  return refusals.damaged(
    name === 'mets'
      ? `its root is of the namespace "${space.slice(0, 100)}" and not of "${METS}"`
      : `its root is "${name.slice(0, 100)}" and not "mets"`,
  );
}
