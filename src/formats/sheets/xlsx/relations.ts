import type { XmlHandler } from '#formats/xml';
import type { SheetLimits } from '../limits.ts';
import type { Container } from '../zip/container.ts';
import { partText, partTokenizer } from './xml.ts';

export interface Relation {
  /** The last word of the type, e.g. `worksheet`: the same in transitional and strict workbooks. */
  type: string;
  /** Name of the part, without a leading slash. */
  target: string;
}

/** Reads one small part through `handler`. */
export async function readSmallPart(
  container: Container,
  name: string,
  limits: SheetLimits,
  handler: XmlHandler,
) {
  const xml = partTokenizer(handler);
  for await (const text of partText(container.part(name, limits.smallPartBytes))) xml.write(text);
  xml.end();
}

/** `../worksheets/a.xml` seen from the folder of `source`; an absolute target starts at the root. */
export function resolveTarget(source: string, target: string): string {
  const clean = target.replaceAll('\\', '/');
  const steps = clean.startsWith('/') ? [] : source.split('/').slice(0, -1);
  for (const step of clean.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** The relations of a part (`''` for the container itself) by id; external ones and absent files left out. */
export async function readRelations(
  container: Container,
  source: string,
  limits: SheetLimits,
): Promise<Map<string, Relation>> {
  const slash = source.lastIndexOf('/');
  const name = `${source.slice(0, slash + 1)}_rels/${source.slice(slash + 1)}.rels`;
  const found = new Map<string, Relation>();
  if (!container.has(name)) return found;
  await readSmallPart(container, name, limits, {
    open(element, xml) {
      if (element !== 'Relationship' || xml.attribute('TargetMode') === 'External') return;
      const id = xml.attribute('Id');
      const type = xml.attribute('Type');
      const target = xml.attribute('Target');
      if (id === undefined || type === undefined || target === undefined) return;
      found.set(id, { type: type.slice(type.lastIndexOf('/') + 1), target: resolveTarget(source, target) });
    },
    close() {},
    text() {},
  });
  return found;
}
