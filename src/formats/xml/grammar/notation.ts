export interface Slot {
  readonly names: readonly string[];
  readonly least: 0 | 1;
  readonly isMany: boolean;
}

/** What an element may hold, in order, and its attributes. */
export interface ElementRule {
  readonly slots: readonly Slot[];
  /** The slot of a child, by its name. */
  readonly at: ReadonlyMap<string, number>;
  /** It holds at least one of them, whichever. */
  readonly wantsAny: boolean;
  readonly attributes: ReadonlySet<string>;
  readonly required: readonly string[];
}

/**
 * Elements of a format and what they hold, a line each, in a notation of our own: `name = child child : attribute attribute`.
 * Children stand in order: `?` at most once, `*` any number, `+` one or more, nothing: once; `a|b` one of both. With `~` in
 * place of `=` one child has to be there, whichever. Attributes marked `!` have to be there. An empty line says nothing.
 */
export function grammarOf(table: string): ReadonlyMap<string, ElementRule> {
  const rules = new Map<string, ElementRule>();
  for (const line of table.split('\n')) {
    if (line.trim() === '') continue;
    const match = /^([\w -]+?) ([=~])(?: (.*?))? :(?: (.*))?$/.exec(line);
    if (!match) throw new Error(`no line of a grammar: ${line}`);
    const [, name = '', mark, model = '', attributes = ''] = match;
    rules.set(name, ruleOf(model, attributes, mark === '~'));
  }
  return rules;
}

function ruleOf(model: string, attributes: string, wantsAny: boolean): ElementRule {
  const slots = wordsOf(model).map((word): Slot => {
    const times = /[?*+]$/.exec(word)?.[0] ?? '';
    const names = (times === '' ? word : word.slice(0, -1)).split('|');
    return { names, least: times === '?' || times === '*' ? 0 : 1, isMany: times === '*' || times === '+' };
  });
  const words = wordsOf(attributes);
  return {
    slots,
    at: new Map(slots.flatMap((slot, i) => slot.names.map((name) => [name, i] as const))),
    wantsAny,
    attributes: new Set(words.map((word) => word.replace('!', ''))),
    required: words.filter((word) => word.endsWith('!')).map((word) => word.slice(0, -1)),
  };
}

const wordsOf = (text: string) => text.split(' ').filter((word) => word !== '' && word !== 'text');
