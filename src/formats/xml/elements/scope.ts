import type { XmlRefusals } from '../refusals.ts';
import type { XmlAttribute } from './types.ts';

const XML = 'http://www.w3.org/XML/1998/namespace';
const MOST = 1000;

/** Namespaces by prefix; the one without prefix under ''. */
export type Scope = ReadonlyMap<string, string>;

export const OUTERMOST: Scope = new Map([['xml', XML]]);

/** What holds within an element that declares this. The same map where it declares nothing. */
export function within(
  scope: Scope,
  attributes: readonly { name: string; value: string }[],
  refusals: XmlRefusals,
): Scope {
  let own: Map<string, string> | undefined;
  for (const { name, value } of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    own ??= new Map(scope);
    own.set(name.slice(6), value);
    if (own.size > MOST) throw refusals.forbidden(`declares more than ${MOST} namespaces`);
  }
  return own ?? scope;
}

/** The namespace and local name of an element. */
export function resolved(tag: string, scope: Scope, refusals: XmlRefusals): { space: string; name: string } {
  const colon = tag.indexOf(':');
  if (colon < 0) return { space: scope.get('') ?? '', name: tag };
  const space = scope.get(tag.slice(0, colon));
  if (space === undefined)
    throw refusals.damaged(
      `its XML uses the prefix "${tag.slice(0, colon).slice(0, 40)}" without declaring it`,
    );
  return { space, name: tag.slice(colon + 1) };
}

export function resolvedAttributes(
  attributes: readonly { name: string; value: string }[],
  scope: Scope,
  refusals: XmlRefusals,
): XmlAttribute[] {
  const found: XmlAttribute[] = [];
  for (const { name, value } of attributes) {
    if (found.some((f) => f.name === name))
      throw refusals.damaged(`its XML says the attribute "${name.slice(0, 40)}" twice in one tag`);
    const declares = name === 'xmlns' || name.startsWith('xmlns:');
    const { space, name: local } =
      declares || !name.includes(':') ? { space: '', name } : resolved(name, scope, refusals);
    found.push({ name, space, local, value });
  }
  return found;
}
