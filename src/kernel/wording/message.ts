/** Values put into a sentence. Numbers are grouped (23,104). */
export type Params = Readonly<Record<string, string | number>>;

const SLOT = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g;

/**
 * Fills a message: `{n}` is the value, `{n|entry|entries}` the first word when n is 1, else the second.
 * A slot without a value stays visible, so that a mistake is seen and not swallowed.
 */
export function fill(text: string, params: Params = {}): string {
  return text.replace(SLOT, (slot, name: string, one: string | undefined, many: string | undefined) => {
    const value = params[name];
    if (value === undefined) return slot;
    if (one !== undefined && many !== undefined) return Number(value) === 1 ? one : many;
    return typeof value === 'number' ? value.toLocaleString('en-US') : value;
  });
}

/** The names of the slots of a message, sorted: translations must use the same. */
export function slots(text: string): string[] {
  return [...new Set([...text.matchAll(SLOT)].map((m) => m[1] ?? ''))].sort();
}
