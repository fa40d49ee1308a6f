import { documentText, type XmlRefusals, XmlTokenizer } from '#formats/xml';
import { NAMESPACE } from '../grammar/words.ts';
import type { EepSource } from './source.ts';

/** The document can not be read on. `code` is a finding's. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly code: string;
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

const refusals: XmlRefusals = {
  damaged(what, cause) {
    const code = /encoding|no text/.test(what) ? 'eep.encoding' : 'eep.notWellFormed';
    return new Unreadable(code, `The file can not be read on: ${what}.`, cause);
  },
  forbidden: (what) => new Unreadable('eep.forbidden', `The file is not read on, because it ${what}.`),
};

export interface WalkedElement {
  /** Without prefix. */
  readonly name: string;
  /** Whether it is of the standard's namespace. */
  readonly ours: boolean;
  /** Without declarations of namespaces, in order, names without prefix. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly line: number;
}

/** Told of a document piece by piece. */
export interface Walker {
  open(element: WalkedElement): void;
  /** May come in several pieces. */
  text(text: string): void;
  close(): void;
  /** Between pieces: where what was told is passed on, so that it does not heap up. */
  passOn?(): Promise<void>;
}

type Scope = ReadonlyMap<string, string>;

/**
 * Reads a document from front to back in constant memory.
 *
 * @throws Unreadable when it is not well-formed, in no known encoding, declares a document type, or nests beyond measure
 */
export async function walk(source: EepSource, walker: Walker): Promise<void> {
  const scopes: Scope[] = [];
  let line = 1;
  const xml = new XmlTokenizer(
    {
      open(name, x) {
        x.wantsText = true;
        line = x.line;
        const written = x.attributes();
        if (written.length > 1 && new Set(written.map((a) => a.name)).size < written.length)
          throw refusals.damaged('its XML says an attribute twice in one tag');
        const scope = scopeOf(scopes.at(-1), written);
        scopes.push(scope);
        const { written: tag } = x;
        const prefix = tag.includes(':') ? tag.slice(0, tag.indexOf(':')) : '';
        walker.open({
          name,
          ours: scope.get(prefix) === NAMESPACE,
          attributes: written.flatMap(({ name: attribute, value }) =>
            attribute === 'xmlns' || attribute.startsWith('xmlns:')
              ? []
              : [{ name: attribute.slice(attribute.indexOf(':') + 1), value }],
          ),
          line,
        });
      },
      text: (text) => walker.text(text),
      close() {
        scopes.pop();
        walker.close();
      },
    },
    refusals,
    { lines: true },
  );
  try {
    for await (const piece of documentText(await source.open(), refusals)) {
      xml.write(piece);
      await walker.passOn?.();
    }
    xml.end();
  } catch (e) {
    if (e instanceof Unreadable && !e.message.includes('(line'))
      throw new Unreadable(e.code, e.message.replace(/\.$/, ` (line ${line} or after it).`), e.cause);
    throw e;
  }
  await walker.passOn?.();
}

const NONE: Scope = new Map();

function scopeOf(outer: Scope = NONE, attributes: readonly { name: string; value: string }[]): Scope {
  let own: Map<string, string> | undefined;
  for (const { name, value } of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
    own ??= new Map(outer);
    own.set(name.slice(6), value);
    if (own.size > 200) throw refusals.forbidden('declares hundreds of namespaces');
  }
  return own ?? outer;
}
